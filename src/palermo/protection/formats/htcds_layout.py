"""The export of the HTCDS 2.0 form from ODK or Kobo, as people's answers.

A choice of several comes as codes with spaces between in one column, as one column for each code
(``vic_Methods_of_Control/DebtBondage`` with 1 or 0, True or False), or both; columns may stand in groups
(``victim/…``, ``victim-…``) and may carry labels instead of codes.

A code that was chosen is a yes. One that was not chosen is *not known* where the question was answered at all, and not
asked where it was not: an empty box is not a "no". Who did not consent is left out and counted. Age is that of the day
of the interview (``start``, ``end`` or the submission); where either date is missing it is not sure.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from palermo.protection.formats.columns import NOT_SURE, Batch, by_distinct, person_ids
from palermo.protection.formats.layout import People
from palermo.protection.methods.answers import OLDEST
from palermo.protection.methods.frame_score import NOT_ASKED, NOT_KNOWN, YES
from palermo.protection.methods.scheme import Scheme
from palermo.vocabulary import htcds
from palermo.vocabulary.errors import Refusal

_IDS = ("_uuid", "KEY", "instanceID", "_id", "__id")
_DATES = ("start", "end", "SubmissionDate", "_submission_time")
_TRUE, _FALSE = {"1", "true", "yes"}, {"", "0", "false", "no"}
_BAD = object()


@dataclass(frozen=True)
class _Choice:
    """One column of a choice: of the whole question, or (``code``) of one of its codes."""

    name: str
    field: str
    code: str


@dataclass
class HtcdsLayout:
    """Where the columns of an export go; ``without_consent`` counts the people who were left out."""

    choices: tuple[_Choice, ...]
    named: dict[str, str]
    scheme: Scheme
    without_consent: int = field(default=0)

    @staticmethod
    def recognises(names: Sequence[str]) -> bool:
        """Whether a header is that of an HTCDS form."""
        return any(_parsed(name)[0].startswith(("vic_", "con_", "prs_")) for name in names)

    @classmethod
    def of(cls, names: Sequence[str], scheme: Scheme, file: str) -> "HtcdsLayout":
        """Checks the header.

        Raises:
            Refusal: no question that speaks for an item is in it, or a column names an unknown code.
        """
        fields = {name for name, _ in htcds.load_item_map()}
        choices: list[_Choice] = []
        named: dict[str, str] = {}
        for name in names:
            standard, code = _parsed(name)
            if standard in fields:
                choices.append(_Choice(name, standard, _known(standard, code, name, file) if code else ""))
            else:
                named.setdefault(standard, name)
        if not choices:
            raise Refusal(
                "The form has none of the questions that screening can use.",
                where=file,
                remedy=f"Expected at least one of {', '.join(sorted(fields))}.",
            )
        return cls(tuple(choices), named, scheme)

    def read(self, table: pa.RecordBatch, batch: Batch) -> People:
        """The people of one batch; bad rows and those without consent are left out."""
        codes = np.full((len(self.scheme.items), table.num_rows), NOT_ASKED, dtype=np.uint8)
        for choice in self.choices:
            self._read_choice(table.column(choice.name), choice, codes, batch)
        years = self._ages(table, batch)
        return People.of(self._ids(table, batch), years, codes, batch.good & self._consented(table, batch))

    def _read_choice(self, values: pa.Array, choice: _Choice, codes: npt.NDArray[np.uint8], batch: Batch) -> None:
        chosen, at = by_distinct(values, lambda text: _chosen(text, choice))
        for n in np.flatnonzero(np.array([c is _BAD for c in chosen], dtype=np.bool_)[at]).tolist():
            expected = "1 or 0" if choice.code else f"codes of {choice.field} with spaces between"
            batch.bad(n, choice.name, f"Unknown code {str(values[n].as_py())[:40]!r}.", expected)
        answered = np.array([bool(c) for c in chosen], dtype=np.bool_)[at]
        items = htcds.load_item_map()
        for (name, code), item in items.items():
            if name != choice.field:
                continue
            row = codes[self.scheme.items.index(item)]
            # A split column of "0" tells only that this code was not chosen: the whole question's answer is elsewhere.
            said = np.array([isinstance(c, frozenset) and code in c for c in chosen], dtype=np.bool_)[at]
            np.maximum(row, np.where(said, YES, np.where(answered, NOT_KNOWN, NOT_ASKED)), out=row, casting="unsafe")

    def _ids(self, table: pa.RecordBatch, batch: Batch) -> pa.Array:
        name = next((self.named[i] for i in _IDS if i in self.named), None)
        if name is None:
            return pa.array([f"row-{row}" for row in batch.rows.tolist()])
        return person_ids(table.column(name), name, batch)

    def _consented(self, table: pa.RecordBatch, batch: Batch) -> npt.NDArray[np.bool_]:
        name = self.named.get("con_Consent")
        if name is None:
            return np.ones(table.num_rows, dtype=np.bool_)
        # A box that is not ticked is no consent, and neither is one that says something else ("ok" is ODK's own tick).
        values = table.column(name)
        read, at = by_distinct(values, lambda text: text.strip().casefold())
        agreed = np.array([text in _TRUE | {"ok"} for text in read], dtype=np.bool_)[at]
        clear = np.array([text in _TRUE | _FALSE | {"ok"} for text in read], dtype=np.bool_)[at]
        for n in np.flatnonzero(~clear).tolist():
            batch.bad(n, name, f"This is not an answer: {str(values[n].as_py())[:40]!r}.", "TRUE or FALSE")
        self.without_consent += int((~agreed & batch.good).sum())
        return agreed

    def _ages(self, table: pa.RecordBatch, batch: Batch) -> npt.NDArray[np.int16]:
        born = self._dates(table, self.named.get("prs_Birthdate"), batch)
        seen = [self._dates(table, self.named.get(name), batch) for name in _DATES]
        years = np.full(table.num_rows, NOT_SURE, dtype=np.int16)
        for n, day in enumerate(born):
            met = next((dates[n] for dates in seen if dates[n]), None)
            if day is None or met is None:
                continue
            age = met.year - day.year - ((met.month, met.day) < (day.month, day.day))
            if 0 <= age <= OLDEST:
                years[n] = age
            else:
                batch.bad(
                    n, self.named["prs_Birthdate"], f"Impossible date of birth {day}.", "a day before the interview"
                )
        return years

    def _dates(self, table: pa.RecordBatch, name: str | None, batch: Batch) -> list[dt.date | None]:
        if name is None:
            return [None] * table.num_rows
        values = table.column(name)
        read, at = by_distinct(values, _date)
        days: list[dt.date | None] = []
        for n, which in enumerate(at.tolist()):
            day = read[which]
            if day is _BAD:
                batch.bad(n, name, f"Impossible date {str(values[n].as_py())[:40]!r}.", "YYYY-MM-DD, a day that exists")
            days.append(day if isinstance(day, dt.date) else None)
        return days


def _parsed(column: str) -> tuple[str, str]:
    # (field, code): the last known field in the path, and what stands after it.
    known = htcds.load_fields()
    parts = column.strip().replace(":", "/").split("/")
    parts = [piece for part in parts for piece in (part.split("-") if part not in known else [part])]
    for n, part in enumerate(parts):
        name = htcds.aliases().get(part, part)
        if name in known:
            return name, "/".join(parts[n + 1 :])
    return parts[-1], ""


def _known(field_name: str, code: str, column: str, file: str) -> str:
    codes = htcds.load_codes()[field_name]
    by_label = {label: known for known, label in codes.items()}
    found = code.strip() if code.strip() in codes else by_label.get(code.strip())
    if found is None:
        raise Refusal(
            f"Unknown code {code!r}.", where=f"{file}, column {column}", remedy=f"Expected one of {', '.join(codes)}."
        )
    return found


def _chosen(text: str, choice: _Choice) -> object:
    written = text.strip()
    if choice.code:
        if written.casefold() in _TRUE:
            return frozenset({choice.code})
        return frozenset() if written.casefold() in _FALSE else _BAD
    codes = htcds.load_codes()[choice.field]
    for code, label in codes.items():
        if written == label:
            return frozenset({code})
    chosen = frozenset(written.split())
    return chosen if chosen <= set(codes) else _BAD


def _date(text: str) -> object:
    written = text.strip()
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return _BAD
