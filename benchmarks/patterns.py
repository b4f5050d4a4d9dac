"""Patterns with members on graphs with planted truth: CPU seconds, recall, and peers beside it in one run.

    python benchmarks/patterns.py [--rows 1000000] [--peers] [--out benchmarks/results/patterns.json]

`dense` is drawn at random: twenty payments an account within 60 days, one account a hundred times as busy as others, and
planted cycles and scatter-gathers that agree in time and amount. The background is random, so its false findings say
nothing of real ledgers. With PALERMO_SHARED, AMLSim and AMLGentex runs are read too: their labels are other people's, and
AMLSim's cycles are not in order of time, so that no rule which respects time can find them.
"""

import argparse
import json
import os
import time
from pathlib import Path

import numpy as np
import polars as pl

from palermo.prosecution.methods.ledger import Ledger, make_ledger
from palermo.prosecution.methods.patterns import KINDS, Strength, find_patterns
from palermo.prosecution.methods.patterns.cycles import cycles
from palermo.prosecution.methods.patterns.graph import graph
from palermo.prosecution.methods.patterns.scatter import scatter_gather

DAY = 86_400
PLANTED = 200


def plant(rng, accounts: int, span: int) -> tuple[list, dict[str, list[list[int]]]]:
    rows, truth = [], {"cycle": [], "scatter-gather": []}
    for _ in range(PLANTED):
        length = int(rng.integers(3, 7))
        members = rng.choice(accounts, length, replace=False)
        when, amount = int(rng.integers(0, span - 15 * DAY)), int(rng.integers(100_000, 900_000))
        truth["cycle"].append(list(range(len(rows), len(rows) + length)))
        for i, member in enumerate(members):
            rows.append((when, member, members[(i + 1) % length], amount))
            when += int(rng.integers(3_600, 2 * DAY))
            amount = int(amount * rng.uniform(0.9, 1.0))
    for _ in range(PLANTED):
        middles = rng.choice(accounts, int(rng.integers(5, 9)), replace=False)
        source, middles, target = middles[0], middles[2:], middles[1]
        when = int(rng.integers(0, span - 6 * DAY))
        truth["scatter-gather"].append(list(range(len(rows), len(rows) + 2 * len(middles))))
        for middle in middles:
            amount = int(rng.integers(50_000, 400_000))
            first = when + int(rng.integers(0, DAY))
            rows += [(first, source, middle, amount)]
            rows += [(first + int(rng.integers(3_600, 3 * DAY)), middle, target, int(amount * rng.uniform(0.9, 1.0)))]
    return rows, truth


def dense(count: int) -> tuple[Ledger, dict[str, list[set[int]]]]:
    rng = np.random.default_rng(2017)
    accounts, span = count // 20, 60 * DAY
    weight = np.ones(accounts)
    weight[0] = 100
    source, target = (rng.choice(accounts, count, p=weight / weight.sum()) for _ in range(2))
    target = np.where(source == target, (target + 1) % accounts, target)
    planted, truth = plant(rng, accounts, span)
    when, payer, payee, amount = (np.array(column) for column in zip(*planted, strict=True))
    frame = pl.DataFrame(
        {
            "time": np.concatenate([when, rng.integers(0, span, count)]) * 1_000_000,
            "source": np.concatenate([payer, source]),
            "target": np.concatenate([payee, target]),
            "amount": np.concatenate([amount, (rng.lognormal(5.5, 1.2, count) * 100).astype(np.int64) + 1]),
        }
    ).with_columns(pl.col("time").cast(pl.Datetime("us")), pl.col("source", "target").cast(pl.String))
    ledger = make_ledger(frame.with_row_index("n").with_columns(id=pl.col("n").cast(pl.String)), currency="EUR")
    place = np.empty(len(ledger), dtype=np.int64)
    place[ledger.rows["id"].cast(pl.Int64).to_numpy()] = np.arange(len(ledger))
    return ledger, {kind: [set(place[rows].tolist()) for rows in all_rows] for kind, all_rows in truth.items()}


def clocked(call):
    cpu = time.process_time()
    result = call()
    return result, round(time.process_time() - cpu, 3)


def recall(found, truth: list[set[int]], share: float = 1.0) -> float:
    """Share of planted instances of which one finding has all rows (or the given share of them)."""
    by_row: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        for row in one.rows:
            by_row.setdefault(row, []).append(number)
    hits = 0
    for rows in truth:
        count: dict[int, int] = {}
        for row in rows:
            for number in by_row.get(row, []):
                count[number] = count.get(number, 0) + 1
        hits += max(count.values(), default=0) >= share * len(rows)
    return round(hits / len(truth), 3)


