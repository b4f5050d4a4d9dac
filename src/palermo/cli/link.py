"""`palermo link`: find the same person in the lists of several agencies."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import file_bytes
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl


def register(app: typer.Typer) -> None:
    """Add `link` to the command line."""
    app.command()(link)


def link(
    files: Annotated[
        list[Path], typer.Argument(help="CSV or Parquet, one for each agency, or one with a source column.")
    ],
    out: Annotated[Path, typer.Option(help="Where the scored pairs go; clusters and counts are written beside.")],
    hashed: Annotated[
        bool, typer.Option(help="Compare keyed hashes only; the secret is read from PALERMO_LINK_SECRET.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Link records without labels; write pairs (Parquet), clusters, and counts that `palermo estimate` reads."""
    import polars as pl

    from palermo.prevention.methods import linkage

    records = pl.concat([_read(file) for file in files])
    if records.select("source", "record").is_duplicated().any():
        raise Refusal("Two files have the same name and records.", remedy="Give each agency's file its own name.")
    records = records.with_columns(record=pl.format("{}:{}", "source", "record")) if len(files) > 1 else records
    print(f"Linking {records.height:,} records.", file=sys.stderr)  # noqa: T201
    report: dict[str, Any] = {"records": records.height, "sources": sorted(records["source"].unique().to_list())}
    if hashed:
        linked = linkage.link_hashed(linkage.hashed(records, secret=_secret()))
    else:
        links = linkage.link(records, seed=seed)
        linked = links.records
        links.pairs.write_parquet(out)
        report |= {"pairs": links.pairs.height, "prior_weight": links.prior}
        if len(report["sources"]) >= 3:
            report["estimate_with_linkage_error"] = _carried(links)
    report["people"] = linked["cluster"].n_unique()
    report["files"] = _written(linked, out, pairs=not hashed)
    typer.echo(json.dumps(report) if as_json else "\n".join(f"{key}: {value}" for key, value in report.items()))


def _carried(links: Any) -> dict[str, Any] | None:
    from dataclasses import asdict

    from palermo.prevention.methods import estimation, linkage

    try:
        estimation.require_usable(linkage.overlaps(links.records))
    except Refusal as refusal:
        return {"refused": refusal.message}
    return {key: value if value != float("inf") else None for key, value in asdict(linkage.carried(links)).items()}


def _read(file: Path) -> "pl.DataFrame":
    from palermo.prevention.formats.records import read_records
    from palermo.prevention.methods.linkage import standardise

    data = file_bytes(file)
    return standardise(read_records(data, name=file.name), source=file.stem)


def _secret() -> bytes:
    secret = os.environ.get("PALERMO_LINK_SECRET", "").encode()
    if not secret:
        raise Refusal("There is no secret.", remedy="Set PALERMO_LINK_SECRET to random text all agencies share.")
    return hashlib.sha256(secret).digest() if len(secret) >= 16 else secret  # short ones are refused later


def _written(linked: "pl.DataFrame", out: Path, *, pairs: bool) -> list[str]:
    """Write clusters and capture histories beside the pairs."""
    from palermo.prevention.methods import linkage

    clusters, counts = out.with_suffix(".clusters.parquet"), out.with_suffix(".counts.csv")
    linked.write_parquet(clusters)
    lists = linkage.overlaps(linked)
    rows = [",".join([*lists.names, "count"])]
    for cell, number in enumerate(lists.counts):
        if number:
            rows.append(",".join([*(str(cell >> bit & 1) for bit in range(lists.size)), str(int(number))]))
    counts.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return [str(path) for path in ([out] if pairs else []) + [clusters, counts]]
