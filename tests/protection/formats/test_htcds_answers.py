"""The export of the HTCDS form, as ODK and Kobo write it, becomes answers."""

import os
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from palermo.protection.formats.answers import open_answers
from palermo.protection.formats.screening_file import screen_file
from palermo.protection.methods.frame_score import NOT_ASKED, NOT_KNOWN, YES
from palermo.protection.methods.scheme import default_scheme
from palermo.vocabulary import htcds
from palermo.vocabulary.errors import Refusal

SCHEME = default_scheme()
COLUMNS = "start,con_Consent,prs_Birthdate,vic_MethodOfRecruitment,vic_Methods_of_Control,vic_TypeOfExploitation,_uuid"
ROW = "2026-03-01T09:00:00.000+01:00,TRUE,2010-03-02,AtWork Other,DebtBondage WithholdsDocuments,ForcedLabour,u-1"


def people(tmp_path, text, **kwargs):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    file = open_answers(path, scheme=SCHEME, **kwargs)
    return list(file.people()), file


def answers(batch, person=0):
    return {
        item: int(batch.codes[n, person]) for n, item in enumerate(SCHEME.items) if batch.codes[n, person] != NOT_ASKED
    }


def test_codes_with_spaces(tmp_path):
    (batch,), _ = people(tmp_path, f"{COLUMNS}\n{ROW}\n")
    told = answers(batch)
    assert batch.ids.to_pylist() == ["u-1"]
    assert batch.ages.tolist() == [15]
    assert {i for i, code in told.items() if code == YES} == {
        "recruited_by_another",
        "debt_bondage_at_destination",
        "documents_confiscated_at_destination",
        "works_against_will",
    }
    assert {i for i, code in told.items() if code == NOT_KNOWN} >= {"violence_at_destination", "married_against_will"}
    assert set(told.values()) == {YES, NOT_KNOWN}, "an empty box is not a no"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("vic_Methods_of_Control/DebtBondage,vic_Methods_of_Control/PhysicalAbuse", "1,0"),
        ("victim/vic_Methods_of_Control/DebtBondage ,victim/vic_Methods_of_Control/PhysicalAbuse", "True,False"),
        ("victim-vic_Methods_of_Control/DebtBondage,victim-vic_Methods_of_Control/PhysicalAbuse", "1,"),
        (
            "vic_Methods_of_Control,vic_Methods_of_Control/DebtBondage,vic_Methods_of_Control/PhysicalAbuse",
            "DebtBondage,1,0",
        ),
        ("vic_MethodsOfControl/Debt bondage,vic_MethodsOfControl/Physical abuse", "1,0"),
        ("vic_MethodsOfControl", "Debt bondage"),
    ],
)
def test_ways_in_which_a_choice_of_several_is_exported(tmp_path, header, row):
    (batch,), _ = people(tmp_path, f"prs_Title,{header}\n,{row}\n")
    assert {i for i, code in answers(batch).items() if code == YES} == {"debt_bondage_at_destination"}
    assert answers(batch)["violence_at_destination"] == NOT_KNOWN


def test_semicolons_as_kobo_writes_them(tmp_path):
    (batch,), _ = people(tmp_path, f"{COLUMNS}\n{ROW}\n".replace(",", ";"))
    assert answers(batch)["works_against_will"] == YES


def test_a_question_left_blank_was_not_asked(tmp_path):
    (batch,), _ = people(tmp_path, "vic_Methods_of_Control,vic_TypeOfExploitation\n,Servitude\n")
    assert "violence_at_destination" not in answers(batch)
    assert answers(batch)["household_work_bound"] == YES
    assert batch.ids.to_pylist() == ["row-2"]
    assert batch.ages.tolist() == [-1], "without dates the age is not sure"


