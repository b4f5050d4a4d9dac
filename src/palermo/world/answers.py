"""What each person would answer to each item if asked. Answers arise from events and reticence, never from a label.

Two steps. *Facts*: whether the item is true of the person, as the person sees it; each kind of event that the item
arises from makes it true with its weight (``world/data/event_items.tsv``), so that a debt to a smuggler sometimes
looks like debt bondage. *Answers*: a person holds back a true "yes" the more, the more reticent the person and the
more sensitive the item, and then denies it or says that it is not known. What is held back at intake may be told at
the later interview: the same draw meets a lower reticence, so nothing once told is taken back for fear.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from palermo.vocabulary.indicators import load_items
from palermo.world.figures import assumed, assumed_shares, published, read_table
from palermo.world.happenings import Happenings, kind_numbers, kinds
from palermo.world.streams import Flags, Reals, Streams

NO, YES, NOT_KNOWN = 0, 1, 2
CODES = {"no": NO, "yes": YES, "not_known": NOT_KNOWN}
"""How answers are coded in the columns of the answer tables (int8)."""
BLOCK = 50_000
"""People drawn at a time. Part of the definition of a world: another size would give another world."""
ONE = 1 << 16
BACKGROUND = ("vulnerability", "journey", "work")
NOT_MAPPED = {
    "sensitivity": "medium",
    "arises": "nothing: the vocabulary has this item newly, event_items.tsv does not",
}
"""A new item of the vocabulary does not stop the world; the test of coverage asks for its row."""
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ItemSource:
    """What an item arises from: (position of kind, weight) pairs, or a reason why it arises from nothing here."""

    item: str
    observed: bool
    sensitivity: str
    kinds: tuple[tuple[int, float], ...]
    reason: str


@cache
def item_sources(noise: float = 1.0) -> tuple[ItemSource, ...]:
    """Every item of the vocabulary, in its order, with its sources.

    Args:
        noise: factor on weights below one half of events outside the crime (circumstances, journey, work): how often
            ordinary hardship is taken for a sign of trafficking.
    """
    rows = {row["item"]: row for row in read_table("event_items.tsv")}
    return tuple(
        _source(item.code, item.kind == "observation", rows.get(item.code, NOT_MAPPED), noise)
        for item in load_items().values()
    )


def _source(item: str, observed: bool, row: dict[str, str], noise: float) -> ItemSource:
    if row["arises"].startswith("nothing"):
        return ItemSource(item, observed, row["sensitivity"], (), row["arises"].partition(":")[2].strip())
    pairs = []
    for part in row["arises"].split():
        kind, percent = part.split(":")
        weight = int(percent) / 100
        if weight < 0.5 and kinds()[kind].element in BACKGROUND:
            weight = min(0.5, weight * noise)
        pairs.append((kind_numbers()[kind], weight))
    return ItemSource(item, observed, row["sensitivity"], tuple(pairs), "")


@cache
def _concentration() -> float:
    """How widely reticence varies, so that as many are open at once as identified themselves in Germany (C491)."""
    from scipy.stats import beta  # noqa: PLC0415 -- slow to import, needed once

    mean, target, limit = assumed("world", "disclosure"), published("self_identified"), assumed("answers", "open_below")
    low, high = 0.5, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        open_share = beta.cdf(limit, (1 - mean) * middle, mean * middle)
        low, high = (middle, high) if open_share > target else (low, middle)
    return low


def draw_reticence(streams: Streams, people: int, disclosure: float) -> Reals:
    """Share of what is most sensitive that each person holds back at first; its mean is 1 − ``disclosure``."""
    spread = _concentration()
    held = streams("reticence").beta((1 - disclosure) * spread, disclosure * spread, people)
    return np.asarray(held, dtype=np.float64)


def reticence_after(reticence: Reals, contacts: int) -> Reals:
    """Reticence after so many earlier contacts in which trust was kept; each takes away the same share of it."""
    return np.asarray(reticence * (1 - assumed("answers", "trust_gain")) ** contacts, dtype=np.float64)


def draw_facts(streams: Streams, happened: Happenings, noise: float) -> list[Flags]:
    """Whether each item is true of each person, as the person sees it; one array an item."""
    return [_fact(streams, happened, source) for source in item_sources(noise)]


def _fact(streams: Streams, happened: Happenings, source: ItemSource) -> Flags:
    people = happened.flags.shape[1]
    true = np.zeros(people, dtype=np.bool_)
    if not source.kinds:
        return true
    for block, start in enumerate(range(0, people, BLOCK)):
        flags = happened.flags[:, start : start + BLOCK]
        missed = np.ones(flags.shape[1], dtype=np.float32)
        for kind, weight in source.kinds:
            missed *= np.where(flags[kind], np.float32(1 - weight), np.float32(1))
        draw = streams(f"fact {source.item}", block).integers(0, ONE, flags.shape[1], dtype=np.uint16)
        true[start : start + BLOCK] = draw >= missed * ONE
    return true


def draw_answers(
    streams: Streams, stage: str, facts: list[Flags], *, reticence: Reals, interpreter: Flags, noise: float
) -> list[Codes]:
    """Answers to every item at one stage (``intake``, ``interview``): one array of :data:`CODES` an item.

    Args:
        streams: the world's.
        stage: names the stream of slips and misunderstandings; what is held back is drawn once for all stages.
        facts: what is true of each person, from :func:`draw_facts`.
        reticence: each person's, at this stage.
        interpreter: who needs one; "not known" is a little more frequent then.
        noise: as in :func:`item_sources`.
    """
    sources = item_sources(noise)
    return [
        _answer(streams, stage, source, fact=fact, reticence=reticence, interpreter=interpreter, noise=noise)
        for source, fact in zip(sources, facts, strict=True)
    ]


def _answer(
    streams: Streams,
    stage: str,
    source: ItemSource,
    *,
    fact: Flags,
    reticence: Reals,
    interpreter: Flags,
    noise: float,
) -> Codes:
    share, unknown, more, wrong = _chances(source, noise)
    deny = int(assumed("answers", "denied_if_held_back") * 256)
    found = np.empty(len(fact), dtype=np.int8)
    for block, start in enumerate(range(0, len(fact), BLOCK)):
        part = slice(start, start + BLOCK)
        true = fact[part]
        count = len(true)
        hold = streams(f"held back {source.item}", block).integers(0, ONE, count, dtype=np.uint16)
        way = streams(f"way {source.item}", block).integers(0, 256, count, dtype=np.uint8)
        slip = streams(f"slip {source.item} {stage}", block).integers(0, ONE, count, dtype=np.uint16)
        held = true & (hold < (reticence[part] * (share * ONE)).astype(np.float32))
        answer = np.where(true & ~held, np.int8(YES), np.int8(NO))
        answer[held & (way >= deny)] = NOT_KNOWN
        limit = np.float32(unknown) + np.where(interpreter[part], np.float32(more), np.float32(0))
        answer[slip < limit] = NOT_KNOWN
        answer[~true & (slip >= np.float32(ONE - wrong))] = YES
        found[part] = answer
    return found


def _chances(source: ItemSource, noise: float) -> tuple[float, float, float, float]:
    """Chances of: holding back at full reticence, "not known", that on top without interpreter, a mistaken "yes".

    The first is a share, the others are out of :data:`ONE`. An observation is not held back, but often not seen.
    """
    wrong = min(0.5, assumed("answers", "said_yes_in_error") * noise) * ONE
    if source.observed:
        return 0.0, (1 - assumed("answers", "observed")) * ONE, 0.0, wrong / 2
    share = assumed_shares("answers", "held_back")[source.sensitivity]
    unknown, more = (assumed("answers", key) * ONE for key in ("not_known", "not_known_without_interpreter"))
    return share, unknown, more, wrong


def answers_table(ids: pa.StringArray, answers: list[Codes]) -> pa.Table:
    """A wide table: ``person_id`` and one int8 column an item, coded as in its metadata (:data:`CODES`)."""
    columns = {"person_id": ids} | {item: pa.array(codes) for item, codes in zip(load_items(), answers, strict=True)}
    table = pa.table(columns)
    return table.replace_schema_metadata({"codes": ", ".join(f"{code} {name}" for name, code in CODES.items())})
