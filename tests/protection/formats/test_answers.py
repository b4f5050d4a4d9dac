"""Files of answers: read alike from CSV and Parquet; what is wrong is named, and nothing of it is kept."""

import polars as pl
import pytest

from palermo.protection.formats.answers import open_answers
from palermo.protection.formats.screening_file import screen_file
from palermo.protection.methods.frame_score import NO, NOT_ASKED, NOT_KNOWN, YES
from palermo.protection.methods.scheme import default_scheme
from palermo.protection.methods.screening import screen
from palermo.vocabulary.errors import Refusal

SCHEME = default_scheme()
HEADER = "person_id,age,deceived_about_job,documents_confiscated_at_destination,works_against_will\n"
GOOD = HEADER + "P1,30,yes,yes,yes\nP2,not_sure,no,,not_known\nP3,,no,not_asked,No\n"


def read(path, **kwargs):
    file = open_answers(path, scheme=SCHEME, **kwargs)
    people = list(file.people())
    ids = [i for p in people for i in p.ids.to_pylist()]
    ages = [a for p in people for a in p.ages.tolist()]
    rows = [
        [p.codes[SCHEME.items.index(c), n] for c in HEADER.strip().split(",")[2:]]
        for p in people
        for n in range(len(p.ids))
    ]
    return ids, ages, rows, file