def test_who_did_not_consent_is_left_out_and_counted(tmp_path):
    done_path = tmp_path / "export.csv"
    done_path.write_text(f"{COLUMNS}\n{ROW}\n{ROW.replace('TRUE', 'FALSE').replace('u-1', 'u-2')}\n", encoding="utf-8")
    done = screen_file(done_path, tmp_path / "out.csv", scheme=SCHEME)
    assert done.without_consent == 1
    assert done.counts == {"presumed": 1, "not_indicated_now": 0, "cannot_say": 0}
    assert done.children == 1


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        (
            f"{COLUMNS}\n{ROW.replace('DebtBondage', 'Magic')}\n",
            "export.csv, row 2, column vic_Methods_of_Control",
            "Magic",
        ),
        (
            f"{COLUMNS}\n{ROW.replace('2010-03-02', '2010-02-30')}\n",
            "export.csv, row 2, column prs_Birthdate",
            "2010-02-30",
        ),
        (
            f"{COLUMNS}\n{ROW.replace('2010-03-02', '2030-03-02')}\n",
            "export.csv, row 2, column prs_Birthdate",
            "date of birth",
        ),
        ("vic_Methods_of_Control/Magic\n1\n", "export.csv, column vic_Methods_of_Control/Magic", "Magic"),
        (
            "vic_Methods_of_Control/DebtBondage\n7\n",
            "export.csv, row 2, column vic_Methods_of_Control/DebtBondage",
            "7",
        ),
        ("prs_Title,con_Consent\nx,TRUE\n", "export.csv", "none of the questions"),
    ],
)
def test_bad_exports_are_refused(tmp_path, text, where, told):
    with pytest.raises(Refusal) as refused:
        people(tmp_path, text)
    assert refused.value.where == where
    assert told in refused.value.message


def sheet(name: str) -> list[list[str]]:
    """The rows of one sheet of the form as IOM publishes it (read without a library: it is XML in a zip)."""
    shared = Path(os.environ.get("PALERMO_SHARED", Path(__file__).parents[4] / "shared"))
    path = shared / "reference" / "htcds" / "htcds_xlsform.xlsx"
    if not path.exists():
        pytest.skip(f"the reference is not present at {shared}")
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared_strings = ET.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in entry.iter(f"{space}t")) for entry in shared_strings]
        root = ET.fromstring(book.read(f"xl/worksheets/{name}.xml"))
    rows = []
    for row in root.iter(f"{space}row"):
        cells = [(cell.get("t"), cell.find(f"{space}v")) for cell in row]
        rows.append([texts[int(v.text)] if t == "s" else v.text for t, v in cells if v is not None])
    return rows


def test_every_question_of_the_published_form_is_a_field_of_the_standard():
    names = [row[1] for row in sheet("sheet1")[1:] if row[1] not in ("start", "end", "__version__")]
    assert len(names) == 31
    assert {htcds.field_of(name) for name in names} <= set(htcds.load_fields())


def test_a_person_with_every_choice_of_the_published_form_is_read(tmp_path):
    lists = {"methodofrecruitment": "vic_MethodOfRecruitment", "methodsofcontrol": "vic_Methods_of_Control", "typeofexploitation": "vic_TypeOfExploitation", "forcedlabourindustry": "vic_ForcedLabourIndustry", "typeofsexexploitation": "vic_TypeOfSexExploitation"}  # fmt: skip
    chosen: dict[str, list[str]] = {}
    for row in sheet("sheet2")[1:]:
        if row[0] in lists:
            chosen.setdefault(lists[row[0]], []).append(row[1])
    assert {field: len(codes) for field, codes in chosen.items()} == {
        "vic_MethodOfRecruitment": 10,
        "vic_Methods_of_Control": 16,
        "vic_TypeOfExploitation": 11,
        "vic_ForcedLabourIndustry": 21,
        "vic_TypeOfSexExploitation": 4,
    }
    text = ",".join(chosen) + "\n" + ",".join(" ".join(codes) for codes in chosen.values()) + "\n"
    (batch,), _ = people(tmp_path, text)
    extensions = {"confined_or_watched_at_destination"}
    assert {i for i, code in answers(batch).items() if code == YES} == set(htcds.load_item_map().values()) - extensions


@pytest.mark.parametrize(("box", "kept"), [("TRUE", 1), ("1", 1), ("OK", 1), ("0", 0), ("FALSE", 0), ("", 0)])
def test_only_a_ticked_box_is_consent(tmp_path, box, kept):
    batches, file = people(tmp_path, f"{COLUMNS}\n{ROW.replace('TRUE', box)}\n")
    assert sum(len(batch.ids) for batch in batches) == kept
    assert file.without_consent == 1 - kept


def test_a_box_that_says_something_else_is_refused_with_its_row(tmp_path):
    with pytest.raises(Refusal) as refusal:
        people(tmp_path, f"{COLUMNS}\n{ROW.replace('TRUE', 'no thanks')}\n")
    assert "con_Consent" in str(refusal.value)
    assert "TRUE or FALSE" in str(refusal.value)


def test_the_same_submission_twice_is_refused(tmp_path):
    with pytest.raises(Refusal, match="row 4, column _uuid: The person's id is that of row 2 already"):
        people(tmp_path, f"{COLUMNS}\n{ROW}\n\n{ROW}\n")
