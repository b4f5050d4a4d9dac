"""One party written in several ways: what is certain joins, what is likely is only suggested; each with its reason.

Certain are the same IBAN (with a good check digit) and the same telephone number. A name joins nothing by itself: two
people may share it. Names that agree in every part, whatever the script or order, are only suggested.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import iban as iban_number

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.names import skeleton, tokens
from palermo.vocabulary.phones import normalise_phone


@dataclass(frozen=True)
class Party:
    """Keys that are one party.

    Attributes:
        name: the key that stands for all: an IBAN before a telephone number before a name.
        keys: all ways it is written, in order.
        reasons: why each pair was joined, in words.
        bank: for an IBAN, the bank's code or name and country, as far as known.
    """

    name: str
    keys: tuple[str, ...]
    reasons: tuple[str, ...]
    bank: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Two parties that may be one; for a person to judge."""

    left: str
    right: str
    reason: str


def kind(key: str) -> tuple[str, str]:
    """What a key is and in which form: ``iban``, ``phone`` or ``name``."""
    bare = "".join(key.split()).replace("-", "").upper()
    if bare[:2].isalpha() and bare[2:4].isdigit() and iban_number.is_valid(bare):
        return "iban", bare
    if key.strip().startswith(("+", "00")) and any(sign.isdigit() for sign in key):
        try:
            return "phone", normalise_phone(key)
        except Refusal:
            pass
    return "name", " ".join(key.split())


def resolve(keys: Iterable[str], known: Iterable[tuple[str, str]] = ()) -> tuple[list[Party], list[Suggestion]]:
    """Parties among the ways accounts and counterparties are written.

    Args:
        keys: as they stand in a ledger.
        known: pairs of keys that a statement gives for one party (its name and its account in one row).

    Returns:
        Parties in order of name, each key in exactly one; and suggestions.
    """
    written = sorted(set(keys) | {key for pair in known for key in pair})
    parent = {key: key for key in written}
    reasons: dict[str, list[str]] = {}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(left: str, right: str, why: str) -> None:
        a, b = sorted((root(left), root(right)))
        if a != b:
            parent[b] = a
            reasons[a] = reasons.get(a, []) + reasons.pop(b, []) + [why]

    forms: dict[tuple[str, str], str] = {}
    for key in written:
        form = kind(key)
        first = forms.setdefault(form, key)
        if first != key:
            join(first, key, f"{first!r} and {key!r}: the same {_WORDS[form[0]]} {form[1]}")
    for left, right in _unambiguous(known):
        join(left, right, f"{left!r} and {right!r}: one row gives both, and neither stands with another")
    groups: dict[str, list[str]] = {}
    for key in written:
        groups.setdefault(root(key), []).append(key)
    parties = [_party(members, reasons.get(head, [])) for head, members in sorted(groups.items())]
    return sorted(parties, key=lambda party: party.name), _suggest(parties)


_WORDS = {"iban": "IBAN", "phone": "telephone number", "name": "name, but for spaces"}
_RANK = {"iban": 0, "phone": 1, "name": 2}


def _unambiguous(known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of a name and a number where the name stands with this number alone and the number with this name alone."""
    pairs = sorted({(a, b) for a, b in known if a != b})
    with_left: dict[str, set[str]] = {}
    with_right: dict[str, set[str]] = {}
    for a, b in pairs:
        with_left.setdefault(a, set()).add(kind(b)[1])
        with_right.setdefault(b, set()).add(kind(a)[1])
    return [(a, b) for a, b in pairs if len(with_left[a]) == 1 and len(with_right[b]) == 1]


def _party(members: list[str], why: list[str]) -> Party:
    best = min(members, key=lambda key: (_RANK[kind(key)[0]], key))
    what, form = kind(best)
    return Party(form, tuple(members), tuple(why), _bank(form) if what == "iban" else "")


def _bank(form: str) -> str:
    try:
        number = IBAN(form)
    except SchwiftyException:
        return form[:2]
    bank = number.bank_name or number.bank_code or ""
    return f"{bank} ({number.country_code})".strip()


def _suggest(parties: list[Party]) -> list[Suggestion]:
    """Parties whose names agree in every part; at least two parts, or everybody called Ali would meet."""
    by_name: dict[tuple[str, ...], list[str]] = {}
    for party in parties:
        for key in party.keys:
            parts = tuple(sorted({skeleton(part) for part in tokens(key)})) if kind(key)[0] == "name" else ()
            if len(parts) >= 2 and party.name not in by_name.setdefault(parts, []):
                by_name[parts].append(party.name)
    out = []
    for names in by_name.values():
        out += [Suggestion(names[0], other, "the names agree in every part") for other in names[1:]]
    return sorted(out, key=lambda one: (one.left, one.right))
