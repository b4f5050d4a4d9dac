"""`python -m palermo.web.database.end FOLDER …`: stop the servers of these state folders, for scripts that clean up.

`--tests CHECKOUT` stops and removes the cluster that the tests of a checkout made.
"""

import shutil
import sys
from pathlib import Path

from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import stop
from palermo.web.database.state import scratch_directory


def main() -> None:
    match sys.argv[1:]:
        case ["--tests", checkout]:
            cluster = Cluster(scratch_directory(Path(checkout)))
            stop(cluster)
            shutil.rmtree(cluster.state, ignore_errors=True)
        case folders:
            for folder in folders:
                stop(Cluster(Path(folder).absolute()))


if __name__ == "__main__":
    main()
