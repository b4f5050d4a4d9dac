"""Verbs of commitments: load those of the vocabulary, enter others, their paragraphs and the texts of each."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow, require
from palermo.office.models import Member
from palermo.partnership.domain.clearing import DESK, READERS, cleared_for
from palermo.partnership.domain.directory import words
from palermo.partnership.domain.kept import own
from palermo.partnership.enums import Addressee, Clearance, Grade, Standing
from palermo.partnership.models import Instrument, Provision, TextVersion
from palermo.vocabulary.commitments import Commitment
from palermo.vocabulary.commitments import load_commitments as known
from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.places import languages
from palermo.vocabulary.themes import theme_codes

READ = allow("partnership.read_commitments", *READERS)
LOAD = allow("partnership.load_commitments", *DESK)
ADD_INSTRUMENT = allow("partnership.add_instrument", *DESK)
ADD_PROVISION = allow("partnership.add_provision", *DESK)
ADD_TEXT = allow("partnership.add_text_version", *DESK)

#: Our summaries are no official text, in whatever language it exists.
_OURS = "summary of the office, not the official text"


def read_commitments(*, member: Member) -> None:
    """Read commitments, the law register and what came of it; each record's clearance says what is found."""
    require(member, READ)


@transaction.atomic
def load_commitments(*, member: Member, clearance: str = Clearance.PUBLIC) -> int:
    """Enter the OSCE commitments that ship with Palermo, each with its grade; those that are there stay as they are.

    Returns:
        How many instruments were new.
    """
    require(member, LOAD)
    there = set(Instrument.objects.filter(office=member.agency).values_list("symbol", flat=True))
    new = [one for one in known().values() if one.symbol not in there]
    frame = cleared_for(member=member, clearance=clearance)
    instruments = {one.symbol: _instrument(one, frame) for one in new}
    provisions = [made for one in new for made in _provisions(one, instruments[one.symbol])]
    texts = [_text(made, one, said) for one in new for made, said in _said(one, provisions)]
    Instrument.objects.bulk_create(instruments.values())
    Provision.objects.bulk_create(provisions)
    TextVersion.objects.bulk_create(texts)
    log(LOAD, instruments=len(new))
    return len(new)


@transaction.atomic
def add_instrument(
    *,
    member: Member,
    symbol: str,
    title: str,
    body: str,
    adopted_on: dt.date,
    source: str,
    grade: str,
    meeting: str = "",
    grade_note: str = "",
    **clearance: Any,
) -> Instrument:
    """Enter an instrument that does not come with Palermo, with the grade at which its source was read."""
    require(member, ADD_INSTRUMENT)
    if grade not in Grade.values:
        raise Refusal(f"{grade!r} is no grade", where="grade", remedy="Use A, B or C.")
    symbol = words(text=symbol, where="symbol", what="the symbol")
    if Instrument.objects.filter(office=member.agency, symbol=symbol).exists():
        raise Refusal("it is there already", where="symbol", remedy="Add provisions to it.")
    made = Instrument(
        symbol=symbol,
        title=words(text=title, where="title", what="the title"),
        body=words(text=body, where="body", what="who adopted it"),
        meeting=meeting.strip(),
        adopted_on=adopted_on,
        source=words(text=source, where="source", what="the source"),
        grade=grade,
        grade_note=grade_note.strip(),
        **cleared_for(member=member, **clearance),
    )
    made.save(force_insert=True)
    log(ADD_INSTRUMENT, object_id=made.pk)
    return made


@transaction.atomic
def add_provision(
    *,
    member: Member,
    instrument: Instrument,
    addressee: str,
    language: str,
    standing: str,
    text: str,
    source: str,
    paragraph: str = "",
    themes: Iterable[str] = (),
) -> Provision:
    """Enter a paragraph of an instrument, whom it addresses, on which themes, with its first text."""
    require(member, ADD_PROVISION)
    own(instrument, member=member, verb=ADD_PROVISION)
    if addressee not in Addressee.values:
        raise Refusal(f"{addressee!r} is no addressee", where="addressee", remedy="Use states or structures.")
    there = Provision.objects.filter(instrument=instrument)
    paragraph = paragraph.strip()
    if there.filter(paragraph=paragraph, addressee=addressee).exists():
        raise Refusal("this paragraph is there already", where="paragraph", remedy="Add a text to it.")
    made = Provision(
        instrument=instrument,
        paragraph=paragraph,
        addressee=addressee,
        themes=theme_codes(themes),
        place=there.count(),
    )
    made.save(force_insert=True)
    log(ADD_PROVISION, object_id=made.pk, addressee=addressee)
    add_text_version(member=member, provision=made, language=language, standing=standing, text=text, source=source)
    return made


@transaction.atomic
def add_text_version(
    *, member: Member, provision: Provision, language: str, standing: str, text: str, source: str
) -> TextVersion:
    """Add the text of a provision in a language: official, working or by machine, and where it was taken from."""
    require(member, ADD_TEXT)
    own(provision.instrument, member=member, verb=ADD_TEXT)
    if language not in languages():
        raise Refusal(f"{language!r} is no language", where="language", remedy="Use a code of ISO 639-3: fra.")
    if standing not in Standing.values:
        raise Refusal(f"{standing!r} is no standing", where="standing", remedy=f"Use {', '.join(Standing.values)}.")
    if TextVersion.objects.filter(provision=provision, language=language, standing=standing).exists():
        raise Refusal("there is such a text already", where="language", remedy="Choose another language or standing.")
    made = TextVersion(
        instrument_id=provision.instrument_id,
        provision=provision,
        language=language,
        standing=standing,
        text=words(text=text, where="text", what="the text"),
        source=words(text=source, where="source", what="the source"),
    )
    made.save(force_insert=True)
    log(ADD_TEXT, object_id=provision.pk, language=language, standing=standing)
    return made


def _instrument(one: Commitment, frame: dict[str, Any]) -> Instrument:
    return Instrument(
        symbol=one.symbol,
        title=one.title,
        body=one.body,
        meeting=one.meeting,
        adopted_on=one.date,
        source=one.source,
        grade=one.grade,
        grade_note=one.note,
        **frame,
    )


def _provisions(one: Commitment, instrument: Instrument) -> list[Provision]:
    paragraph = one.symbol.partition("para. ")[2]
    asked = [(Addressee.STATES, one.states), (Addressee.STRUCTURES, one.structures)]
    return [
        Provision(instrument=instrument, paragraph=paragraph, addressee=whom, themes=list(one.themes), place=place)
        for place, (whom, said) in enumerate(asked)
        if said
    ]


def _said(one: Commitment, provisions: list[Provision]) -> list[tuple[Provision, str]]:
    said = {Addressee.STATES: one.states, Addressee.STRUCTURES: one.structures}
    return [(made, said[Addressee(made.addressee)]) for made in provisions if made.instrument.symbol == one.symbol]


def _text(made: Provision, one: Commitment, said: str) -> TextVersion:
    return TextVersion(
        instrument_id=made.instrument_id,
        provision=made,
        language="eng",
        standing=Standing.WORKING,
        text=said,
        source=f"{_OURS}; {one.source}"[:400],
    )
