"""Where a text is not UTF-8 is counted from its first line, with a byte order mark before it and without."""

import codecs

import pytest

from palermo.partnership.formats.attendance_csv import read_attendance
from palermo.partnership.formats.directory_csv import read_directory
from palermo.partnership.formats.findings_csv import read_findings_csv
from palermo.partnership.formats.limits import decoded
from palermo.partnership.formats.toml_lines import read_toml
from palermo.vocabulary.errors import Refusal

READERS = {
    "attendance": lambda data: read_attendance(data, codes={}, file="f"),
    "directory": lambda data: read_directory(data, where="f"),
    "findings": lambda data: list(read_findings_csv(data, name="f")),
    "plans": lambda data: decoded(data, name="f"),
    "records": lambda data: read_toml(data, file="f"),
}


@pytest.mark.parametrize("before", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("name", READERS)
def test_the_row_is_named(name, before):
    with pytest.raises(Refusal, match="not UTF-8") as refused:
        READERS[name](before + b"name\n\xe9\n")
    assert refused.value.where in {"f, row 2", "f, line 2"}
