"""Events out of an iCalendar file (RFC 5545), read with suspicion: the limits are checked before the library reads.

Only days count here. Zones and alarms are cut away unread (a zone's own rules of repetition can be a bomb), rules of
repetition are held to a small grammar that always comes to its next day quickly, and are written out as single entries.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from palermo.partnership.formats.limits import FIRST_YEAR, LAST_YEAR, MOST_ENTRIES, MOST_REPEATS, MOST_RULES, decoded
from palermo.partnership.formats.limits import MOST_LINE as MOST_UNFOLDED
from palermo.partnership.formats.plan_rows import Said, state_in
from palermo.vocabulary.errors import Refusal

#: How far a repetition is written out, in days from the first of all.
HORIZON_DAYS = 5 * 366
#: The same for one without an end, where nobody says until when.
ENDLESS_DAYS = 366
_DEEPEST = 4
_SKIPPED = {"VTIMEZONE", "VALARM", "VTODO", "VJOURNAL", "VFREEBUSY"}
_DAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_RULE_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]|[1-9]\d",
    "COUNT": r"\d{1,4}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": rf"{_DAY}(,{_DAY}){{0,30}}",
    "BYMONTHDAY": r"-?([1-9]|1\d|2[0-8])(,-?([1-9]|1\d|2[0-8])){0,30}",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}",
}
#: Parts that may stand with each frequency: with others a rule may search for years and find nothing.
_TOGETHER = {
    "DAILY": set(),
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY"},
    "YEARLY": {"BYMONTH", "BYMONTHDAY"},
}
_REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
_CERTAINTY = {"TENTATIVE": "planned", "CONFIRMED": "announced", "CANCELLED": "cancelled"}


def read_ics(
    data: bytes, *, name: str = "the file", defaults: dict[str, str] | None = None, until: dt.date | None = None
) -> list[Said]:
    """The events of a calendar as raw entries, for `plan_rows.step_row` or `plan_rows.initiative_row`.

    Args:
        data: the file.
        name: how it is called in refusals.
        defaults: fields that the events themselves do not say (the body, the State, the certainty, the holder).
        until: the last day to which a repetition without an end is written out; a year from its first if None.

    Raises:
        Refusal: naming file and line or event, what was expected and the remedy.
    """
    lines = _unfolded(decoded(data, name=name), name)
    text, events = _checked(lines, name)
    if not events:
        raise Refusal("there is no event.", where=name, remedy="Export a calendar with events in it.")
    found = []
    for number, event in enumerate(_expanded(text, name, until), start=1):
        if number > MOST_ENTRIES:
            raise Refusal(f"there are more than {MOST_ENTRIES:,} events.", where=name, remedy="Split the file.")
        found.append(_said(event, f"{name}, event {number}", defaults or {}))
    return found


def _unfolded(text: str, name: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line[:1] in {" ", "\t"} and lines:
            lines[-1][1].append(line[1:])
        elif line.strip():
            lines.append((number, [line.rstrip("\r")]))
    put = [(number, "".join(parts)) for number, parts in lines]
    for number, line in put:
        if len(line) > MOST_UNFOLDED:
            raise Refusal(
                f"the line has {len(line):,} characters, {MOST_UNFOLDED:,} are taken.",
                where=f"{name}, line {number}",
                remedy="Shorten the text of that event.",
            )
    if not put or put[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise Refusal("the file is no calendar.", where=f"{name}, line 1", remedy="Expected BEGIN:VCALENDAR.")
    return put


def _checked(lines: list[tuple[int, str]], name: str) -> tuple[str, int]:
    """The calendar's lines without what is not read, and the number of its events; nesting and rules are checked."""
    kept: list[str] = []
    events = rules = 0
    for number, line in _read_parts(lines, name):
        head, _, value = line.partition(":")
        word = head.strip().upper().split(";")[0]
        if word in {"EXRULE", "ATTACH"}:
            continue
        if word == "RRULE":
            rules += 1
            _check_rule(value, rules, f"{name}, line {number}")
        events += (word, value.strip().upper()) == ("BEGIN", "VEVENT")
        kept.append(line)
    if events > MOST_ENTRIES:
        raise Refusal(f"there are {events:,} events, {MOST_ENTRIES:,} are taken.", where=name, remedy="Split the file.")
    return "\r\n".join(kept) + "\r\n", events


def _read_parts(lines: list[tuple[int, str]], name: str) -> Iterator[tuple[int, str]]:
    """The lines outside the parts that are skipped; every part must end, and none lie too deep."""
    inside: list[str] = []
    for number, line in lines:
        head, _, value = line.partition(":")
        word, part = head.strip().upper(), value.strip().upper()
        if word == "BEGIN":
            inside.append(part)
            if len(inside) > _DEEPEST:
                raise Refusal(
                    "parts stand inside each other too deep.",
                    where=f"{name}, line {number}",
                    remedy="Export the file anew.",
                )
        if not _SKIPPED.intersection(inside):
            yield number, line
        if word == "END" and (not inside or inside.pop() != part):
            raise Refusal(
                "a part ends that was not begun.", where=f"{name}, line {number}", remedy="Export the file anew."
            )
    if inside:
        raise Refusal(f"{inside[-1][:20]} does not end.", where=f"{name}, last line", remedy="The file is cut off.")


