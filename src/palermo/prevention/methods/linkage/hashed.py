"""Linkage in which agencies send keyed hashes and no names.

Each agency turns a record into a handful of normalised keys and sends only their HMAC under a secret of the project.
Records that share enough keys are one person. Equality is all that can be seen: no similarity leaks, as it does from
Bloom-filter encodings, whose frequency patterns have been broken (Christen et al. 2018). What remains, and must be
told: whoever holds the secret can hash a list of guesses and look for them (dictionary attack), and equal keys show
that two records agree. So the secret is destroyed after the counts are made, and only counts leave.
"""

import hashlib
import hmac
from collections import defaultdict

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from palermo.prevention.methods.linkage.records import prepare
from palermo.vocabulary.errors import Refusal

SHORTEST_SECRET = 16
#: Each key joins columns; two keys in common are asked for, so one error spoils two or three of them, not all.
KEYS = (
    ("name_key", "birth"),
    ("sound_key", "birth"),
    ("sound_key", "year", "citizenship"),
    ("sound_key", "year", "sex"),
    ("last_sound", "birth", "sex"),
    ("first_sound", "birth", "sex"),
    ("sound_key", "day"),
    ("sound_key", "place"),
    ("sound_key", "address"),
    ("birth", "address"),
)
ENOUGH = 2
CROWD = 50  # a key that more records share tells nobody apart


def hashed(records: pl.DataFrame, *, secret: bytes) -> pl.DataFrame:
    """What an agency sends: record, source and the hashes of its keys, never a name.

    Args:
        records: as `standardise` gives.
        secret: of this project, at least 16 bytes, the same for all agencies.

    Raises:
        Refusal: the secret is too short.
    """
    if len(secret) < SHORTEST_SECRET:
        raise Refusal(f"The secret has {len(secret)} bytes.", remedy=f"Use at least {SHORTEST_SECRET} random bytes.")
    ready = prepare(records)
    hashes = [_hashes(row, secret) for row in ready.iter_rows(named=True)]
    return ready.select("record", "source").with_columns(keys=pl.Series(hashes, dtype=pl.List(pl.String)))


def _hashes(row: dict[str, object], secret: bytes) -> list[str]:
    out = []
    for columns in KEYS:
        values = [row[c] for c in columns]
        if all(values):
            text = "\x1f".join([*columns, *map(str, values)])
            out.append(hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32])
    return out


def link_hashed(sent: pl.DataFrame) -> pl.DataFrame:
    """Cluster hashed records: record, source, cluster. Two records with two keys in common are one person."""
    holders: dict[str, list[int]] = defaultdict(list)
    for row, keys in enumerate(sent["keys"].to_list()):
        for key in keys:
            holders[key].append(row)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for rows in holders.values():
        if len(rows) <= CROWD:
            for k, i in enumerate(rows):
                for j in rows[k + 1 :]:
                    common[i, j] += 1
    same = np.array([pair for pair, shared in common.items() if shared >= ENOUGH], dtype=np.int64).reshape(-1, 2)
    graph = coo_matrix((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=(sent.height, sent.height))
    numbers = connected_components(graph, directed=False)[1]
    return sent.select("record", "source").with_columns(cluster=pl.Series(numbers.astype(np.int64)))
