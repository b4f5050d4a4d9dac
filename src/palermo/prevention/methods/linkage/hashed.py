"""Linkage in which agencies send keyed hashes and no names.

Each agency turns a record into normalised keys on its own machine and sends only their HMAC under a secret that it
shares with the other agencies and not with the linkage unit. Records that share enough keys are one person. Equality
is all that can be seen: no similarity leaks, as it does from Bloom-filter encodings, whose patterns have been mined
even where every filter is unique (Christen et al., PAKDD 2018). What remains is told in docs/linkage.md, ATTACKS.
"""

import hashlib
import hmac
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from palermo.prevention.methods.linkage.records import prepare
from palermo.vocabulary.errors import Refusal

SHORTEST_SECRET = 32
WIDTH = 16  # bytes that are kept of a hash: two of a million records collide with a chance of 1e-27
#: Each key joins what must agree at once; words are sorted and brought to their bones (`records.bones`), so that script
#: and order do not matter. None may rest on a single column of few values, which could be told by its frequency.
KEYS = {
    "name_birth": ("bone_key", "birth"),
    "name_year_citizenship": ("bone_key", "year", "citizenship"),
    "name_year_sex": ("bone_key", "year", "sex"),
    "name_day": ("bone_key", "day"),
    "words_birth": ("name_key", "birth"),
    "words_met": ("name_key", "met"),
    "name_met_year": ("bone_key", "met", "year"),
    "name_met_citizenship": ("bone_key", "met", "citizenship"),
    "name_met_sex": ("bone_key", "met", "sex"),
    "name_place": ("bone_key", "place"),
    "name_district": ("bone_key", "district"),
    "last_birth": ("last_bone", "birth"),
    "first_birth": ("first_bone", "birth"),
    "first_birth_citizenship": ("first_bone", "birth", "citizenship"),
    "birth_met": ("birth", "met", "citizenship", "sex"),
    "last_met_year": ("last_bone", "met", "year", "citizenship"),
    "first_met_year": ("first_bone", "met", "year", "citizenship"),
    "last_met_day": ("last_bone", "met", "day"),
    "first_met_day": ("first_bone", "met", "day"),
    "last_place_year": ("last_bone", "place", "year"),
    "first_place_year": ("first_bone", "place", "year"),
    "first_place_district": ("first_bone", "place", "district"),
    "last_district": ("last_bone", "district"),
    "last_place_occupation": ("last_bone", "place", "occupation"),
    "first_day_place": ("first_bone", "day", "place"),
    "day_place_district": ("day", "place", "district"),
    "year_district_occupation": ("year", "district", "occupation"),
    "birth_address": ("birth", "address"),
    "birth_place": ("birth", "place"),
    "phone": ("phone",),
    "phone_name": ("phone", "bone_key"),
    "document": ("document",),
    "document_citizenship": ("document", "citizenship"),
}
ENOUGH = 2
#: Asked for besides where both records have a birth date and no key with it agrees: namesakes, brothers and sisters.
CONTRARY = 1
_BIRTHS = tuple(key for key, parts in KEYS.items() if "birth" in parts)
#: A value that more records of a list share is not sent: it tells nobody apart, and its frequency would tell who it is.
CROWD = 20
#: A value that more records of all lists share is not compared.
BUSY = 50

