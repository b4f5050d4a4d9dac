"""Agencies' lists as clerks write them: names in some spelling, typing errors, dates that stand for "unknown"."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from palermo.world.columns import ids
from palermo.world.contacts import AGENCIES, Contact
from palermo.world.figures import assumed, assumed_shares
from palermo.world.names import NATIVE, ROMANISATIONS, Names, spell_family, spell_given
from palermo.world.people import People
from palermo.world.places import Facilities, countries
from palermo.world.streams import Flags, Ints, Streams, happens

ERRORS = (
    "other_spelling",
    "native_script",
    "typo",
    "swapped",
    "name_missing",
    "first_of_january",
    "birth_missing",
    "birth_wrong",
    "sex_missing",
    "sex_wrong",
    "citizenship_missing",
    "citizenship_wrong",
    "entered_twice",
)
Dates = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one agency's list, and what went wrong in each (one array of flags an error)."""

    columns: dict[str, pa.Array]
    person: Ints
    errors: dict[str, Flags]


def write_list(
    streams: Streams,
    contact: Contact,
    people: People,
    names: Names,
    *,
    facilities: Facilities,
    births: Dates,
    start: str,
) -> Sheet:
    """Write one agency's list. ``births`` are the dates people give; ``start`` is the world's first day (ISO)."""
    rng = streams(f"clerks {contact.agency}")
    twice = happens(rng, assumed("entry_errors", "twice"), len(contact.person))
    pick_row = np.repeat(np.arange(len(contact.person)), 1 + twice)
    second = np.zeros(len(pick_row), dtype=np.bool_)
    second[1:] = pick_row[1:] == pick_row[:-1]
    rows = contact.person[pick_row]
    errors: dict[str, Flags] = {"entered_twice": second}
    native = happens(rng, assumed_shares("entry_errors", "native_script")[contact.agency], len(rows))
    errors["native_script"] = native
    spelt = [_spelling(rng, native) for _ in range(2)]
    errors["other_spelling"] = (spelt[0] > 1) | (spelt[1] > 1)
    given, family = _names(
        rng, spell_given(names, people.sex, rows, spelt[0]), spell_family(names, rows, spelt[1]), errors
    )
    columns = {
        "list_row": ids(f"{contact.agency}-", len(rows), 7),
        "agency": pa.DictionaryArray.from_arrays(
            np.full(len(rows), list(AGENCIES).index(contact.agency), dtype=np.int8), list(AGENCIES)
        ),
        "seen_on": pa.array(np.datetime64(start) + contact.day[pick_row].astype("timedelta64[D]")),
        "given_name": given,
        "family_name": family,
        "birth_date": _births(rng, births[rows], errors),
        "sex": _sex(rng, people.sex[rows], errors),
        "citizenship": _citizenship(rng, people.country[rows], errors),
        "tile": pa.array(facilities.tile).take(pa.array(people.facility[rows])),
        "presumed": pa.array(contact.presumed[pick_row]),
    }
    return Sheet(columns, rows, errors)


def _chance(rng: np.random.Generator, name: str, count: int) -> Flags:
    return happens(rng, assumed("entry_errors", name), count)


def _spelling(rng: np.random.Generator, native: Flags) -> Ints:
    """Which spelling of a name the clerk writes: native, as the person writes it, or some other romanisation."""
    other = _chance(rng, "other_romanisation", len(native))
    spelling = np.where(other, rng.integers(2, ROMANISATIONS + 1, len(native)), 1)
    return np.where(native, NATIVE, spelling)


def _names(
    rng: np.random.Generator, given: pa.StringArray, family: pa.StringArray, errors: dict[str, Flags]
) -> tuple[pa.StringArray, pa.StringArray]:
    """Names with typing errors, in the wrong order, or left out; one of the two is always there."""
    count = len(given)
    errors["typo"] = _chance(rng, "typo", count)
    given, family = _typed(rng, given, family, errors["typo"])
    errors["swapped"] = _chance(rng, "swapped", count)
    order = pa.array(errors["swapped"])
    given, family = (
        pa.compute.if_else(order, family, given),
        pa.compute.if_else(order, given, family),
    )
    no_family, no_given = _chance(rng, "family_missing", count), _chance(rng, "given_missing", count)
    no_given &= ~no_family
    errors["name_missing"] = no_family | no_given
    empty = pa.scalar(None, pa.string())
    given = pa.compute.if_else(pa.array(no_given), empty, given)
    return given, pa.compute.if_else(pa.array(no_family), empty, family)


