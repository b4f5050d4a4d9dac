"""What is compared between two records, and which pairs are looked at, as Splink takes it."""

from typing import Any

import polars as pl

Level = dict[str, Any]


def _null(column: str) -> Level:
    sql = f'"{column}_l" is null or "{column}_r" is null'
    return {"sql_condition": sql, "label_for_charts": "not known", "is_null_level": True}


def _level(sql: str, label: str, *, rarity: str = "") -> Level:
    """A level; with `rarity`, agreement on a rare value of that column counts for more."""
    out: Level = {"sql_condition": sql, "label_for_charts": label}
    if rarity:
        out |= {"tf_adjustment_column": rarity, "tf_adjustment_weight": 1.0}
    return out


_ELSE = _level("ELSE", "different")

#: Functions of the embedded engine that the levels below use: (name and arguments, what it is).
MACROS = (
    (
        "word_near(a, b, x, y)",
        "x = y or (least(len(x), len(y)) >= 3 and levenshtein(x, y) <= 1) or jaro_winkler_similarity(a, b) > 0.88",
    ),
)
_FULL = "len(bones_l) >= 2 and len(bones_r) >= 2"


def _near(left: str, right: str) -> str:
    return f"word_near({left}_word_l, {right}_word_r, {left}_bone_l, {right}_bone_r)"


_FIRST, _LAST, _CROSSED, _TURNED = (
    _near(*ends) for ends in (("first", "first"), ("last", "last"), ("first", "last"), ("last", "first"))
)
_SAME_ENDS = "(first_bone_l = first_bone_r or last_bone_l = last_bone_r)"
_SAME_TURNED = "(first_bone_l = last_bone_r or last_bone_l = first_bone_r)"
# From the strongest to the weakest: both words, then the one that is known, then one of two where the other differs.
NAME = {
    "output_column_name": "name",
    "comparison_levels": [
        _null("name_key"),
        _level("name_key_l = name_key_r", "the same words in any order", rarity="name_key"),
        _level("len(list_intersect(words_l, words_r)) >= 2", "two words the same", rarity="rarest"),
        _level("bone_key_l = bone_key_r", "all words sound the same", rarity="bone_key"),
        _level(
            f"{_FULL} and rare_bone_l = rare_bone_r and (({_FIRST} and {_LAST}) or ({_CROSSED} and {_TURNED}))",
            "the rarer word sounds the same, the other nearly",
            rarity="rare_bone",
        ),
        _level(
            f"{_FULL} and (({_SAME_ENDS} and {_FIRST} and {_LAST}) or ({_SAME_TURNED} and {_CROSSED} and {_TURNED}))",
            "one word sounds the same, the other nearly",
        ),
        _level("len(list_intersect(bones_l, bones_r)) >= 2", "two words sound the same", rarity="rare_bone"),
        _level(
            f"({_FULL} and (({_FIRST} and {_LAST}) or ({_CROSSED} and {_TURNED})))"
            " or jaro_winkler_similarity(name_key_l, name_key_r) > 0.9",
            "all words sound nearly the same",
        ),
        _level(
            f"not ({_FULL}) and len(list_intersect(bones_l, bones_r)) >= 1 and rare_bone_l = rare_bone_r",
            "the one word known sounds the same",
            rarity="rare_bone",
        ),
        _level(
            f"not ({_FULL}) and len(list_intersect(bones_l, bones_r)) >= 1",
            "the one word known sounds the same, common",
        ),
        _level(
            f"not ({_FULL}) and ({_FIRST} or {_LAST} or {_CROSSED} or {_TURNED})",
            "the one word known sounds nearly the same",
        ),
        # Of two full names, the rest differs: families share a rare name, so its rarity is no evidence here.
        _level("rarest_l = rarest_r", "the rarest word the same, the rest differs"),
        _level("rare_bone_l = rare_bone_r", "the rarest word sounds the same, the rest differs"),
        _level("last_bone_l = last_bone_r", "the last word sounds the same, the rest differs"),
        _level("len(list_intersect(bones_l, bones_r)) >= 1", "one word sounds the same, the rest differs"),
        _level(f"{_FIRST} or {_LAST} or {_CROSSED} or {_TURNED}", "one word sounds nearly the same, the rest differs"),
        _ELSE,
    ],
}
BIRTH = {
    "output_column_name": "birth",
    "comparison_levels": [
        _null("year"),
        _level("birth_l = birth_r", "the same day", rarity="birth"),
        _level(
            "levenshtein(birth_l, birth_r) <= 1"
            " or (day_l = day_r and abs(cast(year_l as int) - cast(year_r as int)) = 1)"
            " or (year_l = year_r and day_l = concat(substr(day_r, 4, 2), '-', substr(day_r, 1, 2)))",
            "one digit or one year off, or day and month exchanged",
        ),
        _level("levenshtein(birth_l, birth_r) <= 2", "two digits off"),
        _level("year_l = year_r and (birth_l is null or birth_r is null)", "the same year, a day not known"),
        _level("year_l = year_r", "the same year"),
        _level("abs(cast(year_l as int) - cast(year_r as int)) <= 2", "two years apart at most"),
        _ELSE,
    ],
}
ADDRESS = {
    "output_column_name": "address",
    "comparison_levels": [
        _null("address"),
        _level("address_l = address_r", "the same", rarity="address"),
        _level("levenshtein(address_l, address_r) <= 1", "one letter off"),
        _level("district_l = district_r", "the same district", rarity="district"),
        _ELSE,
    ],
}
PLACE = {
    "output_column_name": "place",
    "comparison_levels": [
        _null("place"),
        _level("place_l = place_r", "the same", rarity="place"),
        _level("jaro_winkler_similarity(place_l, place_r) > 0.9", "spelt much alike"),
        _ELSE,
    ],
}