#: What is known to work against what is sent, for whoever decides on it. Sources: docs/linkage.md.
ATTACKS = (
    "Whoever holds the secret and the file can hash guesses and look for them (dictionary attack): keep them apart.",
    "Equal hashes show that records agree, and how often a value occurs: values of many records are left out.",
    "Which keys of a record agree with which others, and that a key is missing, is a pattern that can be mined.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """Hashed records brought together.

    Args:
        records: record, source and cluster of every record.
        pairs: left, right, keys in common, keys asked for, and one column a key: whether it agrees (None where it is
            missing); the most keys first.
    """

    records: pl.DataFrame
    pairs: pl.DataFrame


def key_id(secret: bytes) -> str:
    """What names a secret without telling it, so that files under two secrets are not compared in vain."""
    return hmac.new(_long_enough(secret), b"palermo key id", hashlib.sha256).hexdigest()[:16]


def hashed(records: pl.DataFrame, *, secret: bytes) -> pl.DataFrame:
    """What an agency sends: never a name, nor the number or the order of its records.

    Args:
        records: as `standardise` gives.
        secret: of this study, at least 32 bytes, the same for all agencies and not known to the linkage unit.

    Returns:
        source, record (a code that only a holder of the secret can lead back), key_id, and a binary column of 16 bytes
        for each of `KEYS`; None where a part is not known or more than `CROWD` records of a list share the value.
        Sorted by the code, so that the order says nothing.

    Raises:
        Refusal: the secret is too short.
    """
    name = key_id(secret)
    ready = prepare(records)
    columns = {key: _hashes(ready, key, parts, secret) for key, parts in KEYS.items()}
    codes = [record_code(secret, *pair) for pair in records.select("source", "record").iter_rows()]
    out = ready.select("source").with_columns(
        record=pl.Series(codes, dtype=pl.String),
        key_id=pl.lit(name),
        **{key: pl.Series(values, dtype=pl.Binary) for key, values in columns.items()},
    )
    crowded = [pl.when(pl.len().over("source", key) <= CROWD).then(pl.col(key)).alias(key) for key in KEYS]
    return out.with_columns(crowded).sort("record")


def record_code(secret: bytes, source: str, record: str) -> str:
    """What a record is called in a file of hashes; an agency finds its record again by making the code anew."""
    return _hash(secret, "record", [source, record]).hex()


def _hashes(ready: pl.DataFrame, key: str, parts: tuple[str, ...], secret: bytes) -> list[bytes | None]:
    rows = ready.select(parts).iter_rows()
    return [_hash(secret, key, [str(v) for v in row]) if all(row) else None for row in rows]


def _hash(secret: bytes, label: str, values: list[str]) -> bytes:
    """The label keeps equal values of two keys apart, the separator "ab"+"c" from "a"+"bc"."""
    return hmac.new(secret, "\x1f".join([label, *values]).encode(), hashlib.sha256).digest()[:WIDTH]


def _long_enough(secret: bytes) -> bytes:
    if len(secret) < SHORTEST_SECRET:
        raise Refusal(f"The secret has {len(secret)} bytes.", remedy=f"Use at least {SHORTEST_SECRET} random bytes.")
    return secret


def link_hashed(sent: pl.DataFrame) -> Keyed:
    """Two records with two keys in common are one person (three if births differ), and so is whom both are with.

    Args:
        sent: as `hashed` gives, of all agencies together.

    Raises:
        Refusal: the files were made under more than one secret.
    """
    if sent["key_id"].n_unique() > 1:
        raise Refusal(
            "The files were made under different secrets.", remedy="Let every agency use the key file of this study."
        )
    common = _common(sent)
    pairs = _agreement(sent, {pair: shared for pair, shared in common.items() if shared >= ENOUGH})
    pairs = pairs.filter(pl.col("keys") >= pl.col("asked"))
    ends = pairs.select("row", "other").to_numpy().reshape(-1, 2)
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(sent.height, sent.height))
    numbers = connected_components(graph, directed=False)[1]
    records = sent.select("record", "source").with_columns(cluster=pl.Series(numbers.astype(np.int64)))
    return Keyed(records, pairs.drop("row", "other"))


def _common(sent: pl.DataFrame) -> dict[tuple[int, int], int]:
    """How many keys two records share, for those that share one."""
    common: dict[tuple[int, int], int] = defaultdict(int)
    for key in KEYS:
        holders: dict[bytes, list[int]] = defaultdict(list)
        for row, value in enumerate(sent[key].to_list()):
            if value is not None:
                holders[value].append(row)
        for rows in holders.values():
            if 1 < len(rows) <= BUSY:
                for at, row in enumerate(rows):
                    for other in rows[at + 1 :]:
                        common[row, other] += 1
    return common


def _agreement(sent: pl.DataFrame, common: dict[tuple[int, int], int]) -> pl.DataFrame:
    """The pairs with the keys that they share, and the agreement of each key."""
    ends = np.array(list(common), dtype=np.int64).reshape(-1, 2)
    left, right = sent[ends[:, 0]], sent[ends[:, 1]]
    agree = {key: left[key] == right[key] for key in KEYS if sent[key].null_count() < sent.height}
    known = left["name_birth"].is_not_null() & right["name_birth"].is_not_null()
    births = pl.DataFrame({key: (left[key] == right[key]).fill_null(value=False) for key in _BIRTHS})
    contrary = known & ~births.select(pl.any_horizontal(pl.all())).to_series()
    pairs = pl.DataFrame(
        {
            "left": left["record"],
            "right": right["record"],
            "keys": pl.Series(list(common.values()), dtype=pl.Int64),
            "asked": ENOUGH + CONTRARY * contrary.cast(pl.Int64),
            **agree,
            "row": ends[:, 0],
            "other": ends[:, 1],
        }
    )
    return pairs.sort("keys", "left", "right", descending=[True, False, False])
