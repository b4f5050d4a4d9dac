"""Profiles: what differs between financial intelligence units (codes, element names, country), as TOML."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from palermo.vocabulary.errors import Refusal

CHANNELS = ("transfer", "card", "direct_debit", "cash_in", "cash_out", "money_transfer", "wallet", "other")
_WORDS = {
    "title": str, "schema": str, "country": str, "local_currency": str, "date_element": str, "person_element": str,
    "account_type_element": str, "submission_code": str, "institution_code_element": str,
}  # fmt: skip
_CHOICES = {
    "date_element": ("report_date", "submission_date"),
    "person_element": ("signatory", "related_persons"),
    "account_type_element": ("personal_account_type", "account_type"),
    "institution_code_element": ("institution_code", "swift"),
}


@dataclass(frozen=True)
class Profile:
    """One unit's ways; see `prosecution/data/goaml/`."""

    name: str
    words: dict[str, str]
    report_codes: tuple[str, ...]
    codes: dict[str, dict[str, str]]

    def code(self, table: str, key: str) -> str:
        """The unit's code for a channel, role, gender …; that of `other` or `unknown` where there is none."""
        codes = self.codes[table]
        return codes.get(key) or codes.get("other") or codes.get("unknown") or key


def profile_names() -> list[str]:
    """Names of the profiles that come with the system."""
    folder = files("palermo.prosecution").joinpath("data", "goaml")
    return sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))


def read_profile(name: str) -> Profile:
    """A profile by its name, or from a TOML file of one's own by its path.

    Raises:
        Refusal: there is none, or it is not whole.
    """
    if name.endswith(".toml"):
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise Refusal("The profile cannot be read.", where=name, remedy="Give a TOML file in UTF-8.") from None
    elif name in profile_names():
        text = files("palermo.prosecution").joinpath("data", "goaml", f"{name}.toml").read_text(encoding="utf-8")
    else:
        known = ", ".join(profile_names())
        raise Refusal(f"There is no profile {name!r}.", remedy=f"Choose from {known}, or give a .toml file.")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"The profile is broken: {error}.", where=name) from None
    return _checked(name, data)


def _checked(name: str, data: dict[str, Any]) -> Profile:
    for key, kind in _WORDS.items():
        if not isinstance(data.get(key), kind):
            raise Refusal(f"{key!r} is missing.", where=name, remedy="Copy a profile that comes with the system.")
        if key in _CHOICES and data[key] not in _CHOICES[key]:
            raise Refusal(f"{data[key]!r} is no {key}.", where=name, remedy=f"Choose {' or '.join(_CHOICES[key])}.")
    codes = {table: data.get(table) for table in ("transmode", "funds", "account", "gender")}
    for table, entries in codes.items():
        wanted = CHANNELS if table in ("transmode", "funds") else ()
        if not isinstance(entries, dict) or not all(isinstance(entries.get(key), str) for key in wanted):
            raise Refusal(f"The table [{table}] is missing or not whole.", where=name, remedy=f"It needs {wanted}.")
    known = {table: dict(entries) for table, entries in codes.items() if entries is not None}
    return Profile(name, {key: data[key] for key in _WORDS}, tuple(data.get("report_codes", ())), known)
