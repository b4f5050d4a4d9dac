"""The year of the reference file: imported, then reported with every figure of the file, its bound and "declared"."""

import re
import subprocess
import tomllib
from io import BytesIO
from pathlib import Path

import docx
import pytest

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.reports import draft_report
from palermo.partnership.formats.report_words import words_of
from palermo.partnership.queries.report_document import as_json
from palermo.partnership.queries.report_files import file_of

#: The file is not part of the project: tests/conftest.py's CHECKOUT/../shared, or PALERMO_SHARED.
HERE = Path(__file__).resolve().parents[3]


def shared():
    import os

    return Path(os.environ.get("PALERMO_SHARED", HERE.parent / "shared")) / "reference" / "records-2017.toml"


BOUNDS = {"min": "over", "max": "up_to"}
#: Numbers that are dates, budget years or identifiers, and no figures.
NO_FIGURES = {
    "year",
    "planned",
    "month",
    "start",
    "end",
    "as_of",
    "permanent_council",
    "train_the_trainers",
    "title_stated",
}


def planted(value, key=""):
    """Every number in the file that is a figure, with its bound, wherever it stands."""
    if isinstance(value, dict):
        if "count" in value:
            yield value["count"], BOUNDS.get(value.get("bound"), "exact")
            return
        for name, inner in value.items():
            if name not in NO_FIGURES:
                yield from planted(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from planted(inner, key)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value, "exact"


@pytest.fixture
def drawn(house, as_owner):
    if not shared().exists():
        pytest.skip(f"{shared()} is not here; PALERMO_SHARED names its folder")
    from palermo.partnership.domain.imports import import_records
    from palermo.partnership.formats.records_file import read_records

    found = read_records(shared().read_bytes(), file="records-2017.toml")
    with acting_as(house.co_ordinator):
        import_records(member=house.co_ordinator, file=found)
    with acting_as(house.co_ordinator):
        return draft_report(member=house.co_ordinator, year=2017, language="en")


def test_every_figure_of_the_file_is_printed_with_its_bound_and_declared(drawn, tmp_path):
    wanted = sorted(planted(tomllib.loads(shared().read_text(encoding="utf-8"))))
    declared = {name: one for name, one in as_json(drawn.values).items() if one["declared"]}
    left = sorted((one["value"], one["bound"]) for one in declared.values())
    missing = list(wanted)
    for one in left:
        if one in missing:
            missing.remove(one)
    assert missing == []
    words = words_of("en")
    document = docx.Document(BytesIO(file_of(drawn.content, moment=drawn.moment, suffix=".docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for one in (value for value in drawn.values if value.counted.declared):
        said = words.figure(one.counted.value, one.counted.bound, declared=True, unit=one.unit)
        assert said.endswith("(declared)")
        assert said in cells


def test_the_pdf_of_the_year_says_the_same(drawn, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(file_of(drawn.content, moment=drawn.moment, suffix=".pdf"))
    try:
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    except FileNotFoundError:
        pytest.skip("pdftotext (poppler-utils) is not here")
    text = re.sub(r"\s+", " ", done.stdout)
    for said in ("over 350", "up to 400", "over 300", "192", "51", "24,900,000"):
        assert said in text
    declared = sum(one.counted.declared for one in drawn.values)
    assert text.count("(declared)") + text.count("declared)") >= declared
