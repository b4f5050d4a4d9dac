"""`palermo release`: tables and synthetic records that expose nobody, within a budget."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import file_bytes
from palermo.vocabulary.errors import Refusal

if TYPE_CHECKING:
    from palermo.prevention.methods.release import Ledger, Release, Table


def register(app: typer.Typer) -> None:
    """Add `release` to the command line."""
    app.command()(release)


def release(
    file: Annotated[Path, typer.Argument(help="CSV or Parquet, one row a case, codes only.")],
    epsilon: Annotated[float, typer.Option(help="Privacy to spend on this release.")],
    out: Annotated[Path, typer.Option(help="Folder for tables, synthetic records and reports.")],
    codes: Annotated[
        Path | None,
        typer.Option(help="JSON: public codes of each column; otherwise those that occur are declared public."),
    ] = None,
    preset: Annotated[
        str,
        typer.Option(
            help="ctdc-2021, ctdc-2024 or htcds: the standard's public codes, countries with their regions above."
        ),
    ] = "",
    parents: Annotated[
        Path | None, typer.Option(help="JSON: for each column, code to parent (country to region).")
    ] = None,
    total: Annotated[float, typer.Option(help="Privacy that may be spent on these records in all.")] = 4.0,
    floor: Annotated[int, typer.Option(min=2, help="Nothing is shown that counts fewer.")] = 15,
    ledger: Annotated[Path | None, typer.Option(help="The ledger; FILE.ledger.json unless given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Release tables and synthetic records under differential privacy, with utility and attack reports."""
    from palermo.prevention.methods.release import publish, rho_for

    if preset and (codes or parents):
        raise typer.BadParameter("A preset brings its own codes and parents.")
    table, above = _preset(file, preset) if preset else (_table(file, codes), _json(parents) if parents else None)
    book_at = ledger or file.with_name(file.name + ".ledger.json")
    delta = 1e-6 if table.codes.shape[0] < 100_000 else 1.0 / (10 * table.codes.shape[0])
    book = _book(book_at, total, delta).spend(f"{file.name} to {out.name}", rho_for(epsilon, delta))
    print("Releasing; the first run on a machine compiles for some seconds.", file=sys.stderr)  # noqa: T201
    made = publish(table, epsilon=epsilon, delta=delta, floor=floor, parents=above)
    report = _report(made, book, declared=codes is None and not preset)
    _write_book(book_at, book)  # first, so that nothing is ever out that the ledger does not know
    _write(out, made, report)
    typer.echo(json.dumps(report) if as_json else json.dumps(report, indent=1))


def _table(file: Path, codes: Path | None) -> "Table":
    from palermo.prevention.formats.records import read_records
    from palermo.prevention.methods.release import declared, encode

    frame = read_records(file_bytes(file), name=file.name)
    listed = _json(codes) if codes else declared(frame)
    wide = [column for column, values in listed.items() if len(values) > 1000]
    if wide:
        raise Refusal(
            f"The column {wide[0]!r} has {len(listed[wide[0]])} codes: it looks like names, dates or identifiers.",
            where=file.name,
            remedy="Take it out, or group it into bands.",
        )
    return encode(frame, listed)


def _preset(file: Path, name: str) -> "tuple[Table, Any]":
    """The cases of a standard by its public codes, and the parents of rare ones."""
    from palermo.prevention.formats.standards import read_standard
    from palermo.prevention.methods.choices import PRESETS
    from palermo.prevention.methods.release import encode
    from palermo.prevention.methods.release.presets import preset
    from palermo.vocabulary.standards import load_standard

    if name not in PRESETS:
        raise Refusal(f"There is no preset {name!r}.", remedy=f"Name one of {', '.join(PRESETS)}.")
    read = read_standard(file_bytes(file), load_standard(name), name=file.name)
    if read.problems:
        raise Refusal(
            f"{read.problems[0]} ({len(read.problems)} such cells)",
            where=file.name,
            remedy=f"See them all with `palermo standards check {file.name} --as {name}`.",
        )
    made = preset(name, read.frame)
    return encode(made.frame, made.codes, absent=("",)), made.parents


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file_bytes(file))
    except ValueError as error:
        raise Refusal(
            "It is not JSON.", where=file.name, remedy="Give one object with a key for each column."
        ) from error
    if not isinstance(found, dict):
        raise Refusal("It is not a JSON object.", where=file.name, remedy="Give one object with a key for each column.")
    return found


def _book(at: Path, total: float, delta: float) -> "Ledger":
    from palermo.prevention.formats.ledger import read_ledger
    from palermo.prevention.methods.release import Ledger

    return read_ledger(file_bytes(at), name=at.name) if at.exists() else Ledger(total, delta)


def _write_book(at: Path, book: "Ledger") -> None:
    from palermo.prevention.formats.ledger import write_ledger

    at.write_bytes(write_ledger(book))


def _report(made: "Release", book: "Ledger", *, declared: bool) -> dict[str, Any]:
    return {
        "epsilon": made.epsilon,
        "delta": made.delta,
        "told_in_all": book.told,
        "may_be_told": book.epsilon,
        "records": int(made.synthetic.codes.shape[0]),
        "facts_counted_per_record": made.measured.cap,
        "noise": {"single": made.measured.noise[0], "pairs": made.measured.noise[1]},
        "rolled_up": made.measured.rolled,
        "codes": "those that occur, declared public by the holder" if declared else "public lists",
        "utility": [{k: None if v != v else v for k, v in asdict(line).items()} for line in made.utility],  # noqa: PLR0124
        "attack": asdict(made.attack),
    }


def _write(out: Path, made: "Release", report: dict[str, Any]) -> None:
    """Public files in the folder; the two reports, which look at the real records, apart."""
    (out / "not-for-publication").mkdir(parents=True, exist_ok=True)
    made.synthetic.frame().write_csv(out / "synthetic.csv")
    for name, frame in made.tables.items():
        frame.write_csv(out / f"{name}.csv")
    public = {k: v for k, v in report.items() if k not in {"utility", "attack"}}
    (out / "release.json").write_text(json.dumps(public, indent=1) + "\n", encoding="utf-8")
    for name in ("utility", "attack"):
        (out / "not-for-publication" / f"{name}.json").write_text(
            json.dumps(report[name], indent=1) + "\n", encoding="utf-8"
        )