def _check_rule(value: str, rules: int, where: str) -> None:
    parts = dict(part.partition("=")[::2] for part in value.strip().upper().split(";") if part)
    known = all(key in _RULE_PARTS and re.fullmatch(_RULE_PARTS[key], said) for key, said in parts.items())
    by = {key for key in parts if key.startswith("BY")}
    if (
        not known
        or parts.get("FREQ") not in _TOGETHER
        or by - _TOGETHER[parts["FREQ"]]
        or len(by) > 1 + ("BYMONTH" in by)
    ):
        raise Refusal(
            "this rule of repetition is not taken.",
            where=where,
            remedy="Days, weeks, months or years with a plain BYDAY, BYMONTHDAY or BYMONTH are; write others out.",
        )
    if rules > MOST_RULES:
        raise Refusal(f"more than {MOST_RULES} events repeat.", where=where, remedy="Write repetitions out.")


def _expanded(text: str, name: str, until: dt.date | None) -> list[Any]:
    import icalendar  # noqa: PLC0415 -- where it is used

    try:
        events = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
        repeat = {str(e.get("UID", "")) for e in events if any(mark in e for mark in _REPEATS)}
        single = [e for e in events if str(e.get("UID", "")) not in repeat]
        written = _written_out([e for e in events if str(e.get("UID", "")) in repeat], until)
    except Exception as error:
        # The library raises what its parts raise, and that differs with what is wrong.
        raise Refusal(
            "the calendar cannot be understood, or repeats too far off.",
            where=name,
            remedy="Export it anew, or send it as CSV.",
        ) from error
    if len(written) > MOST_RULES * MOST_REPEATS:
        raise Refusal("repetitions give too many events.", where=name, remedy="Give them an end.")
    return single + written


def _written_out(repeated: list[Any], until: dt.date | None) -> list[Any]:
    import icalendar  # noqa: PLC0415 -- where it is used
    import recurring_ical_events  # noqa: PLC0415 -- where it is used

    if not repeated:
        return []
    first = [_day(event.decoded("DTSTART")) for event in repeated]
    if min(first).year < FIRST_YEAR or max(first).year > LAST_YEAR:
        raise ValueError("too far off")
    calendar = icalendar.Calendar()
    for event in repeated:
        _bound(event, until)
        calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(min(first), max(first) + dt.timedelta(days=HORIZON_DAYS))
    return list(found)


def _bound(event: Any, until: dt.date | None) -> None:
    """Give a repetition without an end the last day that was asked for."""
    rule = event.get("RRULE")
    if rule is None or isinstance(rule, list) or "COUNT" in rule or "UNTIL" in rule:
        return
    first = event.decoded("DTSTART")
    last = until or _day(first) + dt.timedelta(days=ENDLESS_DAYS)
    if isinstance(first, dt.datetime):
        rule["UNTIL"] = [dt.datetime.combine(last, dt.time.max, tzinfo=dt.UTC if first.tzinfo else None)]
    else:
        rule["UNTIL"] = [last]


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, dt.date):  # the library keeps what it cannot read as text
        raise TypeError("no day")
    return value


def _span(event: Any, where: str) -> tuple[str, str]:
    try:
        start = event.decoded("DTSTART")
        if "DTEND" in event:
            end = event.decoded("DTEND")
        elif "DURATION" in event:
            end = start + event.decoded("DURATION")
        else:
            end = None
        first = _day(start)
        if end is None:
            last = first
        elif isinstance(end, dt.datetime):
            midnight = end.time() == dt.time() and _day(end) > first
            last = _day(end) - dt.timedelta(days=1) if midnight else _day(end)
        else:
            last = max(first, _day(end) - dt.timedelta(days=1))
    except Exception as error:
        raise Refusal(
            "the event has no day that can be read.", where=where, remedy="Mend DTSTART and DTEND."
        ) from error
    return first.isoformat(), last.isoformat()


def _text(event: Any, name: str) -> str:
    value = event.get(name, "")
    if isinstance(value, list):
        value = value[0]
    return str(value)


def _categories(event: Any) -> list[str]:
    value = event.get("CATEGORIES")
    parts = value if isinstance(value, list) else [] if value is None else [value]
    return [str(cat) for part in parts for cat in getattr(part, "cats", [part])]


def _said(event: Any, where: str, defaults: dict[str, str]) -> Said:
    from palermo.vocabulary.themes import load_themes  # noqa: PLC0415 -- beside its use

    first, last = _span(event, where)
    summary, place = _text(event, "SUMMARY"), _text(event, "LOCATION")
    own = {
        field: _text(event, f"X-PALERMO-{field.replace('_', '-').upper()}")
        for field in ("body", "cycle", "state", "step", "certainty", "holder", "confirmed_on", "structure", "kind")
    }
    state = own["state"] or state_in(place) or state_in(summary)
    uid = _text(event, "UID")
    if uid and ("RRULE" in event or "RECURRENCE-ID" in event):
        uid = f"{uid}/{first}"
    read = {
        "uid": uid,
        "title": summary,
        "state": state,
        "states": _text(event, "X-PALERMO-STATES") or state,
        "starts": first,
        "ends": last,
        "certainty": own["certainty"] or _CERTAINTY.get(_text(event, "STATUS").upper(), ""),
        # Words of other calendars that are no themes of ours are theirs to keep.
        "themes": " ".join(cat.lower() for cat in _categories(event) if cat.lower() in load_themes()),
        "note": _text(event, "DESCRIPTION") or summary,
    }
    if mine := _text(event, "X-PALERMO-TITLE"):
        read["title"] = mine
    fields = {key: value for key, value in (own | read).items() if value}
    return Said(where, defaults | fields)
