"""`palermo link`: find the same person in the lists of several agencies."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import file_bytes, write_file
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    import polars as pl

    from palermo.prevention.methods import linkage


def register(app: typer.Typer) -> None:
    """Add `link` to the command line."""
    app.command()(link)


def link(
    files: Annotated[
        list[Path],
        typer.Argument(help="CSV or Parquet, one for each agency, or one with a source column; or files of hashes."),
    ],
    out: Annotated[Path, typer.Option(help="Where the scored pairs go; clusters and counts are written beside.")],
    basis: Annotated[
        str, typer.Option(help="The legal basis on which names are linked; it stands in the report.")
    ] = "",
    review: Annotated[
        Path | None, typer.Option(help="Write the pairs that a person should look at, most valuable first (CSV).")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Pairs to be looked at, at most.")] = 200,
    decided: Annotated[
        Path | None, typer.Option(help="The same file with verdicts: same, different or cannot tell.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Link records without labels; write pairs (Parquet), clusters, and counts that `palermo estimate` reads."""
    from palermo.prevention.formats.verdicts import read_verdicts, write_review
    from palermo.prevention.methods import linkage

    found, report = _found(files, basis=basis, seed=seed)
    linked = found.records
    if decided is not None:
        verdicts = read_verdicts(file_bytes(decided), name=decided.name)
        linked = linkage.decided(found, verdicts)
        report["verdicts"] = {verdict: list(verdicts.values()).count(verdict) for verdict in linkage.VERDICTS}
    if review is not None:
        pairs = linkage.doubtful(found, most=most)
        write_file(review, write_review(pairs))
        report |= {"review": str(review), "to_review": pairs.height}
    report["people"] = linked["cluster"].n_unique()
    _write_parquet(found.pairs, out)
    report["files"] = _written(linked, out)
    typer.echo(json.dumps(report) if as_json else "\n".join(f"{key}: {value}" for key, value in report.items()))


def _found(files: list[Path], *, basis: str, seed: int) -> tuple["linkage.Links | linkage.Keyed", dict[str, Any]]:
    """What the files say together, by hashes or by names, and what is reported of it."""
    import polars as pl

    from palermo.prevention.formats.hashes import is_hashes, read_hashes
    from palermo.prevention.methods import linkage

    given = {file: file_bytes(file) for file in files}
    keyed = [file for file, data in given.items() if is_hashes(data)]
    if keyed and len(keyed) < len(given):
        raise Refusal(
            "Some files hold hashes and some hold names.", where=keyed[0].name, remedy="Have the others encoded too."
        )
    frames = [read_hashes(d, name=f.name) if keyed else _read(f, d) for f, d in given.items()]
    records = pl.concat(frames)
    if records.select("source", "record").is_duplicated().any():
        raise Refusal("Two files have the same name and records.", remedy="Give each agency's file its own name.")
    report: dict[str, Any] = {
        "records": records.height,
        "sources": sorted(records["source"].unique().to_list()),
        "linked_by": "hashes" if keyed else "names",
        "legal_basis": basis or None,
    }
    print(f"Linking {records.height:,} records.", file=sys.stderr)  # noqa: T201
    if keyed:
        hashes = linkage.link_hashed(records)
        return hashes, report | {"pairs": hashes.pairs.height, "known_attacks": list(linkage.ATTACKS)}
    if not basis:
        told = "These files hold names. Record the legal basis with --basis, or let agencies run palermo encode."
        print(told, file=sys.stderr)  # noqa: T201
    records = records.with_columns(record=pl.format("{}:{}", "source", "record")) if len(files) > 1 else records
    links = linkage.link(records, seed=seed)
    report |= {"pairs": links.pairs.height, "prior_weight": links.prior}
    if len(report["sources"]) >= 3:
        report["estimate_with_linkage_error"] = _carried(links)
    return links, report


def _carried(links: Any) -> dict[str, Any] | None:
    from dataclasses import asdict

    from palermo.prevention.methods import estimation, linkage

    try:
        estimation.require_usable(linkage.overlaps(links.records))
    except Refusal as refusal:
        return {"refused": refusal.message}
    return {key: value if value != float("inf") else None for key, value in asdict(linkage.carried(links)).items()}


def _read(file: Path, data: bytes) -> "pl.DataFrame":
    from palermo.prevention.formats.records import read_records
    from palermo.prevention.methods.linkage import standardise

    return standardise(read_records(data, name=file.name), source=file.stem)


def _write_parquet(table: "pl.DataFrame", out: Path) -> None:
    import io

    held = io.BytesIO()
    table.write_parquet(held)
    write_file(out, held.getvalue())


def _written(linked: "pl.DataFrame", out: Path) -> list[str]:
    """Write clusters and capture histories beside the pairs."""
    from palermo.prevention.methods import linkage

    clusters, counts = out.with_suffix(".clusters.parquet"), out.with_suffix(".counts.csv")
    _write_parquet(linked, clusters)
    lists = linkage.overlaps(linked)
    rows = [",".join([*lists.names, "count"])]
    for cell, number in enumerate(lists.counts):
        if number:
            rows.append(",".join([*(str(cell >> bit & 1) for bit in range(lists.size)), str(int(number))]))
    write_file(counts, ("\n".join(rows) + "\n").encode())
    return [str(path) for path in (out, clusters, counts)]
