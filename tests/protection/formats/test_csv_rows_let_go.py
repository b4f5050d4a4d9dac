"""A reader that is left in the middle has put down everything: Arrow's thread must not meet a Python that ends."""

import gc
from functools import partial

import pytest

from palermo.protection.formats import csv_rows
from palermo.protection.formats.csv_rows import CsvRows
from palermo.protection.formats.problems import Problems
from palermo.vocabulary.errors import Refusal


@pytest.fixture(autouse=True)
def of_this_test_alone():
    """Hide what the tests before have left: to look through all of it 20 times takes seconds."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


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


ROWS = {"long": "P1,30\nP2,30,1\nP3,30\n", "short": "P1,30\nP2\nP3,30\n", "half": "P1,30\nP2,30\nP3"}


@pytest.mark.parametrize("keep_good", [True, False])
@pytest.mark.parametrize("wrong", ROWS)
def test_nothing_holds_the_handler_once_a_file_is_refused(tmp_path, wrong, keep_good):
    """A small file is refused while the reader opens; the error that is still in hand must hold no handler either."""
    file = tmp_path / "answers.csv"
    file.write_text("person_id,age\n" + ROWS[wrong])
    for _ in range(20):
        rows = CsvRows.open(file, file.read_bytes()[:4096], Problems(file.name, keep_good=keep_good)).batches()
        refused = None
        try:
            list(rows)
        except Refusal as refusal:
            refused = refusal
        assert held(file) == []
        assert not csv_rows.still_reading()
        assert (refused is None) == (keep_good and wrong != "half")
