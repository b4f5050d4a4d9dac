"""Figures counted, frozen and recounted; the report of a year in every output and language."""

import datetime as dt
import re
import shutil
import subprocess
from io import BytesIO

import docx
import pytest
from desk import DAY, declared, finding

from palermo.office.domain.acting import acting_as
from palermo.office.figures import figures
from palermo.partnership.domain.figures import recount_figure
from palermo.partnership.domain.findings import write_finding_text
from palermo.partnership.domain.follow_up import assess_finding, follow_up_finding, record_measure, record_reply
from palermo.partnership.domain.reports import draft_report, freeze_report, publish_report, write_report
from palermo.partnership.models import FrozenFigure, ReportText
from palermo.partnership.queries.figures import declared_in, value_of, values_of
from palermo.partnership.queries.frozen import values_in
from palermo.partnership.queries.report_document import as_json
from palermo.partnership.queries.report_files import file_of
from palermo.vocabulary.errors import Refusal


@pytest.fixture
def desk(house):
    return house.co_ordinator


@pytest.fixture
def year(desk, do):
    """A year with three recommendations to two States, one practice, one draft, one of another body, one of 2016."""
    made = [
        finding(desk),
        finding(desk, "Train the judges of the country now."),
        finding(desk, "Mongolia should adopt a law on it.", state="MN"),
        finding(desk, "Inspectors are trained together with NGOs.", kind="practice"),
    ]
    finding(desk, "A draft that counts for nothing yet.", stage="draft")
    finding(desk, "GRETA considers that it should be so.", body="GRETA", source_kind="body", stage="published")
    finding(desk, "A recommendation of the year before.", on=dt.date(2016, 12, 31))
    later = DAY + dt.timedelta(days=30)
    do(desk, record_reply, finding=made[0], position="noted", on=DAY, document="Note verbale 1")
    do(desk, record_reply, finding=made[0], position="accepted", on=later, document="Note verbale 2")
    do(desk, record_reply, finding=made[1], position="accepted", on=DAY, document="Note verbale 3")
    do(desk, record_reply, finding=made[1], position="noted", on=later, document="Note verbale 4")
    said = {"reason": "As the act says", "evidence": "Act 12"}
    do(desk, assess_finding, finding=made[0], status="fully", on=later, **said)
    do(desk, assess_finding, finding=made[2], status="largely", on=DAY, **said)
    do(desk, assess_finding, finding=made[2], status="under_way", on=later, **said)
    do(desk, follow_up_finding, finding=made[0], on=later, occasion="17th Alliance conference", what="Raised again")
    do(desk, record_measure, state="DK", kind="law", title="The act was amended", on=later, findings=made[:2])
    return made


OWN = {
    "findings.recommendations": 3,
    "findings.practices": 1,
    "findings.challenges": 0,
    "findings.states": 2,
    "findings.replied": 2,
    "findings.accepted": 1,
    "findings.assessed": 2,
    "findings.implemented": 1,
    "findings.followed_up": 1,
    "findings.measures": 1,
    "reports.published": 0,
}


def test_planted_figures_are_counted_with_their_lists(desk, year):
    with acting_as(desk):
        found = {one.name: one for one in values_of(2017)}
        before = value_of("findings.recommendations", 2016)
    assert {name: int(found[name].counted.value) for name in OWN} == OWN
    assert found["findings.recommendations"].counted.ids == tuple(sorted(str(one.pk) for one in year[:3]))
    assert found["findings.states"].counted.ids == ("DK", "MN")
    assert found["findings.accepted"].counted.ids == (str(year[0].pk),)
    assert int(before.counted.value) == 1


def test_a_figure_is_counted_in_the_sight_of_who_asks(house, year):
    with acting_as(house.worker):
        assert int(value_of("findings.recommendations", 2017).counted.value) == 0


def test_one_assessment_more_changes_exactly_the_figures_that_it_supports(desk, year, do):
    with acting_as(desk):
        before = as_json(values_of(2017))
    do(desk, assess_finding, finding=year[1], status="fully", on=DAY, reason="As the act says", evidence="Act 12")
    with acting_as(desk):
        after = as_json(values_of(2017))
    assert sorted(name for name in after if after[name] != before[name]) == [
        "findings.assessed",
        "findings.implemented",
    ]


TEXT = """# The year
The conference had {{ declared:event.alliance-17.participants }} participants; {{ findings.recommendations }} recommendations
were made, {{ findings.recommendations @ 2016 }} the year before.
{{ chart: findings.recommendations, declared:event.alliance-17.participants | What was done }}
{{ map: findings.states | States }}
{{ declared }}
"""


def test_freezing_keeps_everything_and_a_recount_shows_the_difference(desk, year, do):
    declared(desk, "event.alliance-17.participants", 350, "over", source="SEC.GAL/182/17")
    report = do(desk, write_report, year=2017, language="en", text=TEXT)
    issue = do(desk, freeze_report, report=report)
    with acting_as(desk):
        kept = {(one.name, one.period.start.year): one for one in values_in(issue)}
        assert {
            key: (int(one.counted.value), str(one.counted.bound), one.counted.declared) for key, one in kept.items()
        } == {
            ("declared:event.alliance-17.participants", 2017): (350, "over", True),
            ("findings.recommendations", 2017): (3, "exact", False),
            ("findings.recommendations", 2016): (1, "exact", False),
            ("findings.states", 2017): (2, "exact", False),
        }
        frozen = FrozenFigure.objects.get(name="findings.recommendations", period_start=dt.date(2017, 1, 1))
        assert frozen.digest == kept["findings.recommendations", 2017].digest
    assert do(desk, recount_figure, figure=frozen).unchanged
    one = finding(desk, "One more recommendation of the year.")
    found = do(desk, recount_figure, figure=frozen)
    assert (found.unchanged, found.added, found.removed, int(found.before), int(found.after)) == (
        False,
        (str(one.pk),),
        (),
        3,
        4,
    )
    with acting_as(desk):
        frozen.refresh_from_db()
        assert int(frozen.value) == 3
        assert [len(one.added) for one in frozen.recounts.all()] == [1, 0]


