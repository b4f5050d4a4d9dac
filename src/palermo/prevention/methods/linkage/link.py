"""Find the same person in the records of several agencies, learning from the records alone (Fellegi & Sunter; Splink).

No labels are needed: how often things agree by chance is counted on random pairs, how often between records of one
person is learnt by expectation-maximisation. The share of true pairs is then made to agree with the probabilities it
leads to, since a first guess from certain rules is mostly too low.
"""

import logging
import tempfile
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.prevention.methods.linkage.clusters import Floats, cluster
from palermo.prevention.methods.linkage.learn import learn, pooled
from palermo.prevention.methods.linkage.model import (
    BLOCKS,
    CERTAIN,
    COMPARED_BY,
    MACROS,
    OPEN,
    TRAINING,
    comparisons,
    filled,
    usable,
)
from palermo.prevention.methods.linkage.records import prepare
from palermo.vocabulary.errors import Refusal

Rule = tuple[str, ...]

LEAST = -6.0  # match weights below are not kept: one in 64
FLOOR = -0.5  # of a pair that was not looked at
CUT = (
    0.5  # groups join while their average stands above; chosen with FLOOR on historical figures and a simulated region
)
CAP = 12.0
FEWEST = 20
WAYS = 3  # how often a rule that looks at too many pairs is tried with one more column
MOST = 8  # pairs that one rule may look at, for each record
NARROWER = ("met", "citizenship", "sex", "year", "first_bone", "last_bone", "day")
LESSON = 2_000_000  # pairs that one lesson looks at, about
RAREST = 1e-7  # the least chance agreement that a sample of pairs can show


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Records brought together.

    Args:
        records: record, source and cluster of every record.
        pairs: left, right, weight (log2 odds), probability, and what each comparison added to the weight (mw_…, the
            waterfall), strongest first.
        prior: weight of any two records before they are compared.
    """

    records: pl.DataFrame
    pairs: pl.DataFrame
    prior: float


def link(records: pl.DataFrame, *, seed: int = 1, memory: str = "4GB", threads: int = 2) -> Links:
    """Score pairs and cluster them.

    Args:
        records: as `standardise` gives, of all agencies together; each (source, record) once.
        seed: of the random pairs.
        memory: what the embedded engine may use.
        threads: how many it may use.

    Raises:
        Refusal: fewer than 20 records, or nothing besides names to compare.
    """
    if records.height < FEWEST:
        message = f"{records.height} records are too few to learn from; at least {FEWEST} are needed."
        raise Refusal(message, remedy="Compare so few by hand.")
    ready = prepare(records).with_row_index("row")
    columns = filled(ready)
    if not usable(TRAINING[1:], columns):
        raise Refusal(
            "There is nothing but names to compare.", remedy="Add birth dates, addresses, or places with birth years."
        )
    pairs = _scored(ready, columns, seed=seed, memory=memory, threads=threads)
    left, right = pairs["left"].to_numpy().astype(np.int64), pairs["right"].to_numpy().astype(np.int64)
    raw = pairs["weight"].to_numpy()
    prior, shift = _settled(raw, ready.height, float(pairs["prior"][0]) if pairs.height else 0.0)
    weights = raw + shift
    groups = cluster(ready.height, left, right, weights, floor=FLOOR, cut=CUT, cap=CAP)
    named = pairs.drop("prior").with_columns(
        left=ready["record"].gather(left),
        right=ready["record"].gather(right),
        weight=pl.Series(weights),
        probability=pl.Series(1.0 / (1.0 + np.exp2(-weights))),
    )
    out = ready.select("record", "source").with_columns(cluster=pl.Series(groups))
    return Links(out, named.sort("weight", "left", "right", descending=[True, False, False]), prior)


def _settled(weights: Floats, records: int, prior: float) -> tuple[float, float]:
    """The prior weight that agrees with the probabilities it leads to, and how far it is from the first guess."""
    possible = records * (records - 1) / 2
    shift = 0.0
    for _ in range(100):
        expected = float((1.0 / (1.0 + np.exp2(-(weights + shift)))).sum())
        share = min(max(expected / possible, 1e-12), 0.5)
        settled = float(np.log2(share / (1 - share))) - prior
        if abs(settled - shift) < 1e-4:
            break
        shift = settled
    return prior + shift, shift


def _scored(ready: pl.DataFrame, columns: frozenset[str], *, seed: int, memory: str, threads: int) -> pl.DataFrame:
    """Train and score: left and right row, weight, prior and the parts of each weight."""
    import duckdb  # noqa: PLC0415  # heavy, and needed here alone

    connection = duckdb.connect(config={"memory_limit": memory, "threads": threads})
    with tempfile.TemporaryDirectory(prefix="palermo-link-") as spill, connection, warnings.catch_warnings():
        # What does not fit in memory holds names: it goes where only its owner reads, and is gone afterwards.
        connection.execute(f"set temp_directory = '{spill}'")
        connection.execute("set enable_progress_bar = false")  # it would stand in the output of a command
        for call, body in MACROS:
            connection.execute(f"create macro {call} as ({body})")
        warnings.simplefilter("ignore")  # the library's own hints on untrained levels
        logging.getLogger("splink").setLevel(logging.ERROR)
        table = ready.drop("record", "source", "name", "birth_date").to_arrow()
        blocks = narrowed(ready, usable(BLOCKS, columns))
        lessons = {rule: _share(ready, rule) for rule in usable(TRAINING, columns)}
        model = _trained(connection, table, columns, blocks=blocks, lessons=lessons, seed=seed)
        scored = _predicted(connection, table, model, least=LEAST)
    prior = float(model["probability_two_random_records_match"])
    parts = {name: values for name, values in scored.items() if name.startswith("mw_")}
    return pl.DataFrame(
        {
            "left": scored["row_l"],
            "right": scored["row_r"],
            "weight": scored["match_weight"].astype(np.float64),
            **parts,
        }
    ).with_columns(prior=pl.lit(float(np.log2(prior / (1 - prior)))))


def _predicted(connection: Any, table: Any, model: dict[str, Any], *, least: float | None) -> dict[str, NDArray[Any]]:
    """All columns of the scored pairs."""
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    linker = Linker(DuckDBAPI(connection).register(table), model, log_level=None)
    scored = linker.inference.predict(threshold_match_weight=least)
    found: dict[str, NDArray[Any]] = connection.execute(
        f"select columns('^(row_|mw_|gamma_|match_weight)') from {scored.physical_name}"  # noqa: S608
    ).fetchnumpy()
    scored.drop_table_from_database_and_remove_from_cache()
    return found


def _trained(
    connection: Any, table: Any, columns: frozenset[str], *, blocks: list[Rule], lessons: dict[Rule, float], seed: int
) -> dict[str, Any]:
    """Splink's model: chance agreement from random pairs, agreement within a person from `learn`."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*comparisons(columns)],
        blocking_rules_to_generate_predictions=[_as_rule(rule) for rule in blocks],
        unique_id_column_name="row",
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )
    linker = Linker(DuckDBAPI(connection).register(table), settings, log_level=None)
    certain = usable(CERTAIN, columns) or [("name_key",)]
    linker.training.estimate_probability_two_random_records_match([block_on(*rule) for rule in certain], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    model: dict[str, Any] = linker.misc.save_model_to_json()
    chance = {c["output_column_name"]: _chance(c) for c in model["comparisons"]}
    start = {name: np.arange(1.0, known.size + 1) ** 2 for name, known in chance.items()}
    _fill(model, start, chance)
    taught = [_session(connection, table, model, rule, share, chance, start) for rule, share in lessons.items()]
    _fill(model, pooled(taught, start), chance)
    return model


def narrowed(ready: pl.DataFrame, rules: list[Rule], *, ways: int = WAYS) -> list[Rule]:
    """The rules, those that would look at too many pairs each with one more column asked for.

    Pairs grow with the square of the records: what is a handful for each of 50,000 is a hundred for each of a million.

    Args:
        ready: as `prepare` gives.
        rules: columns that a pair must share.
        ways: in how many ways a rule may be narrowed at most.
    """
    out: list[Rule] = []
    for rule in rules:
        if _pairs_of(ready, rule) <= MOST * ready.height:
            out.append(rule)
            continue
        more = [
            (*rule, column)
            for column in NARROWER
            if column in ready.columns and column not in rule and not (OPEN in rule and column in ("year", "day"))
        ]
        out += [longer for longer in more if 0 < _pairs_of(ready, longer) <= MOST * ready.height][:ways]
    return list(dict.fromkeys(out)) or rules


def _pairs_of(ready: pl.DataFrame, rule: Rule) -> int:
    columns = [column for column in rule if column != OPEN]
    held = ready.filter(pl.all_horizontal(pl.col(columns).is_not_null())).group_by(columns)
    known = pl.col("year").is_not_null().sum() if OPEN in rule else pl.lit(0)
    sizes = held.agg(pl.len().cast(pl.Int64), known=known.cast(pl.Int64))
    all_of, closed = ((sizes[c] * (sizes[c] - 1) // 2).sum() for c in ("len", "known"))
    return int(all_of) - int(closed)


def _share(ready: pl.DataFrame, rule: Rule) -> float:
    """How many of the blocks of a rule are learnt from, so that no lesson has too many pairs.

    Whole blocks are left out and no column is asked for besides, since what is asked for cannot be learnt.
    """
    return min(1.0, LESSON / max(_pairs_of(ready, rule), 1))


def _as_rule(rule: Rule, *, share: float = 1.0) -> Any:
    """A rule as Splink takes it; of its blocks about that share."""
    from splink import block_on  # noqa: PLC0415
    from splink.blocking_rule_library import CustomRule  # noqa: PLC0415

    if OPEN not in rule and share >= 1:
        return block_on(*rule)
    asked = [f"l.{column} = r.{column}" for column in rule if column != OPEN]
    if OPEN in rule:
        asked.append("(l.year is null or r.year is null)")
    if share < 1:
        asked.append(f"hash(l.{rule[0]}) % 1000 < {max(round(1000 * share), 1)}")
    return CustomRule(" and ".join(asked), sql_dialect="duckdb")


def _levels(comparison: dict[str, Any]) -> list[dict[str, Any]]:
    """The levels by their number, "different" first."""
    return [level for level in reversed(comparison["comparison_levels"]) if not level.get("is_null_level")]


def _chance(comparison: dict[str, Any]) -> Floats:
    values = [level.get("u_probability") for level in _levels(comparison)]
    return np.array([max(v, RAREST) if isinstance(v, float) else RAREST for v in values])


def _fill(model: dict[str, Any], same: dict[str, Floats], chance: dict[str, Floats]) -> None:
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        for number, level in enumerate(_levels(comparison)):
            level["m_probability"] = float(same[name][number] / same[name].sum())
            level["u_probability"] = float(chance[name][number])


def _session(
    connection: Any,
    table: Any,
    model: dict[str, Any],
    rule: Rule,
    share: float,
    chance: dict[str, Floats],
    start: dict[str, Floats],
) -> dict[str, Floats]:
    """What the pairs that share the columns of one rule teach about the other comparisons."""
    only = [_as_rule(rule, share=share).create_blocking_rule_dict("duckdb")]
    plain = {**model, "blocking_rules_to_generate_predictions": only, "retain_matching_columns": True}
    pairs = _predicted(connection, table, plain, least=None)
    names = [name for name in chance if name not in {COMPARED_BY[column] for column in rule}]
    if not pairs["row_l"].size:
        return {}
    patterns, counts = np.unique(np.stack([pairs[f"gamma_{n}"] for n in names]), axis=1, return_counts=True)
    vectors = {name: patterns[k].astype(np.int64) for k, name in enumerate(names)}
    return learn(vectors, counts.astype(np.int64), chance, start=start)
