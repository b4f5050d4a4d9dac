"""Remove the cluster of this checkout's tests (`make clean`)."""

import shutil
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

from conftest import state_for_tests  # noqa: E402 -- after the path

from palermo.web.database.cluster import Cluster  # noqa: E402
from palermo.web.database.launcher import stop  # noqa: E402

cluster = Cluster(state_for_tests())
if cluster.home.exists():
    stop(cluster)
    shutil.rmtree(cluster.state)
