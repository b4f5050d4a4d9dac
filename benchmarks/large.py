"""The engines against the whole ledger: are results equal, in how many seconds and how much memory?

    python benchmarks/large.py [--rows 1000000] [--engine duckdb|spark] [--master local[2]] [--out …/large.json]

Trace: the ledger and claims of `trace.py`. Patterns: the dense ledger of `patterns.py`. Each engine runs as its own
command, so that memory is that of its process tree; findings are compared as the JSON objects that the commands print.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from trace import CLAIMS, draw

import polars as pl
import psutil
from patterns import dense

from palermo.prosecution.formats.ledger import write_ledger

HERE = Path(__file__).parent


def run(words: list[str], out: Path) -> dict:
    """One command: seconds, CPU-seconds and peak memory of it and all it starts, and the digest of what it prints."""
    begin, before = time.perf_counter(), os.times()
    with out.open("wb") as to:
        process = subprocess.Popen([sys.executable, "-m", "palermo", *words, "--json"], stdout=to, stderr=sys.stderr)
        peak = [0]
        watcher = threading.Thread(target=watch, args=(process, peak))
        watcher.start()
        if process.wait():
            raise SystemExit(f"failed: {' '.join(words)}")
        watcher.join()
    after = os.times()
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    told = {"wall_s": round(time.perf_counter() - begin, 1), "cpu_s": round(cpu, 1), "peak_mb": round(peak[0] / 2**20)}
    print(words[0], *words[-3:], told, file=sys.stderr)
    return told | {"sha256": hashlib.sha256(out.read_bytes()).hexdigest()}


def watch(process: subprocess.Popen, peak: list[int]) -> None:
    """The most memory that a process and its children hold, asked twice a second."""
    one = psutil.Process(process.pid)
    while process.poll() is None:
        held = 0
        for each in [one, *_children(one)]:
            try:
                held += each.memory_info().rss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], held)
        time.sleep(0.5)


def _children(one: psutil.Process) -> list[psutil.Process]:
    try:
        return one.children(recursive=True)
    except psutil.Error:
        return []


def parquet(path: Path) -> Path:
    """The ledger of `trace.py` with typed columns."""
    to = path.with_suffix(".parquet")
    typed = pl.scan_csv(path, infer_schema=False).with_columns(
        pl.col("time").str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us"), pl.col("amount").cast(pl.Decimal(38, 2))
    )
    typed.sink_parquet(to)
    return to


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--engine", action="append", choices=("duckdb", "spark"))
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "large.json")
    options = parser.parse_args()
    told: dict = {"rows": options.rows, "master": options.master, "runs": {}}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        csv, balances, claimed = draw(options.rows, options.rows // 10, folder)
        ledger, claims = parquet(csv), folder / "claims.csv"
        pl.DataFrame({"claim": [f"claim {n}" for n in range(CLAIMS)], "id": [f"r{n}" for n in claimed]}).write_csv(
            claims
        )
        trace = ["trace", str(ledger), "--claims", str(claims), "--balances", str(balances)]
        crowded = folder / "dense.parquet"
        write_ledger(dense(options.rows)[0], crowded)
        for name, words in {"trace": trace, "patterns": ["patterns", str(crowded)]}.items():
            runs = {"whole": run(words, folder / "whole.json")}
            for engine in options.engine or ["duckdb", "spark"]:
                more = ["--engine", engine] + (["--master", options.master] if engine == "spark" else [])
                runs[engine] = run([*words, *more], folder / f"{engine}.json")
                runs[engine]["equal"] = runs[engine]["sha256"] == runs["whole"]["sha256"]
            told["runs"][name] = runs
            options.out.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