def _same(column: str, *, rarity: bool) -> dict[str, Any]:
    level = _level(f"{column}_l = {column}_r", "the same", rarity=column if rarity else "")
    return {"output_column_name": column, "comparison_levels": [_null(column), level, _ELSE]}


#: A rule's last word that asks no equality: one of the two records has no birth year.
OPEN = "no birth"
#: Pairs are looked at if they share all columns of one of these.
BLOCKS = (
    ("name_key",),
    ("bone_key",),
    ("marrow_key", "sex"),
    ("birth",),
    ("address",),
    ("phone",),
    ("document",),
    ("rarest", "year"),
    ("rarest", "district"),
    ("rarest", "place"),
    ("rarest", "day"),
    ("rare_bone", "year"),
    ("rare_bone", "met"),
    ("rare_bone", "day"),
    ("last_bone", "year", "citizenship"),
    ("first_bone", "year", "met"),
    ("last_bone", "met", OPEN),
    ("first_bone", "met", OPEN),
    ("last_sound", "district"),
    ("last_sound", "place"),
    ("last_sound", "occupation"),
    ("last_sound", "first_sound"),
    ("first_sound", "year", "district"),
    ("first_sound", "year", "place"),
    ("first_sound", "district", "place"),
    ("first_sound", "occupation", "place"),
    ("first_sound", "occupation", "district"),
    ("day", "district"),
    ("day", "place"),
    ("day", "citizenship", "first_bone"),
    ("year", "district", "place"),
)
#: The model trains on the pairs that share one of these, each time for all the other comparisons.
TRAINING = (("name_key",), ("bone_key", "sex"), ("birth",), ("address",), ("place", "year"))
#: Which comparison a column of a training rule belongs to.
COMPARED_BY = {
    **dict.fromkeys(("name_key", "bone_key", "first_bone", "last_bone"), "name"),
    **dict.fromkeys(("birth", "year", "day"), "birth"),
    **{column: column for column in ("sex", "address", "place", "met", "citizenship", "phone", "document")},
}
#: Agreement on two of these is taken as certain when the share of true pairs is first guessed.
CERTAIN = (("name_key", "birth"), ("address", "birth"), ("name_key", "address"))


def filled(records: pl.DataFrame) -> frozenset[str]:
    """The columns that hold anything."""
    return frozenset(c for c in records.columns if records[c].null_count() < records.height)


def comparisons(columns: frozenset[str]) -> list[dict[str, Any]]:
    """Comparisons for the columns that hold anything."""
    out: list[dict[str, Any]] = [NAME]
    out += [BIRTH] if "birth" in columns else []
    out += [ADDRESS] if "address" in columns else []
    out += [PLACE] if "place" in columns else []
    plain = (
        ("citizenship", True),
        ("occupation", True),
        ("met", True),
        ("phone", True),
        ("document", True),
        ("sex", False),
    )
    return out + [_same(column, rarity=rarity) for column, rarity in plain if column in columns]


def usable(rules: tuple[tuple[str, ...], ...], columns: frozenset[str]) -> list[tuple[str, ...]]:
    """The rules whose columns all hold something; that a birth is not known is told by its year."""
    return [rule for rule in rules if columns.issuperset("year" if column == OPEN else column for column in rule)]
