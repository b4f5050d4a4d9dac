"""Red flags against ledgers with known truth: precision and recall of alerts, with intervals.

    python benchmarks/flags.py [--people 8000] [--seeds 5] [--out benchmarks/results/flags.json]

Worlds: five seeds, every account of a network (organiser, controller, front, mule) counts as right, everybody else as
wrong, victims apart. Other people's data: AMLGentex (balances, truth by account) and AMLSim (truth by account; its
cycles are not in time order, so no rule that respects time can find them). Intervals: Wilson, 95 %, over accounts.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections import Counter
from pathlib import Path

import polars as pl

from palermo.prosecution.methods.ledger import Ledger, make_ledger
from palermo.prosecution.methods.redflags import DETAILS, Book, Sign, alerts, make_book, missing, signs, to_clarify
from palermo.vocabulary.redflags import red_flags
from palermo.world import make_world

OFFENDERS = {"organiser", "controller", "front", "mule"}
SHARED = Path(os.environ.get("PALERMO_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "data" / "money"


def wilson(hits: int, of: int) -> list[float] | None:
    """A share with its 95 % interval: value, low, high."""
    if not of:
        return None
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    return [round(share, 4), round(max(middle - half, 0), 4), round(min(middle + half, 1), 4)]


def families(found: list[Sign], protected: set[int]) -> dict[int, set[str]]:
    """By account that may be a subject: the families of signs that speak against it."""
    out: dict[int, set[str]] = {}
    for sign in found:
        for account in sign.subjects:
            if sign.role != "buyer" and account not in protected:
                out.setdefault(account, set()).add(sign.family)
    return out


def curve(met: list[tuple[int, bool]], positives: int) -> list[dict]:
    """Precision and recall of accounts with at least k families, for each k."""
    out = []
    for k in range(1, max((count for count, _ in met), default=0) + 1):
        told = [right for count, right in met if count >= k]
        out.append(
            {"families": k, "accounts": len(told), "precision": wilson(sum(told), len(told)),
             "recall": wilson(sum(told), positives)}
        )  # fmt: skip
    return out


def of_world(people: int, seed: int) -> tuple[Ledger, Book, dict[str, str], dict[str, str]]:
    world = make_world(people=people, seed=seed, money=True)
    table = pl.from_arrow(world.tables["transfers"]).with_row_index("line").with_columns(pl.col("line").cast(pl.Int64))
    minor = table.select("id", "time", "source", "target", "line", amount=(pl.col("amount") * 100).cast(pl.Int64))
    accounts = pl.from_arrow(world.tables["accounts"]).with_columns((pl.col("income") * 100).cast(pl.Int64))
    ledger = make_ledger(minor, currency="EUR")
    roles = pl.from_arrow(world.truth["accounts"]).select("account", pl.col("role").cast(pl.String))
    nets = pl.from_arrow(world.truth["accounts"]).select("account", pl.col("network_id").cast(pl.String))
    book = make_book(ledger, table.select("line", *DETAILS), accounts)
    return ledger, book, dict(roles.iter_rows()), dict(nets.iter_rows())


def _networks(ledger: Ledger, found: list[Sign], names: list[str], roles: dict, nets: dict) -> Counter:
    """How many networks an alert, an account to clarify, or any sign at all reaches through an account of theirs."""

    def of(accounts: set[int]) -> int:
        theirs = {names[a] for a in accounts if roles.get(names[a]) in OFFENDERS | {"victim"}}
        return len({nets[name] for name in theirs})

    alerted = {alert.subject for alert in alerts(ledger, found)}
    doubtful = {alert.subject for alert in to_clarify(ledger, found)}
    signed = {account for sign in found for account in (*sign.subjects, *sign.victims)}
    return Counter({"all": len(set(nets.values())), "an alert": of(alerted),
                    "an alert or an account to clarify": of(alerted | doubtful), "any sign": of(signed)})  # fmt: skip


def worlds(people: int, seeds: int) -> dict:
    """Bare ledger against all columns, pooled over seeds; each flag's hits by role."""
    met: dict[str, list[tuple[int, bool]]] = {"bare ledger": [], "all columns": []}
    positives, cpu = 0, 0.0
    shielded, reached, alerted = Counter(), Counter(), Counter()
    by_flag: dict[str, Counter] = {}
    rows = accounts = 0
    for seed in range(seeds):
        ledger, book, roles, nets = of_world(people, seed)
        rows, accounts = rows + len(ledger), accounts + len(ledger.accounts)
        names = list(ledger.accounts)
        right = {code for code, name in enumerate(names) if roles.get(name) in OFFENDERS}
        positives += len(right)
        for what, with_book in (("bare ledger", None), ("all columns", book)):
            begin = time.process_time()
            found = signs(ledger, book=with_book)
            cpu += time.process_time() - begin
            protected = {account for sign in found for account in sign.victims}
            met[what] += [(len(kinds), a in right) for a, kinds in families(found, protected).items()]
        alerted.update(roles.get(names[one.subject], "nobody's") for one in alerts(ledger, found))
        reached.update(_networks(ledger, found, names, roles, nets))
        shielded.update(roles.get(names[a], "nobody's") for a in protected)
        for sign in found:
            counts = by_flag.setdefault(sign.flag, Counter())
            counts.update(roles.get(names[a], "nobody's") for a in {*sign.subjects, *sign.victims})
        print(
            f"seed {seed}: {len(ledger):,} rows, {len(right)} accounts of networks, {len(found):,} signs",
            file=sys.stderr,
        )
    return {
        "people": people, "seeds": seeds, "rows": rows, "accounts": accounts, "offenders": positives,
        "cpu_s": round(cpu, 1),
        "curves": {what: curve(pairs, positives) for what, pairs in met.items()},
        "networks": {name: wilson(count, reached["all"]) for name, count in reached.items() if name != "all"}
        | {"all": reached["all"]},
        "alerts_by_role": dict(alerted.most_common()),
        "protected_by_role": dict(shielded.most_common()),
        "accounts_by_flag_and_role": {flag: dict(counts.most_common()) for flag, counts in sorted(by_flag.items())},
    }  # fmt: skip


