"""Time the estimates in CPU-seconds, and the R reference beside them where it is installed.

Run from the checkout: PYTHONPATH=src python benchmarks/estimate.py [FOLDER of published tables]
Writes benchmarks/results/estimate.json.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from palermo.prevention.formats.lists import read_lists
from palermo.prevention.methods.estimation import Lists, by_bic, by_decomposable, by_latent, by_stepwise

HERE = Path(__file__).parent
#: CPU-seconds of MultipleSystemsEstimation 1.2.0 for the same work on two shared cores, as measured before.
R_SECONDS = {"UKdat stepwise": 203.9, "UKdat_5 stepwise": 84.8, "Ned_5 stepwise": 90.6, "Western stepwise": 45.5,
             "NewOrl_5_186 stepwise": 34.9, "UKdat_4 bic all orders": 130.0}  # fmt: skip
R_PROGRAM = """
suppressMessages(library(MultipleSystemsEstimation))
d <- read.csv(commandArgs(TRUE)[1], check.names = FALSE)
t <- system.time(estimate_population(d, nboot = 1000, iseed = 1234))
cat(t[["user.self"]] + t[["sys.self"]])
"""


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """The least of several runs, in CPU-seconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return round(min(taken), 4)


def ten_lists() -> Lists:
    rng = np.random.default_rng(10)
    histories = rng.random((20_000, 10)) < rng.uniform(0.02, 0.05, size=10)
    histories[:, 1] |= histories[:, 0] & (rng.random(20_000) < 0.2)
    counts = np.bincount(histories @ (1 << np.arange(10)), minlength=1024).astype(float)
    counts[0] = 0
    return Lists(tuple("ABCDEFGHIJ"), counts)


def reference(path: Path) -> float | None:
    if shutil.which("Rscript") is None:
        return None
    done = subprocess.run(["Rscript", "-e", R_PROGRAM, str(path)], capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def main() -> None:
    shared = Path(os.environ.get("PALERMO_SHARED", HERE.parents[1] / "shared")) / "data" / "mse"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shared
    start = time.process_time()
    warm = ten_lists().without("J").without("I").without("H").without("G").without("F")
    by_stepwise(warm, resamples=100), by_bic(warm, resamples=100), by_latent(warm, chains=2, draws=10)
    compiling = round(time.process_time() - start, 2)
    rows = []

    def measure(name: str, lists: Lists, work: Callable[[Lists], object], times: int = 3) -> None:
        ours = cpu(lambda: work(lists), times)
        live = (
            reference(folder / f"{name.split(maxsplit=1)[0]}.csv") if "stepwise" in name and "ten" not in name else None
        )
        theirs = live or R_SECONDS.get(name)
        rows.append({
            "work": name, "cpu_seconds": ours, "reference_cpu_seconds": theirs,
            "reference_measured": "in this run" if live else "earlier, MultipleSystemsEstimation 1.2.0" if theirs else None,
            "times_faster": round(theirs / ours) if theirs else None,
        })  # fmt: skip
        print(rows[-1])

    for name in ("UKdat", "UKdat_5", "Ned_5", "Western", "NewOrl_5_186"):
        lists = read_lists((folder / f"{name}.csv").read_bytes(), name=name)
        measure(f"{name} stepwise", lists, lambda x: by_stepwise(x, resamples=1000, seed=1234))
    four = read_lists((folder / "UKdat_4.csv").read_bytes(), name="UKdat_4")
    measure("UKdat_4 bic all orders", four, lambda x: by_bic(x, order=3, resamples=1000, seed=1234))
    five = read_lists((folder / "UKdat_5.csv").read_bytes(), name="UKdat_5")
    measure("UKdat_5 bic order 2", five, lambda x: by_bic(x, resamples=1000, seed=1234))
    measure("UKdat_5 bic all orders", five, lambda x: by_bic(x, order=4, resamples=1000, seed=1234), 1)
    measure("UKdat_5 decomposable", five, by_decomposable)
    measure("UKdat_5 latent, 20 chains", five, by_latent, 1)
    measure("ten lists stepwise", ten_lists(), lambda x: by_stepwise(x, resamples=1000, seed=1234), 1)
    out = {
        "what": "CPU-seconds; 1,000 BCa resamples with jackknife, the choice of model repeated in each",
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "compiling_or_loading_once": compiling,
        "rows": rows,
    }
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "estimate.json").write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
