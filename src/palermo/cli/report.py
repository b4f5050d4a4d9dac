"""`palermo report`: a year's report from records, every figure with its bound, definition and digest."""

import json
from pathlib import Path
from typing import Annotated, Any, Self

import typer

from palermo.cli import write_file


def register(app: typer.Typer) -> None:
    """Add `palermo report`."""
    app.command("report")(report)


def report(
    *,
    year: Annotated[int, typer.Option(help="The year that is reported on.")],
    out: Annotated[Path | None, typer.Option(help="Where it goes: a file .pdf, .docx or .html.")] = None,
    language: Annotated[str, typer.Option(help="en, fr, de, it, ru or es.")] = "en",
    username: Annotated[str, typer.Option("--as", help="Sign-in name of who reports.")] = "",
    office: Annotated[str, typer.Option(help="Name of the office that reports, if several could.")] = "",
    freeze: Annotated[bool, typer.Option("--freeze", help="Freeze the figures with what was counted.")] = False,
    frozen: Annotated[bool, typer.Option("--frozen", help="The last frozen issue, not today's figures.")] = False,
    word_template: Annotated[Path | None, typer.Option(help="An office's own Word template.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object: the figures by name.")] = False,
) -> None:
    """Set the report of a year: of its last text, else of one that calls every figure of every room."""
    from palermo.web.enter import enter_space

    if out is None and not as_json:
        raise typer.BadParameter("Name a file with --out, or ask for --json.")
    enter_space()
    from palermo.office.domain.acting import acting_as
    from palermo.partnership.domain.reporter import reporter
    from palermo.partnership.queries.report_document import as_json as by_name
    from palermo.partnership.queries.report_files import file_of

    member = reporter(year=year, username=username, office=office)
    with acting_as(member):
        told, content, moment, values = _drawn(member, year, language, freeze=freeze, frozen=frozen)
    if out is not None:
        write_file(out, file_of(content, moment=moment, suffix=out.suffix.lower(), template=word_template))
        told["out"] = str(out)
    if as_json:
        typer.echo(json.dumps({**told, "figures": by_name(values)}, ensure_ascii=False))
    else:
        typer.echo(f"{told['out']}: {len(values)} figures of {year}, {told['stage']}.")


def _drawn(
    member: Any, year: int, language: str, *, freeze: bool, frozen: bool
) -> tuple[dict[str, Any], dict[str, Any], Any, list[Any]]:
    from palermo.office.figures import figures
    from palermo.partnership.domain.reports import draft_report, freeze_report, write_report
    from palermo.partnership.models import Report
    from palermo.partnership.queries.frozen import values_in
    from palermo.vocabulary.errors import Refusal

    told: dict[str, Any] = {"year": year, "language": language, "stage": "draft"}
    found = Report.objects.filter(office=member.agency, year=year, language=language).first()
    if not freeze and not frozen:
        with _bar(len(figures()) + 1) as step:
            drawn = draft_report(member=member, year=year, language=language, step=step)
        if found is not None and (issue := found.issues.first()):
            typer.echo(f"Today's figures. Issue {issue.number} is frozen: --frozen prints it.", err=True)
        return told, drawn.content, drawn.moment, drawn.values
    if freeze:
        with _bar(len(figures()) + 1) as step:
            found = found or write_report(member=member, year=year, language=language)
            freeze_report(member=member, report=found, step=step)
    issue = found.issues.first() if found else None
    if issue is None:
        raise Refusal(f"no report of {year} is frozen in “{language}”", remedy="Freeze it with --freeze.")
    told.update(stage="frozen", issue=issue.number, digest=issue.digest)
    return told, issue.content, issue.frozen_at, values_in(issue)


class _bar:  # noqa: N801 -- used as a function
    """A progress bar on standard error; calling it names the figure that is counted now."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task("figures", total=total)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def __call__(self, name: str) -> None:
        self.progress.update(self.task, advance=1, description=name[:40])