def of_others(frame: pl.DataFrame, bad: set[str]) -> dict:
    ledger = make_ledger(frame, currency="EUR")
    begin = time.process_time()
    found = signs(ledger)
    cpu = round(time.process_time() - begin, 1)
    names = list(ledger.accounts)
    right = {code for code, name in enumerate(names) if name in bad}
    kinds = families(found, set())
    pairs = [(len(some), account in right) for account, some in kinds.items()]
    by_flag = {}
    for flag in sorted({sign.flag for sign in found}):
        told = {a for sign in found if sign.flag == flag for a in (*sign.subjects, *sign.victims)}
        by_flag[flag] = {"accounts": len(told), "precision": wilson(len(told & right), len(told)),
                         "recall": wilson(len(told & right), len(right))}  # fmt: skip
    return {"rows": len(ledger), "accounts": len(names), "offenders": len(right), "cpu_s": cpu,
            "base_rate": round(len(right) / len(names), 4), "curve": curve(pairs, len(right)), "by_flag": by_flag}  # fmt: skip


def gentex() -> dict:
    rows = pl.read_parquet(SHARED / "amlgentex-10k" / "tx_log.parquet").with_row_index("n")
    rows = rows.filter(pl.col("type") != "INITALBALANCE")
    ends = [
        pl.when(pl.col(c) >= 0).then(pl.col(c).cast(pl.String)).alias(n)
        for c, n in (("nameOrig", "source"), ("nameDest", "target"))
    ]
    frame = rows.select(
        pl.col("n").cast(pl.String).alias("id"), (pl.col("step").cast(pl.Int64) * 86_400_000_000).cast(pl.Datetime("us")).alias("time"),
        *ends, (pl.col("amount") * 100).round().cast(pl.Int64).alias("amount"),
    ).filter(pl.col("amount") > 0)  # fmt: skip
    bad = pl.read_csv(SHARED / "amlgentex-10k" / "accounts.csv").filter(pl.col("IS_SAR"))["ACCOUNT_ID"]
    return of_others(frame, set(bad.cast(pl.String)))


def amlsim() -> dict:
    rows = pl.read_parquet(SHARED / "amlsim-20k" / "transactions.parquet")
    frame = rows.select(
        id=pl.col("tran_id").cast(pl.String), time=pl.col("tran_timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us"),
        source=pl.col("orig_acct").cast(pl.String), target=pl.col("bene_acct").cast(pl.String),
        amount=(pl.col("base_amt") * 100).round().cast(pl.Int64),
    ).filter(pl.col("amount") > 0)  # fmt: skip
    bad = pl.read_csv(SHARED / "amlsim-20k" / "sar_accounts.csv")["ACCOUNT_ID"]
    return of_others(frame, set(bad.cast(pl.String)))


def silent(met: set[str], usable: list[str], people: int = 1500) -> dict:
    """Rules that could look and met nobody in any world, each beside what a world's ledger holds to look at."""
    table = pl.from_arrow(make_world(people=people, seed=0, money=True).tables["transfers"])
    held = {
        name: sorted(filter(None, table[name].cast(pl.String).unique().to_list())) for name in ("channel", "purpose")
    }
    told = {
        name: {"sign": red_flags()[name].sign, "needs": red_flags()[name].needs} for name in usable if name not in met
    }
    return {"rules": told, "a_world_holds": held}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-silent", action="store_true", help="keep what is measured; count the silent rules anew")
    parser.add_argument("--people", type=int, default=8000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "flags.json")
    options = parser.parse_args()
    everything = frozenset({"channel", "purpose", "place", "terminal", "reference", "time of day"}) | {
        f"accounts.{name}" for name in ("holder", "kind", "sector", "opened", "owner", "staff", "opens", "closes",
                                        "income", "phone", "address", "device")
    }  # fmt: skip
    usable = [name for name, flag in red_flags().items() if flag.use != "off" and not missing(name, everything)]
    if options.only_silent:
        kept = json.loads(options.out.read_text())
        kept["silent_in_worlds"] = silent(set(kept["worlds"]["accounts_by_flag_and_role"]), usable)
        options.out.write_text(json.dumps(kept, indent=1) + "\n")
        return
    result = {
        "machine": {"python": platform.python_version(), "polars": pl.__version__},
        "flags_that_can_be_looked_for": {
            "bare ledger": sum(not missing(name, frozenset()) for name in usable), "all columns": len(usable), "of": 66
        },
        "worlds": worlds(options.people, options.seeds),
    }  # fmt: skip
    result["silent_in_worlds"] = silent(set(result["worlds"]["accounts_by_flag_and_role"]), usable)
    if SHARED.is_dir():
        result["amlgentex"], result["amlsim"] = gentex(), amlsim()
    options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