def test_a_corrected_declaration_shows_in_the_recount(desk, do, as_owner):
    row = declared(desk, "event.x", 350, "over")
    report = do(desk, write_report, year=2017, language="en", text="{{ declared:event.x }} came.")
    do(desk, freeze_report, report=report)
    with acting_as(desk):
        row.value = 360
        row.save(update_fields=["value"])
        frozen = FrozenFigure.objects.get()
    found = do(desk, recount_figure, figure=frozen)
    assert (found.unchanged, int(found.before), int(found.after)) == (False, 350, 360)


def test_versions_of_the_text_stay_and_the_same_text_is_no_version(desk, do):
    report = do(desk, write_report, year=2017, language="en", text="# One")
    do(desk, write_report, year=2017, language="en", text="# One")
    do(desk, write_report, year=2017, language="en", text="# Two", title="A title")
    with acting_as(desk):
        texts = ReportText.objects.filter(report=report).order_by("number").values_list("number", "text")
        assert list(texts) == [(1, "# One"), (2, "# Two")]
        report.refresh_from_db()
        assert report.title == "A title"


def test_what_cannot_be_is_refused(desk, do):
    with pytest.raises(Refusal, match="no call"):
        do(desk, write_report, year=2017, language="en", text="{{ no good }}")
    with pytest.raises(Refusal, match="no year"):
        do(desk, write_report, year=17, language="en")
    with pytest.raises(Refusal, match="no words"):
        do(desk, write_report, year=2017, language="xx")
    report = do(desk, write_report, year=2017, language="en", text="{{ nothing.such }}")
    with pytest.raises(Refusal, match=r"no figure “nothing\.such”"):
        do(desk, freeze_report, report=report)
    with pytest.raises(Refusal, match="not frozen"):
        do(desk, publish_report, report=report)


@pytest.mark.parametrize("language", ["en", "fr", "de", "it", "ru", "es"])
def test_the_default_report_holds_every_figure_in_every_output(desk, year, language):
    for n, bound in enumerate(["exact", "at_least", "over", "about", "up_to"]):
        declared(
            desk,
            f"event.e{n}.participants",
            1000 + n,
            bound,
            definition=f"Participants of event {n}",
            source="SEC.GAL/182/17",
        )
    with acting_as(desk):
        drawn = draft_report(member=desk, year=2017, language=language)
        again = draft_report(member=desk, year=2017, language=language)
    assert drawn.content == again.content
    assert {one.name for one in drawn.values} == {*figures(), *(f"declared:event.e{n}.participants" for n in range(5))}
    from palermo.partnership.formats.report_words import words_of

    words = words_of(language)
    document = docx.Document(BytesIO(file_of(drawn.content, moment=drawn.moment, suffix=".docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = "\n".join(line.text for line in document.paragraphs)
    html = file_of(drawn.content, moment=drawn.moment, suffix=".html").decode()
    for one in drawn.values:
        said = words.figure(
            one.counted.value,
            one.counted.bound,
            declared=one.counted.declared,
            unit=one.unit if one.counted.declared else "",
        )
        assert said in cells if one.counted.value else words.label(one.name) in lines
        assert said in re.sub(r"&#x27;", "'", html)
        if one.counted.declared:
            assert words.table["declared"] in said
    pdf = file_of(drawn.content, moment=drawn.moment, suffix=".pdf")
    assert pdf == file_of(again.content, moment=again.moment, suffix=".pdf")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not here")
def test_the_pdf_can_be_read_out(desk, year, tmp_path):
    declared(desk, "event.alliance-17.participants", 350, "over")
    with acting_as(desk):
        drawn = draft_report(member=desk, year=2017, language="en")
    (tmp_path / "report.pdf").write_bytes(file_of(drawn.content, moment=drawn.moment, suffix=".pdf"))
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    assert (
        re.search(r"event\.alliance-\s*17\.participants\s+over 350 \(declared\)", text) or "over 350 (declared)" in text
    )


def test_declared_figures_are_those_of_the_year(desk):
    declared(desk, "a.b", 1, year=2017)
    declared(desk, "a.b", 2, year=2016)
    with acting_as(desk):
        assert [(one.name, int(one.counted.value)) for one in declared_in(2016)] == [("declared:a.b", 2)]


def test_a_published_finding_still_counts_once(desk, do):
    one = finding(desk)
    from palermo.partnership.domain.findings import Wording, publish_finding

    do(desk, publish_finding, finding=one)
    do(desk, write_finding_text, finding=one, stage="published", on=DAY, texts=[Wording("en", "Corrected")])
    with acting_as(desk):
        assert int(value_of("findings.recommendations", 2017).counted.value) == 1


def test_no_empty_chart_or_map_but_words(house):
    desk = house.co_ordinator
    with acting_as(desk):
        empty = draft_report(member=desk, year=2017, language="de").content["blocks"]
    assert [block for block in empty if block["kind"] == "drawing"] == []
    said = [block["parts"] for block in empty if block["kind"] == "text"]
    map_words = "Staaten mit einer Empfehlung des Jahres. Als 0 gezählt, da nichts eingetragen ist: "
    assert [f"{map_words}Staaten mit einer Empfehlung."] in said
    finding(desk)
    with acting_as(desk):
        drawn = draft_report(member=desk, year=2017, language="de").content["blocks"]
    assert len([block for block in drawn if block["kind"] == "drawing"]) == 2
