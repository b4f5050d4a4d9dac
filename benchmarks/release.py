"""A release beside pac-synth 0.0.8 at equal epsilon, in one run; pac-synth only where it is installed.

Run from the checkout: PYTHONPATH=src python benchmarks/release.py [rows of the country table] [words of a table's name]
Writes benchmarks/results/release.json. The country table is simulated in the shape of the CTDC codebook of 2024.
Errors are given twice: of the combinations of 10 real cases and more that are kept, and of all of them, where one that is
suppressed counts as wholly wrong. pac-synth: reporting length 3, synthetic counts (its other way does worse on the first
table: errors of 1.2 and 3.2 of two and three values).
"""

import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from palermo.prevention.methods.release import declared, encode, publish
from palermo.prevention.methods.release.reports import Utility, attack, utility
from palermo.prevention.methods.release.table import Table

HERE = Path(__file__).parent
FLAGS = 21


def country_table(rows: int) -> tuple[pl.DataFrame, dict[str, dict[str, str]]]:
    """26 columns: year, sex, age, two countries (120 and 80 codes, long-tailed), 21 flags that hang together."""
    rng = np.random.default_rng(2)
    tail = lambda n: (w := 1 / np.arange(1, n + 1) ** 1.2) / w.sum()  # noqa: E731
    origin, found = rng.choice(120, size=rows, p=tail(120)), rng.choice(80, size=rows, p=tail(80))
    found = np.where(rng.random(rows) < 0.35, np.minimum(origin, 79), found)
    kind = rng.integers(0, 4, size=rows)
    columns = {
        "year": rng.choice([str(y) for y in range(2002, 2023)], size=rows),
        "gender": rng.choice(["Woman", "Man", ""], size=rows, p=[0.68, 0.25, 0.07]),
        "age": rng.choice(["0-8", "9-17", "18-20", "21-29", "30-38", "39-47", "48+", ""], size=rows),
        "citizenship": np.char.add("O", origin.astype(str)),
        "country": np.char.add("E", found.astype(str)),
    }
    for k in range(FLAGS):
        rate = np.where(kind == k % 4, 0.30, 0.04)
        columns[f"flag{k}"] = np.where(rng.random(rows) < rate, "1", "")
    parents = {
        "citizenship": {f"O{k}": f"origin region {k % 8}" for k in range(120)},
        "country": {f"E{k}": f"region {k % 8}" for k in range(80)},
    }
    return pl.DataFrame({name: list(map(str, values)) for name, values in columns.items()}), parents


def pac(frame: pl.DataFrame, table: Table, length: int, synthetic_counts: bool) -> dict[str, object] | None:
    try:
        import pacsynth  # a peer, not a dependency
    except ImportError:
        return None
    text = frame.with_columns(pl.all().replace("0", ""))
    rows = [text.columns, *map(list, text.iter_rows())]
    start = time.process_time()
    data = pacsynth.Dataset(rows)
    builder = pacsynth.DpAggregateSeededParametersBuilder()
    made = pacsynth.DpAggregateSeededSynthesizer(
        builder.reporting_length(length).epsilon(1.0).use_synthetic_counts(synthetic_counts).build()
    )
    made.fit(data)
    drawn = made.sample()
    seconds = time.process_time() - start
    back = pl.DataFrame(drawn[1:], schema=dict.fromkeys(drawn[0], pl.String), orient="row").select(table.columns)
    return judged(table, encode(back, dict(zip(table.columns, table.values, strict=True))), seconds)


def judged(table: Table, made: Table, seconds: float) -> dict[str, object]:
    found = attack(table, made, epsilon=1.0, delta=1e-6)
    return {
        "cpu_seconds": round(seconds, 2),
        "utility": [asdict(line) | {"error_of_all": of_all(line)} for line in utility(table, made)],
        "unique_records": found.unique,
        "reproduced": found.reproduced,
        "smallest_class": found.smallest_class,
    }


def of_all(line: Utility) -> float:
    """The error where a combination that is lost counts as wholly wrong."""
    kept = line.error * line.kept if line.kept else 0.0
    return (kept + line.suppressed) / (line.kept + line.suppressed)


def ours(table: Table, parents: dict[str, dict[str, str]] | None) -> dict[str, object]:
    start = time.process_time()
    made = publish(table, epsilon=1.0, parents=parents, test_membership=False, longest=0)
    seconds = time.process_time() - start
    return {**judged(table, made.synthetic, seconds), "rolled_up": sum(map(len, made.measured.rolled.values())),
            "cap": made.measured.cap, "noise": made.measured.noise}  # fmt: skip


def main() -> None:
    shared = Path(os.environ.get("PALERMO_SHARED", HERE.parents[1] / "shared")) / "data" / "cases"
    cases = pl.read_csv(shared / "ctdc_na_recoded.csv", infer_schema=False).drop("Trans/NonConforming")
    countries, parents = country_table(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    warm = encode(cases.head(400), declared(cases))
    publish(warm, epsilon=1.0, test_membership=False, longest=1)
    out = []
    for name, frame, above, counts in (
        ("91,043 x 18", cases, None, True),
        (f"{countries.height:,} x 26", countries, parents, False),
    ):
        if len(sys.argv) > 2 and sys.argv[2] not in name:
            continue
        table = encode(frame, declared(frame))
        row = {"table": name, "values": int(table.offsets[-1]), "palermo": ours(table, above)}
        print(json.dumps(row), flush=True)
        row["pac-synth"] = pac(frame, table, 3, counts)
        out.append(row)
        print(json.dumps(row, indent=1), flush=True)
    report = {
        "what": "epsilon 1; combinations of 10 real cases and more; CPU-seconds without compiling or reports",
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "rows": out,
    }
    (HERE / "results" / "release.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
