"""`python -m palermo.web.database.end FOLDER …`: stop the servers of these state folders, for scripts that clean up."""

import sys
from pathlib import Path

from palermo.web.database.cluster import Cluster
from palermo.web.database.launcher import stop


def main() -> None:
    for folder in sys.argv[1:]:
        stop(Cluster(Path(folder).absolute()))


if __name__ == "__main__":
    main()
