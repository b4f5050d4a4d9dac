import re
from pathlib import Path

import pyarrow as pa
import pytest

from palermo.vocabulary.indicators import load_items
from palermo.world.lists import ERRORS
from palermo.world.make import LIMITS

PAGE = (Path(__file__).parents[2] / "docs" / "rooms" / "world.md").read_text(encoding="utf-8")
TYPES = {
    "string": "string",
    "bool": "bool",
    "date32[day]": "date",
    "float": "float",
    "decimal128(18, 2)": "decimal",
    "timestamp[us]": "time",
}
OPEN_LISTS = {"citizenship", "language", "facility_id", "network_id", "kind", "errors", "place"}


def documented():
    """Columns with their types by the heading they stand under; `item` stands for one column an item."""
    tables = {}
    for section in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]:
        name = section.split("\n", 1)[0].strip()
        tables[name] = dict(re.findall(r"^\| [`*]([^`*]+)[`*] \| (\w+) \|", section, flags=re.MULTILINE))
    return tables


def type_word(kind):
    return "text" if pa.types.is_dictionary(kind) else TYPES.get(str(kind), str(kind))


def test_every_table_and_column_is_documented_with_its_type_and_no_other(world):
    found = {}
    for prefix, tables in (("", world.tables), ("truth/", world.truth)):
        for name, table in tables.items():
            columns = {column: type_word(table[column].type) for column in table.column_names}
            if set(load_items()) <= set(columns):
                kinds = {columns.pop(item) for item in load_items()}
                columns["one column an item"] = kinds.pop()
                assert not kinds
            found[prefix + name] = columns
    assert found == documented()


def test_every_value_of_a_closed_list_is_documented(world):
    missing = []
    for tables in (world.tables, world.truth):
        for name, table in tables.items():
            for column in set(table.column_names) - set(load_items()) - OPEN_LISTS:
                if pa.types.is_dictionary(table[column].type):
                    values = table[column].chunk(0).dictionary.to_pylist()
                    missing += [f"{name}.{column}: {value}" for value in values if f"`{value}`" not in PAGE]
    missing += [error for error in ERRORS if f"`{error}`" not in PAGE]
    assert missing == []


@pytest.mark.parametrize("argument", [*LIMITS, "start", "dependence", "money"])
def test_every_argument_is_documented(argument):
    assert f"`{argument}`" in PAGE
