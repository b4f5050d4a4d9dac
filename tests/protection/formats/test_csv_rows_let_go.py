"""A reader that is left in the middle has put down everything: Arrow's thread must not meet a Python that ends."""

import gc
from functools import partial

import pytest

from palermo.protection.formats import csv_rows
from palermo.protection.formats.csv_rows import CsvRows
from palermo.protection.formats.problems import Problems


def held(path):
    handlers = [one for one in gc.get_objects() if type(one) is partial and one.func.__name__ == "_on_invalid"]
    return [one for one in handlers if one.func.__self__.path == path]


@pytest.mark.parametrize("taken", [0, 1, 5])
def test_nothing_holds_the_handler_once_it_is_closed(tmp_path, monkeypatch, taken):
    monkeypatch.setattr(csv_rows, "BLOCK", 4096)
    file = tmp_path / "answers.csv"
    file.write_text("person_id,age\n" + "".join(f"P{n},30\n" for n in range(200_000)))
    for _ in range(20):
        batches = CsvRows.open(file, file.read_bytes()[:4096], Problems(file.name, keep_good=False)).batches()
        for _ in range(taken):
            next(batches)
        batches.close()
        assert held(file) == []
