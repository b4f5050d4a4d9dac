"""Plans from CSV and ICS: what is good is read, what is hostile gets one clear error and ends quickly."""

import datetime as dt

import pytest

from palermo.partnership.formats import limits
from palermo.partnership.formats.events_ics import read_ics
from palermo.partnership.formats.plan_rows import Said, distinct, initiative_row, state_in, step_row
from palermo.partnership.formats.plans_csv import INITIATIVE_COLUMNS, STEP_COLUMNS, read_csv, write_csv
from palermo.vocabulary.errors import Refusal

CSV = b"""uid,body,cycle,state,step,starts,ends,certainty,holder,confirmed_on,themes,note
g-1,GRETA,third round,MD,country_visit,2026-05-12,2026-05-16,announced,Secretariat of the Convention,2026-01-08,child,
,greta,third round,Romania,report_published,2026-09-01,,,,,,expected
"""


def ics(*lines, event=True):
    inner = ["BEGIN:VEVENT", *lines, "END:VEVENT"] if event else list(lines)
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *inner, "END:VCALENDAR", ""]).encode()


def test_a_csv_of_steps_is_read():
    rows = [step_row(said) for said in read_csv(CSV, STEP_COLUMNS)]
    assert [(r.uid, r.body, r.state, r.step, str(r.span), r.certainty, r.holder, r.confirmed_on) for r in rows] == [
        (
            "g-1",
            "GRETA",
            "MD",
            "country_visit",
            "12 to 16 May 2026",
            "announced",
            "Secretariat of the Convention",
            dt.date(2026, 1, 8),
        ),
        (rows[1].uid, "GRETA", "RO", "report_published", "1 September 2026", "planned", "", None),
    ]
    assert len(rows[1].uid) == 32


def test_a_key_is_made_from_what_the_row_says_and_stays():
    one, two = (step_row(read_csv(CSV, STEP_COLUMNS)[1]).uid for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("change", "where", "says"),
    [
        ((b"GRETA,third", b"GRECO,third"), "the file, row 2, body", "'GRECO' is not on the list."),
        ((b"MD,country", b"XX,country"), "the file, row 2, state", "'XX' is no participating State or Partner."),
        ((b"country_visit", b"holiday"), "the file, row 2, step", "'holiday' is not on the list."),
        ((b"2026-05-12", b"12.05.2026"), "the file, row 2, starts", "'12.05.2026' is no day."),
        ((b"2026-05-16", b"2026-05-01"), "the file, row 2, ends", "it ends before it begins."),
        ((b"2026-05-16", b"9999-12-31"), "the file, row 2, ends", "9999-12-31 lies too far off."),
        ((b"child", b"football"), "the file, row 2, themes", "'football' is no theme."),
        ((b"Secretariat of", b"=HYPERLINK(x) of"), "the file, row 2, holder", "the text begins with '=', as a spread"),
        ((b",expected", b",@SUM(A1)"), "the file, row 3, note", "the text begins with '@', as a spreadsheet's"),
        ((b"announced,", b"announced,x,"), "the file, row 2", "the row has 13 fields, the header 12."),
        ((b"uid,body", b"uid,who"), "the file, row 1", "the column 'body' is missing."),
        ((b"note\n", b"note,extra\n"), "the file, row 1", "the column 'extra' is not known, or stands there twice."),
        ((b"expected", b"\xe9t\xe9"), "the file, line 3", "the file is not UTF-8."),
        ((b"expected", b"a\x00b"), "the file, line 3", "the line holds a control character."),
        ((b"expected", b'a"b" "c'), None, None),
        ((b",expected", b',"open'), "the file, row 3", "the row is no CSV"),
    ],
)
def test_a_wrong_csv_names_the_place(change, where, says):
    data = CSV.replace(*change, 1) if change[0] != b"greta" else CSV
    if where is None:
        assert len(read_csv(data, STEP_COLUMNS)) == 2
        return
    with pytest.raises(Refusal) as caught:
        [step_row(said) for said in read_csv(data, STEP_COLUMNS)]
    assert (caught.value.where, caught.value.message[: len(says)]) == (where, says)
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1251", "utf-8"])
def test_encodings(encoding):
    data = CSV.decode().replace("expected", "ожидается").encode(encoding)
    if encoding == "utf-8":
        assert step_row(read_csv(data, STEP_COLUMNS)[1]).note == "ожидается"
        return
    with pytest.raises(Refusal, match=r"not UTF-8|control character"):
        read_csv(data, STEP_COLUMNS)


