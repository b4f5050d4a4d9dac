"""Keyed hashes beside names: F1 of the pairs that clusters imply, on simulated lists and on historical figures.

Run from the checkout: PYTHONPATH=src PALERMO_SHARED=../shared python benchmarks/hashed.py [records]
Writes benchmarks/results/hashed.json.
"""

import json
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl
from link import made

from palermo.prevention.methods import linkage
from palermo.prevention.methods.linkage.hashed import record_code

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("PALERMO_SHARED", HERE.parents[1] / "shared"))


def compared(records: pl.DataFrame, truth: list[object]) -> dict[str, Any]:
    """Both ways on the same records."""
    out: dict[str, Any] = {"records": records.height}
    started = time.process_time()
    secret = secrets.token_bytes(32)
    sent = linkage.hashed(records, secret=secret)
    encoded = time.process_time()
    keyed = linkage.link_hashed(sent).records
    done = time.process_time()
    # What was sent stands in another order than the records, so each true person is found by the record's code.
    codes = [record_code(secret, *pair) for pair in records.select("source", "record").iter_rows()]
    persons = dict(zip(codes, truth, strict=True))
    order = [persons[code] for code in keyed["record"]]
    out["hashed"] = rounded(linkage.pair_scores(keyed["cluster"].to_list(), order))
    out["hashed"] |= {"encode_cpu_seconds": round(encoded - started, 1), "link_cpu_seconds": round(done - encoded, 1)}
    named = linkage.link(records, seed=1).records
    out["names"] = rounded(linkage.pair_scores(named["cluster"].to_list(), truth))
    return out


def rounded(scores: dict[str, float]) -> dict[str, Any]:
    return {name: round(value, 4) for name, value in scores.items()}


def main() -> None:
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    report: dict[str, Any] = {"what": "pairs that clusters imply against true persons"}
    with tempfile.TemporaryDirectory() as folder:
        sheet = pl.read_parquet(made(asked, Path(folder)))
    report["simulated"] = compared(linkage.standardise(sheet.drop("person"), source="lists"), sheet["person"].to_list())
    place = SHARED / "data" / "linkage" / "historical_figures_with_errors_50k.parquet"
    if place.exists():
        frame = pl.read_parquet(place)
        records = linkage.standardise(frame.drop("first_and_surname", "first_name", "surname", "cluster"), source="x")
        report["historical"] = compared(records, frame["cluster"].to_list())
    (HERE / "results" / "hashed.json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