def write(tmp_path, text, name="answers.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


EXPECTED = (
    ["P1", "P2", "P3"],
    [30, -1, -1],
    [[YES, YES, YES], [NO, NOT_ASKED, NOT_KNOWN], [NO, NOT_ASKED, NO]],
)


@pytest.mark.parametrize(
    "change",
    [
        str,
        lambda t: "\ufeff" + t,
        lambda t: t.replace(",", ";"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("P1", '"P1"'),
    ],
)
def test_csv(tmp_path, change):
    assert read(write(tmp_path, change(GOOD)))[:3] == EXPECTED


def test_parquet_reads_like_csv(tmp_path):
    frame = pl.DataFrame(
        {
            "person_id": ["P1", "P2", "P3"],
            "age": [30, None, None],
            "deceived_about_job": ["yes", "no", "no"],
            "documents_confiscated_at_destination": pl.Series(["yes", None, None], dtype=pl.Categorical),
            "works_against_will": ["yes", "not_known", "no"],
        }
    )
    frame.write_parquet(tmp_path / "answers.parquet")
    assert read(tmp_path / "answers.parquet")[:3] == EXPECTED


def test_the_result_has_one_row_for_each_person_as_the_path_for_one_gives_it(tmp_path):
    out = tmp_path / "out.csv"
    done = screen_file(write(tmp_path, GOOD), out, scheme=SCHEME)
    rows = pl.read_csv(out).to_dicts()
    one = screen(
        {"deceived_about_job": "yes", "documents_confiscated_at_destination": "yes", "works_against_will": "yes"},
        age=30,
    )
    assert [row["person_id"] for row in rows] == ["P1", "P2", "P3"]
    assert (rows[0]["presumption"], rows[0]["reasons"]) == (one.presumption, " ".join(one.reasons))
    assert done.counts == {"presumed": 1, "not_indicated_now": 0, "cannot_say": 2}
    assert (done.children, done.without_consent, done.problems) == (2, 0, ())


BAD = [
    (GOOD.replace("person_id", "name"), "answers.csv", "'person_id' is missing"),
    (
        GOOD.replace("works_against_will", "works_against_wil"),
        "answers.csv, column 5",
        "Did you mean 'works_against_will'",
    ),
    (GOOD.replace("works_against_will", "deceived_about_job"), "answers.csv, column 5", "twice"),
    ("person_id,age\nP1,30\n", "answers.csv", "no column with answers"),
    (GOOD.replace("not_known", "maybe"), "answers.csv, row 3, column works_against_will", "'maybe'"),
    (GOOD.replace("30", "130"), "answers.csv, row 2, column age", "Impossible age '130'"),
    (GOOD.replace("30", "-3"), "answers.csv, row 2, column age", "Impossible age"),
    (GOOD.replace("30", "1990-02-30"), "answers.csv, row 2, column age", "Impossible age"),
    (GOOD.replace("P2,", ","), "answers.csv, row 3, column person_id", "cannot be used"),
    (GOOD.replace("P2,", "=cmd,"), "answers.csv, row 3, column person_id", "cannot be used"),
    (GOOD[:-12], "answers.csv, row 4", "4 fields (half a file?)"),
    (GOOD.replace("P2,not_sure", "P2,x,not_sure"), "answers.csv, row 3", "6 fields"),
    (GOOD.encode("utf-16"), "answers.csv, row 1", "UTF-16"),
    (GOOD.encode("utf-16-le"), "answers.csv, row 1", "UTF-16"),
    (GOOD.replace("P2", "Pé").encode("latin-1"), "answers.csv, row 3", "not UTF-8"),
    (HEADER.replace("age", "âge").encode("latin-1"), "answers.csv, row 1", "not UTF-8"),
    (GOOD.replace("\nP2", "\n\nP2").replace("30", "130"), "answers.csv, row 2, column age", "Impossible age '130'"),
    (GOOD.replace("\nP1", "\n\n \nP1").replace("30", "130"), "answers.csv, row 4, column age", "Impossible age '130'"),
    (
        GOOD.replace("\nP2", "\n\r\nP2").replace("not_known", "maybe"),
        "answers.csv, row 4, column works_against_will",
        "'maybe'",
    ),
    (GOOD.replace("\nP2,not_sure", "\n,,,,\nP2,x,not_sure"), "answers.csv, row 4", "6 fields"),
    (GOOD.replace("P2,", '"P\n2",'), "answers.csv, row 3, column person_id", "cannot be used"),
    (
        GOOD.replace("P1,", '"P1",').replace("P3", "Pé").replace("no,,", 'no,"\n\n",').encode("latin-1"),
        "answers.csv, row 4",
        "not UTF-8",
    ),
    (GOOD.replace("P3", "P1"), "answers.csv, row 4, column person_id", "id is that of row 2 already"),
    (
        GOOD.replace("P3", "P2").replace("\nP2", "\n\nP2"),
        "answers.csv, row 6, column person_id",
        "id is that of row 4 already",
    ),
    ("\n" + GOOD, "answers.csv, row 1", "first row is empty"),
    (b"", "answers.csv", "empty"),
    (b"PK\x03\x04....", "answers.csv", "workbook"),
]


@pytest.mark.parametrize(("text", "where", "told"), BAD)
def test_bad_files_are_refused_with_place_and_remedy_and_nothing_is_kept(tmp_path, text, where, told):
    out = tmp_path / "out.csv"
    out.write_text("as it was")
    with pytest.raises(Refusal) as refused:
        screen_file(write(tmp_path, text), out, scheme=SCHEME)
    assert refused.value.where == where
    assert told in refused.value.message
    assert refused.value.remedy
    assert out.read_text() == "as it was"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["answers.csv", "out.csv"]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be read"):
        open_answers(tmp_path / "none.csv", scheme=SCHEME)


@pytest.mark.parametrize("part", [0.5, 0.95])
def test_half_a_parquet_file_is_refused(tmp_path, part):
    whole = tmp_path / "whole.parquet"
    pl.read_csv(GOOD.encode()).write_parquet(whole)
    half = whole.read_bytes()
    with pytest.raises(Refusal, match="cut off or damaged"):
        open_answers(write(tmp_path, half[: int(len(half) * part)], "half.parquet"), scheme=SCHEME)


def test_parquet_with_numbers_with_decimals_is_refused(tmp_path):
    pl.DataFrame({"person_id": ["P1"], "age": [30.5]}).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(Refusal, match="'age' holds double"):
        open_answers(tmp_path / "x.parquet", scheme=SCHEME)


def test_blank_rows_are_no_people(tmp_path):
    text = GOOD.replace("\n", "\n\n") + ",,,,\n  \n\n"
    assert read(write(tmp_path, text))[:3] == EXPECTED


def test_numbers_hold_where_many_rows_are_left_out_before_them(tmp_path):
    rows = [f"P{n},30,yes,no,no\n" + "\n" * (n % 3) + ("short\n" if n % 5 == 0 else "") for n in range(500)]
    text = HEADER + "".join(rows) + "last,200,yes,no,no\n"
    done = screen_file(write(tmp_path, text), tmp_path / "out.csv", scheme=SCHEME, keep_good=True)
    lines = text.splitlines()
    wrong = [n for n, line in enumerate(lines, start=1) if line == "short"] + [len(lines)]
    assert [problem.row for problem in done.problems] == wrong


def test_a_person_twice_is_refused_in_parquet_too_and_across_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("palermo.protection.formats.parquet_rows.ROWS", 2)
    frame = pl.read_csv(GOOD.replace("P3", "P1").encode())
    frame.write_parquet(tmp_path / "twice.parquet")
    with pytest.raises(Refusal, match="row 3, column person_id: The person's id is that of row 1 already"):
        list(open_answers(tmp_path / "twice.parquet", scheme=SCHEME).people())
    done = screen_file(tmp_path / "twice.parquet", tmp_path / "out.csv", scheme=SCHEME, keep_good=True)
    assert ([p.row for p in done.problems], sum(done.counts.values())) == ([3], 2)


def test_keep_good_leaves_out_bad_rows_and_names_each(tmp_path):
    text = (
        HEADER
        + "P1,30,yes,yes,yes\nP2,30\nP3,200,yes,yes,yes\nP4,30,yes,,\nP5,1,2,3,4,5,6\nP6,30,perhaps,yes,yes\nP7,30,yes,yes,yes\n"
    )
    done = screen_file(write(tmp_path, text), tmp_path / "out.csv", scheme=SCHEME, keep_good=True)
    assert [(p.row, p.column) for p in done.problems] == [(3, ""), (4, "age"), (6, ""), (7, "deceived_about_job")]
    assert pl.read_csv(tmp_path / "out.csv")["person_id"].to_list() == ["P1", "P4", "P7"]


def test_only_bad_rows_leave_an_empty_table_with_its_header(tmp_path):
    done = screen_file(
        write(tmp_path, HEADER + "P1,200,yes,yes,yes\n"), tmp_path / "out.csv", scheme=SCHEME, keep_good=True
    )
    assert sum(done.counts.values()) == 0
    assert (tmp_path / "out.csv").read_text().startswith("person_id,path,presumption")


def test_a_header_alone_is_no_people(tmp_path):
    done = screen_file(write(tmp_path, HEADER), tmp_path / "out.csv", scheme=SCHEME)
    assert sum(done.counts.values()) == 0


def test_a_result_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be written"):
        screen_file(write(tmp_path, GOOD), tmp_path / "none" / "out.csv", scheme=SCHEME)


def test_rows_keep_their_numbers_across_batches_and_left_out_rows(tmp_path, monkeypatch):
    monkeypatch.setattr("palermo.protection.formats.csv_rows.BLOCK", 4096)
    rows = [f"P{n},30,yes,no,not_known" for n in range(2, 2002)]
    short, bad = [5, 6, 400, 401, 1999], [7, 402, 1500, 2001]
    for n in short:
        rows[n - 2] = f"P{n},30"
    for n in bad:
        rows[n - 2] = f"P{n},30,yes,no,perhaps"
    done = screen_file(
        write(tmp_path, HEADER + "\n".join(rows) + "\n"), tmp_path / "out.csv", scheme=SCHEME, keep_good=True
    )
    assert [p.row for p in done.problems] == sorted(short + bad)
    kept = pl.read_csv(tmp_path / "out.csv")["person_id"].to_list()
    assert kept == [f"P{n}" for n in range(2, 2002) if n not in short + bad]