@pytest.mark.parametrize("read", [lambda data: read_csv(data, STEP_COLUMNS), read_ics])
def test_size_is_limited_before_anything_is_read(read):
    with pytest.raises(Refusal, match="10,000,000 bytes, 1,500,000 are taken"):
        read(b"x" * 10_000_000)
    with pytest.raises(Refusal, match="line has 1,400,000 bytes, 20,000 are taken"):
        read(b"BEGIN:VCALENDAR\r\n" + b"x" * 1_400_000)


def test_too_many_rows():
    with pytest.raises(Refusal, match="more than 5,000 rows"):
        read_csv(b"body,state,step,starts\n" + b"GRETA,MD,other,2026-01-01\n" * 5_001, STEP_COLUMNS)


def test_doubles_are_refused_with_both_places():
    with pytest.raises(Refusal, match="row 3: the entry is the same as in row 2"):
        distinct([("a", "row 2"), ("a", "row 3")])


def test_what_is_written_reads_as_it_was():
    row = ["u", "ODIHR", "training", "-5 degrees", "MD", "2026-01-01", "", "planned", "", "=x"]
    data = write_csv([row], INITIATIVE_COLUMNS)
    assert b",'-5 degrees," in data
    assert b",'=x" in data
    (said,) = read_csv(data, INITIATIVE_COLUMNS)
    assert [said.fields[name] for name in INITIATIVE_COLUMNS] == row


def test_an_event_becomes_an_initiative():
    data = ics(
        "UID:a@x",
        "DTSTART;VALUE=DATE:20260512",
        "DTEND;VALUE=DATE:20260515",
        "SUMMARY:Training of judges",
        "LOCATION:Chisinau\\, Moldova",
        "CATEGORIES:Work,child",
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "TRIGGER:-P1D",
        "END:VALARM",
    )
    (said,) = read_ics(data, defaults={"structure": "ODIHR", "kind": "training"})
    row = initiative_row(said)
    assert (row.uid, row.title, row.states, str(row.span), row.certainty, row.themes, row.structure) == (
        "a@x",
        "Training of judges",
        ("MD",),
        "12 to 14 May 2026",
        "announced",
        ("child",),
        "ODIHR",
    )


@pytest.mark.parametrize(
    ("lines", "span"),
    [
        (["DTSTART:20260512T090000Z", "DTEND:20260513T170000Z"], ("2026-05-12", "2026-05-13")),
        (["DTSTART:20260512T090000", "DTEND:20260513T000000"], ("2026-05-12", "2026-05-12")),
        (["DTSTART;TZID=Nowhere/City:20260512T233000", "DURATION:PT2H"], ("2026-05-12", "2026-05-13")),
        (["DTSTART;VALUE=DATE:20260512"], ("2026-05-12", "2026-05-12")),
    ],
)
def test_days_of_an_event(lines, span):
    (said,) = read_ics(ics("UID:a", "SUMMARY:x", *lines))
    assert (said.get("starts"), said.get("ends")) == span


def test_repetitions_are_written_out_with_exceptions():
    rule = [
        "UID:w",
        "DTSTART;VALUE=DATE:20260504",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE;VALUE=DATE:20260511",
        "SUMMARY:x",
    ]
    single = ["END:VEVENT", "BEGIN:VEVENT", "UID:s", "DTSTART;VALUE=DATE:20260601", "SUMMARY:y"]
    found = read_ics(ics(*rule, *single))
    assert sorted((said.get("uid"), said.get("starts")) for said in found) == [
        ("s", "2026-06-01"),
        ("w/2026-05-04", "2026-05-04"),
        ("w/2026-05-18", "2026-05-18"),
        ("w/2026-05-25", "2026-05-25"),
    ]


def bomb(rule):
    return ics("UID:b", "DTSTART;VALUE=DATE:20260101", f"RRULE:{rule}", "SUMMARY:x")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1;BYSECOND=1",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 5000),
        "",
        "nonsense",
    ],
)
def test_a_bomb_of_repetition_is_refused_by_its_line(rule):
    with pytest.raises(Refusal, match=r"line 7.*rule of repetition is not taken|bytes"):
        read_ics(bomb(rule))


def test_an_endless_rule_ends_where_it_is_asked_to_or_after_a_year():
    found = read_ics(bomb("FREQ=MONTHLY;BYMONTHDAY=-1"))
    assert (len(found), found[-1].get("starts")) == (13, "2026-12-31")
    assert len(read_ics(bomb("FREQ=DAILY"))) == 367
    until = dt.date(2026, 2, 10)
    assert [one.get("starts") for one in read_ics(bomb("FREQ=MONTHLY"), until=until)] == ["2026-01-01", "2026-02-01"]
    assert len(read_ics(bomb("FREQ=DAILY"), until=until)) == 41
    timed = ics("UID:b", "DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY", "SUMMARY:x")
    assert len(read_ics(timed, until=until)) == 41
    assert len(read_ics(bomb("FREQ=DAILY;COUNT=60"), until=until)) == 60