def on_dense(count: int, *, peers: bool) -> dict:
    small, _ = dense(20_000)
    find_patterns(small)
    ledger, truth = dense(count)
    paths, index_s = clocked(lambda: graph(ledger))
    found, cycle_s = clocked(lambda: cycles(ledger, paths))
    fans, scatter_s = clocked(lambda: scatter_gather(ledger, paths))
    out = {
        "rows": len(ledger),
        "accounts": len(ledger.accounts),
        "index_cpu_s": index_s,
        "cycles_3_to_6_cpu_s": cycle_s,
        "cycles": found.total,
        "cycles_complete": found.complete,
        "cycles_that_agree_in_amount": sum(one.strength is Strength.TRAVELLED for one in found.patterns),
        "cycle_recall": recall(found.patterns, truth["cycle"]),
        "scatter_gather_cpu_s": scatter_s,
        "scatter_gather": len(fans),
        "scatter_gather_recall": recall(fans, truth["scatter-gather"]),
        "other_kinds_cpu_s": {},
    }
    for kind in KINDS:
        if kind not in ("cycle", "scatter-gather", "shared-identifier"):
            got, cpu = clocked(lambda kind=kind: find_patterns(ledger, kinds=[kind]))
            out["other_kinds_cpu_s"][kind] = {"cpu_s": cpu, "found": len(got[kind])}
    if peers:
        out["peers"] = duckdb_peer(ledger)
    return out


def duckdb_peer(ledger: Ledger) -> dict:
    import duckdb

    database = duckdb.connect()
    database.execute("set threads = 1")
    frame = ledger.rows.select("source", "target", t=pl.col("time").to_physical())
    database.register("p", frame.to_arrow())
    window = 14 * DAY * 1_000_000
    hops = """select count(*) from p a join p b on b.source = a.target and b.t > a.t and b.t <= a.t + {w}
        join p c on c.source = b.target and c.t > b.t and c.t <= a.t + {w}"""
    three = hops.format(w=window) + " and c.target = a.source where a.source <> b.target"
    count, cpu = clocked(lambda: database.execute(three).fetchone()[0])
    return {"duckdb_cycles_of_3": {"cpu_s": cpu, "found": count}}


def read(frame: pl.DataFrame) -> Ledger:
    return make_ledger(frame.filter(pl.col("amount") > 0), currency="USD")


def on_amlsim(shared: Path) -> dict:
    raw = pl.read_parquet(shared / "data/money/amlsim-20k/transactions.parquet")
    ledger = read(
        raw.select(
            id=pl.col("tran_id").cast(pl.String),
            time=pl.col("tran_timestamp").str.strip_chars("Z").str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us"),
            source=pl.col("orig_acct").cast(pl.String),
            target=pl.col("bene_acct").cast(pl.String),
            amount=(pl.col("base_amt") * 100).round().cast(pl.Int64),
        )
    )
    place = {name: row for row, name in enumerate(ledger.rows["id"])}
    alerts = pl.read_csv(shared / "data/money/amlsim-20k/alerts.csv")
    truth: dict[str, list[set[int]]] = {}
    for (kind, _), rows in alerts.group_by("alert_type", "alert_id", maintain_order=True):
        truth.setdefault(str(kind), []).append({place[str(name)] for name in rows["tran_id"]})
    paths = graph(ledger)
    found = {
        "scatter_gather": scatter_gather(ledger, paths, days=14),
        "cycle": cycles(ledger, paths, days=60).patterns,
    }
    return {
        kind: {"alerts": len(truth[kind]), "found": len(one), "recall_half_of_rows": recall(one, truth[kind], 0.5)}
        for kind, one in found.items()
    }


def on_gentex(shared: Path) -> dict:
    folder = shared / "data/money/amlgentex-10k"
    raw = pl.read_parquet(folder / "tx_log.parquet").with_row_index("n")
    raw = raw.filter(pl.col("type") == "TRANSFER")
    ledger = read(
        raw.select(
            id=pl.col("n").cast(pl.String),
            time=(pl.col("step").cast(pl.Int64) * DAY * 1_000_000).cast(pl.Datetime("us")),
            source=pl.when(pl.col("nameOrig") >= 0).then(pl.col("nameOrig").cast(pl.String)),
            target=pl.when(pl.col("nameDest") >= 0).then(pl.col("nameDest").cast(pl.String)),
            amount=(pl.col("amount") * 100).round().cast(pl.Int64),
        )
    )
    place = {name: row for row, name in enumerate(ledger.rows["id"])}
    truth: dict[str, list[set[int]]] = {}
    for (kind, _), rows in raw.filter(pl.col("isSAR") == 1).group_by("modelType", "patternID", maintain_order=True):
        members = {place[str(n)] for n in rows["n"] if str(n) in place}
        if members:
            truth.setdefault(f"modelType {kind}", []).append(members)
    found = find_patterns(ledger, kinds=["cycle", "scatter-gather", "fan-in", "fan-out", "pass-through"])
    everything = [one for kind in found.values() for one in kind]
    return {
        "found": {kind: len(one) for kind, one in found.items()},
        "by_label": {
            kind: {"instances": len(rows), "recall_half_of_rows_in_one_finding": recall(everything, rows, 0.5)}
            for kind, rows in truth.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "patterns.json")
    options = parser.parse_args()
    result = {"dense": on_dense(options.rows, peers=options.peers)}
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[2] / "shared"))
    if shared.is_dir():
        result |= {"amlsim_20k": on_amlsim(shared), "amlgentex_10k": on_gentex(shared)}
    options.out.parent.mkdir(exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
