"""Free text that seals itself."""

import pytest
from django.core.exceptions import FieldError

from palermo.office.domain.acting import acting_as
from palermo.office.domain.keyring import rotate_keys
from palermo.office.models import Consent
from palermo.office.models.sealed import sealed_columns
from palermo.vocabulary.errors import Refusal

RAW = "SELECT interpreter, how FROM office_consent"


@pytest.fixture
def consent(house, person):
    """`consent(interpreter=…)` gives one that the shelter may rest on."""
    from palermo.office.domain.consent import give_consent

    def give(**texts):
        with acting_as(house.reception_responder):
            return give_consent(
                member=house.reception_responder,
                person=person,
                recipient=house.shelter,
                purpose="accommodation",
                kinds=["needs"],
                language="bul",
                **{"how": "spoken"} | texts,
            )

    return give


@pytest.fixture
def again(house):
    """The consent as it is read from the table."""

    def read():
        with acting_as(house.reception_responder):
            return Consent.objects.get()

    return read


def test_what_is_written_is_sealed_and_read_again(consent, again, owner_sql):
    made = consent(interpreter="Ивана, no. 12")
    assert (made.interpreter, again().interpreter) == ("Ивана, no. 12", "Ивана, no. 12")
    interpreter, how = (bytes(value) for value in owner_sql(RAW)[0])
    assert (interpreter[:5], how[:5]) == (b"gAAAA", b"gAAAA")


def test_what_is_empty_stays_empty(consent, again, owner_sql):
    consent()
    assert again().interpreter == ""
    assert bytes(owner_sql(RAW)[0][0]) == b""
    assert Consent().interpreter == ""


def test_what_was_not_read_is_not_sealed_anew(consent, again, as_owner, owner_sql):
    consent(interpreter="No. 12")
    before = owner_sql(RAW)
    found = again()
    with as_owner():
        found.save()
    assert owner_sql(RAW) == before
    found.interpreter = "No. 13"
    with as_owner():
        found.save(update_fields=["interpreter"])
        Consent.objects.filter(pk=found.pk).update(how="signed")
    assert (again().interpreter, again().how) == ("No. 13", "signed")


def test_a_column_that_was_left_out_of_the_query_is_read_when_it_is_needed(consent, house):
    consent(interpreter="No. 12")
    with acting_as(house.reception_responder):
        assert Consent.objects.defer("interpreter").get().interpreter == "No. 12"


def test_too_long_a_text_is_refused_before_it_is_sealed(consent, owner_sql):
    with pytest.raises(Refusal, match="longer than 120 letters"):
        consent(interpreter="x" * 121)
    assert owner_sql(RAW) == []


def test_it_cannot_be_searched_for(db):
    with pytest.raises(FieldError):
        Consent.objects.filter(interpreter="No. 12")


def test_the_ring_turns_over_every_such_column_by_itself(consent, again, as_owner, owner_sql):
    consent(interpreter="No. 12")
    before = owner_sql(RAW)[0]
    assert {column for table, _, column in sealed_columns() if table == "office_consent"} == {"interpreter", "how"}
    with as_owner():
        # The identity of the person, and both texts of the consent.
        assert rotate_keys(using="default") == 3
    after = owner_sql(RAW)[0]
    assert [bytes(a) != bytes(b) for a, b in zip(before, after, strict=True)] == [True, True]
    assert (again().interpreter, again().how) == ("No. 12", "spoken")