def _typed(
    rng: np.random.Generator, given: pa.StringArray, family: pa.StringArray, wrong: Flags
) -> tuple[pa.StringArray, pa.StringArray]:
    """One slip of the keyboard in the given or in the family name of the rows that are wrong."""
    at = np.flatnonzero(wrong)
    in_given = rng.random(len(at)) < 0.4
    found = []
    for names, here in ((given, at[in_given]), (family, at[~in_given])):
        slips = rng.random((len(here), 2))
        slipped = [
            slip(name, *draws) for name, draws in zip(names.take(pa.array(here)).to_pylist(), slips, strict=True)
        ]
        mask = np.zeros(len(names), dtype=np.bool_)
        mask[here] = True
        found.append(pa.compute.replace_with_mask(names, pa.array(mask), pa.array(slipped, pa.string())))
    return found[0], found[1]


def slip(name: str, how: float, where: float) -> str:
    """A name with one typing error: a letter left out, doubled or two exchanged (``how``, ``where`` in [0, 1))."""
    place = 1 + int(where * (len(name) - 1))
    if how < 1 / 3 and len(name) > 2:
        return name[:place] + name[place + 1 :]
    if how < 2 / 3 or place + 1 >= len(name) or name[place] == name[place + 1]:
        return name[: place + 1] + name[place:]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _births(rng: np.random.Generator, births: Dates, errors: dict[str, Flags]) -> pa.Array:
    count = len(births)
    year, month = births.astype("datetime64[Y]"), births.astype("datetime64[M]")
    day = (births - month.astype("datetime64[D]")).astype(np.int64)
    month_number = (month - year.astype("datetime64[M]")).astype(np.int64)
    turned = _chance(rng, "day_month_swapped", count) & (day < 12) & (day != month_number)
    swapped = (year.astype("datetime64[M]") + day.astype("timedelta64[M]")).astype("datetime64[D]")
    written = np.where(turned, swapped + month_number.astype("timedelta64[D]"), births)
    slipped = _chance(rng, "birth_digit", count)
    shift = np.where(rng.random(count) < 0.5, 1, 10) * np.where(rng.random(count) < 0.5, 1, -1)
    in_year = (year + shift.astype("timedelta64[Y]")).astype("datetime64[D]") + (births - year.astype("datetime64[D]"))
    written = np.where(slipped, in_year, written)
    first = _chance(rng, "first_of_january", count)
    written = np.where(first, year.astype("datetime64[D]"), written)
    missing = _chance(rng, "birth_missing", count)
    errors["birth_wrong"] = (turned | slipped) & ~first & ~missing
    errors["first_of_january"], errors["birth_missing"] = first & ~missing, missing
    return pa.array(written.astype("datetime64[D]"), mask=missing)


def _sex(rng: np.random.Generator, sex: NDArray[np.int8], errors: dict[str, Flags]) -> pa.DictionaryArray:
    missing, wrong = _chance(rng, "sex_missing", len(sex)), _chance(rng, "sex_wrong", len(sex))
    errors["sex_missing"], errors["sex_wrong"] = missing, wrong & ~missing
    written = np.where(wrong, 1 - sex, sex).astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(written, mask=missing), ["female", "male"])


def _citizenship(rng: np.random.Generator, country: NDArray[np.int8], errors: dict[str, Flags]) -> pa.DictionaryArray:
    count, codes = len(country), [place.code for place in countries()]
    missing, wrong = _chance(rng, "citizenship_missing", count), _chance(rng, "citizenship_wrong", count)
    errors["citizenship_missing"], errors["citizenship_wrong"] = missing, wrong & ~missing
    other = (country + rng.integers(1, len(codes), count)) % len(codes)
    written = np.where(wrong, other, country).astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(written, mask=missing), codes)
