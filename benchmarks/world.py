"""Time and memory of a world, each in a process of its own: `python benchmarks/world.py [people …]`.

Prints CPU seconds, wall seconds and peak resident memory of making alone, and of making and writing, without and with money.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory


def child(people: int, write: bool, money: bool) -> None:
    from palermo.world import make_world, write_world

    wall = time.perf_counter()
    world = make_world(people=people, seed=7, money=money)
    if write:
        with TemporaryDirectory() as directory:
            write_world(world, Path(directory))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "people": people,
        "written": write,
        "money": money,
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "wall_seconds": round(time.perf_counter() - wall, 2),
        "peak_gigabytes": round(usage.ru_maxrss / 1e6, 2),
        "victims": len(world.truth["victims"]),
        "events": len(world.truth["events"]),
        "list_rows": len(world.tables["lists"]),
        "transfers": len(world.tables["transfers"]) if money else 0,
    }
    print(json.dumps(figures))


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        child(int(sys.argv[2]), "write" in sys.argv[3], "money" in sys.argv[3])
        return
    for people in [int(argument) for argument in sys.argv[1:]] or [100_000, 1_000_000]:
        for what in ("make", "write", "money", "money-write"):
            subprocess.run([sys.executable, __file__, "--child", str(people), what], check=True)


if __name__ == "__main__":
    main()
