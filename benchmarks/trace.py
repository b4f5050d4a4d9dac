"""Trace 200 claims through ledgers of one and ten million rows: CPU seconds, memory, and how far each rule reaches.

    python benchmarks/trace.py [--rows 1000000] [--rows 10000000] [--out benchmarks/results/trace.json]

The ledger is drawn at random (log-normal amounts, ten transfers an account, 180 days, opening balances that mostly
cover them), written as CSV and read back as a user's file would be. Claims lie on large payments of the first weeks. Compilation is timed apart: it happens
once per machine. Every figure is from this run.
"""

import argparse
import json
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from palermo.prosecution.formats.ledger import read_ledger
from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.tracing import Claim, Rule, Sharing, trace

RULES = [Rule.FIFO, Rule.LIFO, Rule.PRO_RATA, Rule.POISON, Rule.LOWEST_BALANCE]
CLAIMS = 200


def draw(rows: int, accounts: int, folder: Path) -> tuple[Path, Path, np.ndarray]:
    """A random ledger as files, and the rows that carry claims."""
    rng = np.random.default_rng(2017)
    source = rng.integers(0, accounts, rows)
    target = (source + rng.integers(1, accounts, rows)) % accounts
    minor = (rng.lognormal(5.5, 1.2, rows) * 100).astype(np.int64) + 1
    time_us = (np.sort(rng.integers(0, 180 * 86_400, rows)) + 1_704_067_200) * 1_000_000
    frame = pl.DataFrame({"n": np.arange(rows), "t": time_us, "s": source, "d": target, "m": minor}).select(
        id=pl.format("r{}", "n"),
        time=pl.col("t").cast(pl.Datetime("us")),
        source=pl.format("A{}", "s"),
        target=pl.format("A{}", "d"),
        amount=pl.format("{}.{}", pl.col("m") // 100, (pl.col("m") % 100).cast(pl.String).str.zfill(2)),
        currency=pl.lit("EUR"),
    )
    ledger, balances = folder / "ledger.csv", folder / "balances.csv"
    frame.with_columns(pl.col("time").dt.strftime("%Y-%m-%dT%H:%M:%S")).write_csv(ledger)
    opening = rng.lognormal(7, 1, accounts).astype(np.int64)
    pl.DataFrame({"account": [f"A{i}" for i in range(accounts)], "amount": opening}).write_csv(balances)
    early = np.flatnonzero(minor[: rows // 5] >= np.quantile(minor, 0.9))
    claimed = np.sort(rng.choice(early, CLAIMS, replace=False))
    return ledger, balances, claimed


def clocked(call):
    cpu, wall = time.process_time(), time.perf_counter()
    result = call()
    return result, round(time.process_time() - cpu, 3), round(time.perf_counter() - wall, 3)


def measure(rows: int) -> dict:
    accounts = rows // 10
    with tempfile.TemporaryDirectory() as place:
        path, balances, claimed = draw(rows, accounts, Path(place))
        ledger, cpu, wall = clocked(lambda: read_ledger(path, balances=balances))
    ids = set(claimed.tolist())
    at = [i for i, name in enumerate(ledger.rows["id"]) if int(name[1:]) in ids]
    claims = [Claim(f"claim {n}", row, int(ledger.amount[row])) for n, row in enumerate(at)]
    out = {
        "rows": rows,
        "accounts": accounts,
        "claims": len(claims),
        "load": {"cpu_s": cpu, "wall_s": wall},
        "rules": {},
    }
    for rule in [*RULES, Rule.PARI_PASSU, Rule.DIRECT]:
        found, cpu, wall = clocked(lambda rule=rule: trace(ledger, claims, rule))
        out["rules"][rule.value] = {
            "cpu_s": cpu,
            "wall_s": wall,
            "rows_touched": found.rows_touched(),
            "accounts_holding": len(found.held_by_account),
            "traced": ledger.text(found.traced),
            "held": ledger.text(found.held_total),
            "dissipated": ledger.text(found.dissipated),
            "conserved": found.traced == int(found.seeded.sum()),
        }
        print(
            f"{rows:>11,} {rule.value:<15} {cpu:>7.2f} CPU s  {found.rows_touched():>9,} rows touched", file=sys.stderr
        )
    out["five_rules_cpu_s"] = round(sum(out["rules"][rule.value]["cpu_s"] for rule in RULES), 3)
    out["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return out


def warm() -> float:
    """Compile every loop on a toy; the seconds are nought where the cache has them."""
    frame = pl.DataFrame({"id": ["1", "2"], "source": ["A", "B"], "target": ["B", "C"], "amount": [5, 3]}).with_columns(
        time=pl.Series([0, 1]).cast(pl.Datetime("us"))
    )
    toy = make_ledger(frame, currency="EUR")
    cpu = time.process_time()
    for rule in Rule:
        for sharing in Sharing:
            trace(toy, [Claim("a", 0, 5)], rule, sharing=sharing)
    return round(time.process_time() - cpu, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "trace.json")
    options = parser.parse_args()
    compiled = warm()
    runs = [measure(rows) for rows in options.rows or [1_000_000, 10_000_000]]
    result = {
        "machine": {"python": platform.python_version(), "cpu": platform.machine(), "polars": pl.__version__},
        "first_call_cpu_s": compiled,
        "runs": runs,
    }
    if len(runs) > 1:
        result["ten_times_the_rows_cost"] = {
            "load": round(runs[-1]["load"]["cpu_s"] / runs[0]["load"]["cpu_s"], 2),
            "five_rules": round(runs[-1]["five_rules_cpu_s"] / runs[0]["five_rules_cpu_s"], 2),
        }
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
