"""Documents: the same bytes for the same input, tagged and named, and data that stays data."""

import datetime as dt
import zipfile
from io import BytesIO

import docx
import pytest
from vl_convert import svg_to_png

from palermo.ui import documents
from palermo.ui.charts import kinds
from palermo.ui.charts.keep import drawing
from palermo.ui.word import house_template, word_document
from palermo.vocabulary.errors import Refusal

MOMENT = dt.datetime(2017, 12, 11, 9, 0, tzinfo=dt.UTC)
CHART = kinds.bars([{"what": "Visits", "n": 4}], category="what", value="n", title="What was done")
BLOCKS = [
    {"kind": "heading", "level": 1, "text": "Prevention"},
    {
        "kind": "text",
        "parts": ["Over ", {"text": "350", "strong": True, "note": "declared"}, " & <b> #strong[x] {{ y }}"],
    },
    {"kind": "list", "items": [["Отчёт"], ["Ελλάδα"], ["العربية"], ["Հայաստան, საქართველო"]]},
    {
        "kind": "table",
        "columns": ["State", "Visits"],
        "rows": [["Denmark", "1"], ["Mongolia", "2"]],
        "caption": "Visits",
    },
    {"kind": "drawing", "svg": drawing(CHART), "alt": "Visits: 4", "caption": "What was done"},
    {"kind": "note", "parts": ["Declared figures cannot be recounted."]},
]
DATA = {"title": "Report 2017", "language": "en", "author": "The office", "blocks": BLOCKS}


def test_pdf_is_ua_tagged_named_and_the_same_each_time():
    made = documents.typeset(documents.DOCUMENT, DATA, moment=MOMENT)
    assert made == documents.typeset(documents.DOCUMENT, DATA, moment=MOMENT)
    assert made != documents.typeset(documents.DOCUMENT, DATA, moment=MOMENT + dt.timedelta(days=1))
    for sign in (b"<pdfuaid:part>1</pdfuaid:part>", b"/Marked true", b"/Lang(en)", b"Report 2017", b"2017-12-11T09:00"):
        assert sign in made


@pytest.mark.parametrize("language", ["en", "fr", "de", "it", "ru", "es", "ar"])
def test_pdf_names_its_language(language):
    made = documents.typeset(documents.DOCUMENT, {**DATA, "language": language}, moment=MOMENT)
    assert f"/Lang({language})".encode() in made


def test_pdf_without_title_is_refused():
    with pytest.raises(Refusal, match=r"^document.typ: the document cannot be set: .*title"):
        documents.typeset(documents.DOCUMENT, {**DATA, "title": ""}, moment=MOMENT)


def test_a_template_reads_only_its_own_folder_and_what_is_handed_in(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    own = folder / "own.typ"
    own.write_text('#import "house.typ": *\n#show: house.with(title: "x")\n#read("assets/words.txt")')
    made = documents.typeset(own, {}, moment=MOMENT, assets={"words.txt": b"here"})
    assert made.startswith(b"%PDF")
    own.write_text('#read("../secret.txt")')
    with pytest.raises(Refusal, match="cannot be set"):
        documents.typeset(own, {}, moment=MOMENT)
    with pytest.raises(Refusal, match="not a plain file name"):
        documents.typeset(own, {}, moment=MOMENT, assets={"../words.txt": b"here"})


def test_a_template_fetches_nothing(tmp_path):
    own = tmp_path / "own.typ"
    own.write_text('#import "@local/nothing:1.0.0"')
    with pytest.raises(Refusal, match="cannot be set"):
        documents.typeset(own, {}, moment=MOMENT)


def test_word_holds_every_block_once_and_is_the_same_each_time():
    made = word_document(DATA, moment=MOMENT)
    assert made == word_document(DATA, moment=MOMENT)
    document = docx.Document(BytesIO(made))
    assert [(line.style.name, line.text) for line in document.paragraphs if line.text] == [
        ("Title", "Report 2017"),
        ("Heading 1", "Prevention"),
        ("Normal", "Over 350[1] & <b> #strong[x] {{ y }}"),
        ("List Bullet", "Отчёт"),
        ("List Bullet", "Ελλάδα"),
        ("List Bullet", "العربية"),
        ("List Bullet", "Հայաստան, საქართველო"),
        ("Caption", "Visits"),
        ("Caption", "What was done"),
        ("Normal", "Declared figures cannot be recounted."),
        ("Heading 2", "Notes"),
        ("Normal", "1. declared"),
    ]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["State", "Visits"],
        ["Denmark", "1"],
        ["Mongolia", "2"],
    ]
    [shape] = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Visits: 4"
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(made)).infolist()} == {(2017, 12, 11, 9, 0, 0)}


def test_word_takes_an_office_s_own_template(tmp_path):
    own = docx.Document(BytesIO(house_template()))
    own.add_paragraph("In confidence: {{ title }}")
    own.save(tmp_path / "own.docx")
    made = docx.Document(BytesIO(word_document(DATA, moment=MOMENT, template=tmp_path / "own.docx")))
    assert made.paragraphs[-1].text == "In confidence: Report 2017"


def test_an_office_s_logo_keeps_its_words_and_each_drawing_has_its_own(tmp_path):
    own = docx.Document(BytesIO(house_template()))
    logo = own.paragraphs[0].insert_paragraph_before().add_run()
    logo.add_picture(BytesIO(svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')))
    own.inline_shapes[0]._inline.docPr.set("descr", "Our logo")
    own.save(tmp_path / "own.docx")
    drawings = [
        {"kind": "drawing", "svg": drawing(CHART), "alt": alt} for alt in ('Visits: 4, "over" <2> & \\1', "Replies")
    ]
    data = {**DATA, "blocks": drawings}
    made = docx.Document(BytesIO(word_document(data, moment=MOMENT, template=tmp_path / "own.docx")))
    said = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert said == ["Our logo", 'Visits: 4, "over" <2> & \\1', "Replies"]


def test_what_is_no_word_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="not a Word file"):
        documents.written(b"plain text", {}, moment=MOMENT)
    broken = docx.Document()
    broken.add_paragraph("{% if %}")
    broken.save(tmp_path / "broken.docx")
    with pytest.raises(Refusal, match=r"^broken.docx: the template cannot be read"):
        documents.written(tmp_path / "broken.docx", {}, moment=MOMENT)


def test_a_word_template_cannot_leave_its_sandbox(tmp_path):
    sly = docx.Document()
    sly.add_paragraph("{{ title.__class__.__mro__ }}")
    sly.save(tmp_path / "sly.docx")
    with pytest.raises(Refusal, match="unsafe"):
        documents.written(tmp_path / "sly.docx", DATA, moment=MOMENT)
