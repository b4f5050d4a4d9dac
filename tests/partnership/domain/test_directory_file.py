"""A directory read in from a file: whole or not at all, twice the same as once, and out again as it was."""

import pytest
from django.urls import reverse

from palermo.office.domain.acting import acting_as
from palermo.partnership.domain.directory_file import export_directory, import_directory
from palermo.partnership.formats.directory_csv import read_directory, write_directory
from palermo.partnership.models import Contact, Designation, Organisation
from palermo.vocabulary.errors import Refusal

pytestmark = pytest.mark.django_db
HEADER = "name,email,organisation,organisation_kind,organisation_state,post,state,since,until,document,languages"
GOOD = f"""{HEADER}
Ana Exemplar,ana@example.org,Ministry,ministry,MD,co_ordinator,MD,2017-03-01,2018-06-30,NV 1/2017,ron rus
Boris Exemplar,boris@example.org,Ministry,ministry,MD,co_ordinator,MD,2018-07-01,,NV 7/2018,ron
Chai Exemplar,,Aid,ngo,TH,ngo_contact,,2017-03-01,,E-mail,tha
Dana Exemplar,dana@example.org,,,,,,,,,
"""


@pytest.fixture
def desk(house):
    return house.co_ordinator


def counts(desk):
    with acting_as(desk):
        return [model.objects.count() for model in (Organisation, Contact, Designation)]


def test_read_in_once_and_again(desk, do):
    rows = read_directory(GOOD.encode())
    assert do(desk, import_directory, rows=rows) == {"organisations": 2, "contacts": 4, "designations": 3}
    assert do(desk, import_directory, rows=rows) == {"organisations": 0, "contacts": 0, "designations": 0}
    assert counts(desk) == [2, 4, 3]


def test_what_was_taken_out_comes_back_as_it_was(desk, do, as_owner):
    do(desk, import_directory, rows=read_directory(GOOD.encode()))
    data = write_directory(do(desk, export_directory))
    with as_owner():
        for model in (Designation, Contact, Organisation):
            model.objects.all()._raw_delete("default")
    assert counts(desk) == [0, 0, 0]
    do(desk, import_directory, rows=read_directory(data))
    assert write_directory(do(desk, export_directory)) == data
    assert counts(desk) == [2, 4, 3]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("Eve Exemplar,,,,,co_ordinator,MD,2017-05-01,,NV 3/2017,", "d.csv, row 6, since"),
        ("Eve Exemplar,,,,,king,MD,2017-05-01,,NV 3/2017,", "d.csv, row 6, post"),
        ("Eve Exemplar,,,,,rapporteur,XX,2017-05-01,,NV 3/2017,", "d.csv, row 6, state"),
        ("Eve Exemplar,,,,,rapporteur,MD,,,NV 3/2017,", "d.csv, row 6, since"),
        ("Eve Exemplar,,,,,rapporteur,MD,2017-05-01,,,", "d.csv, row 6, document"),
        ("Eve Exemplar,,,,,,,,,,klingon", "d.csv, row 6, languages"),
        ("Eve Exemplar,,Palace,castle,,,,,,,", "d.csv, row 6, kind"),
        (" ,eve@example.org,,,,,,,,,", "d.csv, row 6, name"),
    ],
)
def test_one_wrong_row_refuses_the_whole_file(desk, do, line, where):
    with pytest.raises(Refusal) as refused:
        do(desk, import_directory, rows=read_directory((GOOD + line).encode()), where="d.csv")
    assert refused.value.where == where
    assert counts(desk) == [0, 0, 0]


def test_by_page(browser, desk, owner_sql):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, address = browser(desk), reverse("partnership:directory_file")

    def send(data):
        return client.post(address, {"file": SimpleUploadedFile("d.csv", data, content_type="text/csv")})

    before = owner_sql("SELECT count(*) FROM office_logline WHERE verb LIKE 'partnership.%%'")
    wrong = send((GOOD + "Eve,,,,,king,MD,2017-05-01,,NV,").encode())
    assert wrong.status_code == 422
    assert "is no post" in wrong.content.decode()
    assert counts(desk) == [0, 0, 0]
    assert owner_sql("SELECT count(*) FROM office_logline WHERE verb LIKE 'partnership.%%'") == before
    assert send(b"name\n" + b"x" * 6_000_000).status_code == 422
    assert send(GOOD.encode()).status_code == 302
    assert counts(desk) == [2, 4, 3]
    taken = client.post(reverse("partnership:directory_export"))
    assert taken["Content-Type"] == "text/csv; charset=utf-8"
    assert len(read_directory(taken.content)) == 4
    assert client.get(reverse("partnership:directory_export")).status_code == 405
