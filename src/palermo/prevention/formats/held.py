"""A linkage with what it was made of, as one file: sealed while people decide on its pairs, then deleted."""

import io
import json
import zipfile
from dataclasses import dataclass

import polars as pl

from palermo.prevention.methods.linkage import Keyed, Links


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A linkage that waits for verdicts.

    Args:
        found: the linkage.
        doubtful: the pairs that are worth looking at, in the order by which they are called.
        shown: what each record says, by its number (record, source, name …); None where only hashes came.
    """

    found: Links | Keyed
    doubtful: pl.DataFrame
    shown: pl.DataFrame | None


def write_held(held: Held) -> bytes:
    """All of it as a zip of Parquet tables."""
    tables = {"records": held.found.records, "pairs": held.found.pairs, "doubtful": held.doubtful}
    if held.shown is not None:
        tables["shown"] = held.shown
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, table in tables.items():
            part = io.BytesIO()
            table.write_parquet(part)
            archive.writestr(name, part.getvalue())
        archive.writestr("prior", json.dumps(held.found.prior if isinstance(held.found, Links) else None))
    return out.getvalue()


def read_held(data: bytes) -> Held:
    """What `write_held` wrote; only ever our own sealed bytes come here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tables = {n: pl.read_parquet(io.BytesIO(archive.read(n))) for n in archive.namelist() if n != "prior"}
        prior = json.loads(archive.read("prior"))
    keyed = Keyed(tables["records"], tables["pairs"])
    found = keyed if prior is None else Links(tables["records"], tables["pairs"], prior)
    return Held(found, tables["doubtful"], tables.get("shown"))