def test_more_rules_than_are_taken():
    event = ["UID:{}", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY", "SUMMARY:x", "END:VEVENT", "BEGIN:VEVENT"]
    lines = [line.format(n) for n in range(21) for line in event]
    with pytest.raises(Refusal, match="more than 20 events repeat"):
        read_ics(ics(*lines, "UID:z", "DTSTART;VALUE=DATE:20260101"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is no calendar"),
        (b"<html>", "the file is no calendar"),
        (ics(event=False), "there is no event"),
        (ics(*["BEGIN:VEVENT"] * 50_000), "too deep"),
        (ics("BEGIN:X") + b"", "a part ends that was not begun"),
        (ics("UID:a")[:-17], "does not end"),
        (ics("UID:a", "SUMMARY:x"), "no day that can be read"),
        (ics("UID:a", "DTSTART:99999999"), "cannot be understood|no day that can be read"),
        (ics("UID:a", "DTSTART;VALUE=DATE:20260101", "DURATION:P9999999999D"), "understood|no day|too far"),
        (ics("UID:a", "DTSTART;VALUE=DATE:10000101", "RRULE:FREQ=DAILY"), "too far off"),
        (ics("SUMMARY:x", *[f" {'y' * 70}"] * 2_000, "DTSTART;VALUE=DATE:20260101"), "characters, 20,000 are taken"),
        (ics("UID:a", "DTSTART;VALUE=DATE:20260101", "SUMMARY:\x07"), "control character"),
        ("BEGIN:VCALENDAR\r\n".encode("utf-16"), "not UTF-8|control"),
    ],
)
def test_a_hostile_calendar_gets_one_clear_error(data, says):
    with pytest.raises(Refusal, match=says) as caught:
        [initiative_row(said) for said in read_ics(data, defaults={"structure": "ODIHR"})]
    assert caught.value.where
    assert caught.value.remedy


def test_rules_inside_zones_are_never_read():
    zone = ["BEGIN:VTIMEZONE", "TZID:Evil", "BEGIN:STANDARD", "DTSTART:00010101T000000", "RRULE:FREQ=SECONDLY"]
    zone += ["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:STANDARD", "END:VTIMEZONE"]
    event = ["BEGIN:VEVENT", "UID:a", "DTSTART;TZID=Evil:20260101T100000", "SUMMARY:x", "END:VEVENT"]
    (said,) = read_ics(ics(*zone, *event, event=False))
    assert said.get("starts") == "2026-01-01"


def test_a_formula_as_a_title_is_refused():
    with pytest.raises(Refusal, match="event 1, title: the text begins with '='"):
        initiative_row(
            read_ics(ics("UID:a", "DTSTART;VALUE=DATE:20260101", "SUMMARY:=cmd()"), defaults={"structure": "X"})[0]
        )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Visit to Moldova", "MD"),
        ("Chisinau, MD", "MD"),
        ("Moldova and Romania", ""),
        ("IT equipment it is", "IT"),
        ("", ""),
    ],
)
def test_a_state_in_a_text(text, code):
    assert state_in(text) == code


def test_what_is_too_long_is_refused():
    with pytest.raises(Refusal, match="2,001 characters"):
        limits.plain("x" * 2_001, where="note")


def test_said_says_where():
    assert Said("row 2", {}).place("state") == "row 2, state"


def test_a_structure_of_the_list_is_known_however_its_letters_are_written():
    names = ("odihr", "ODIHR", "Odihr", "Our own circle")
    said = [Said("row 2", {"structure": name, "title": "x", "starts": "2026-05-01"}) for name in names]
    assert [initiative_row(one).structure for one in said] == ["ODIHR", "ODIHR", "ODIHR", "Our own circle"]


@pytest.mark.parametrize("note", ["- first\n- second", "'=1+1", "'Twas said"])
def test_a_note_that_looks_like_a_formula_goes_out_and_comes_back(note):
    row = ["u", "ODIHR", "training", "-title", "MD", "2026-05-01", "2026-05-01", "planned", "", note]
    (said,) = read_csv(write_csv([row], INITIATIVE_COLUMNS), INITIATIVE_COLUMNS)
    read = initiative_row(said)
    assert (read.title, read.note) == ("-title", note)


def test_the_lists_of_the_file_are_those_of_the_records():
    from palermo.partnership.enums import Certainty, ExternalBody, ExternalStepKind
    from palermo.partnership.formats.plan_rows import BODIES, CERTAINTIES, STEPS

    assert (list(CERTAINTIES), list(STEPS), list(BODIES)) == (
        Certainty.values,
        ExternalStepKind.values,
        ExternalBody.values,
    )
