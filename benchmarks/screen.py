"""How long ``palermo screen`` takes for a million people, whole process: ``python benchmarks/screen.py [people]``.

Makes its input with seeded random answers at a plausible density (the sixteen questions of intake for all, the full
interview for a tenth), runs the command in a child process, and writes ``benchmarks/results/screen.json``.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from palermo.protection.methods.answers import Path as AgePath
from palermo.protection.methods.forms import load_form
from palermo.protection.methods.scheme import default_scheme

HERE = Path(__file__).parent
SEED = 7
LIMITS = {"seconds": 20, "megabytes": 2048}
NAMES = pl.Series([None, "not_known", "no", "yes"], dtype=pl.String)

ENVIRONMENT = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}


def make_input(people: int, folder: Path) -> list[Path]:
    items = default_scheme().items
    intake = {item for path in AgePath for q in load_form("intake").asked(path) for item in q.items}
    short = np.array([item in intake for item in items])
    rng = np.random.default_rng(SEED)
    frames = []
    for start in range(0, people, 100_000):
        n = min(100_000, people - start)
        ages = np.where(rng.random(n) < 0.03, -1, rng.integers(6, 60, n))
        # Most people have little to tell and a few a great deal: shares of yes from a beta distribution, mean 0.12.
        share = rng.beta(0.4, 3.0, (n, 1)).astype(np.float32)
        draw = rng.random((n, len(items)), dtype=np.float32)
        codes = np.where(draw < share, np.uint8(3), np.uint8(2))
        codes[rng.random((n, len(items)), dtype=np.float32) < 0.08] = 1
        asked = short | (rng.random((n, 1)) < 0.1)
        codes[~asked] = 0
        age = pl.Series([None if a < 0 else str(a) for a in ages.tolist()], dtype=pl.String).fill_null("not_sure")
        columns = {"person_id": [f"P{start + i:07d}" for i in range(n)], "age": age}
        frames.append(
            pl.DataFrame(columns | {item: NAMES[codes[:, k].astype(np.int64)] for k, item in enumerate(items)})
        )
    frame = pl.concat(frames)
    frame.write_csv(folder / "answers.csv")
    frame.write_parquet(folder / "answers.parquet")
    return [folder / "answers.csv", folder / "answers.parquet"]


def measure(source: Path) -> dict[str, object]:
    out = source.with_suffix(".out.csv")
    code = "import typer; from palermo.cli.screen import register; a = typer.Typer(); a.callback()(lambda: None); register(a); a()"
    command = [sys.executable, "-c", code, "screen", str(source), "--out", str(out), "--json"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as child:
        counts = json.loads(child.stdout.read())
        _, status, used = os.wait4(child.pid, 0)
    counts.pop("out")
    return {
        "file": source.name,
        "input_megabytes": round(source.stat().st_size / 1e6, 1),
        "output_megabytes": round(out.stat().st_size / 1e6, 1),
        "wall_seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_megabytes": round(used.ru_maxrss / 1024, 1),
        "exit": os.waitstatus_to_exitcode(status),
        "result": counts,
    }


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        code = f"import screen, pathlib; screen.make_input({people}, pathlib.Path({folder!r}))"
        # In a process of its own, so that its memory is not counted as ours.
        subprocess.run([sys.executable, "-c", code], cwd=HERE, env=ENVIRONMENT, check=True)
        runs = [measure(Path(folder) / name) for name in ("answers.csv", "answers.parquet")]
    ok = all(r["wall_seconds"] < LIMITS["seconds"] and r["peak_megabytes"] < LIMITS["megabytes"] for r in runs)
    report = {
        "people": people,
        "seed": SEED,
        "limits": LIMITS,
        "within_limits": ok,
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "machine": platform.machine(),
        "runs": runs,
    }
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "screen.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
