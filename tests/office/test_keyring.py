"""Keys: made once, refused when they do not fit, turned without losing anything."""

import json
import threading
import time
from contextlib import suppress

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.db import connections

from palermo.office.domain import keyring
from palermo.office.domain.acting import acting_as
from palermo.office.domain.keyring import check_keys, rotate_keys
from palermo.office.domain.persons import read_identity, register_person
from palermo.office.domain.rights_of_person import ask_right, words_of
from palermo.office.keys import make_keys, read_keys, replace_keys
from palermo.office.methods.identity import Identity
from palermo.office.models import RightsRequest
from palermo.office.sealing import SEALED, seal, unseal
from palermo.vocabulary.errors import Refusal

WHO = Identity(given_name="Ивана", family_name="Примерова", phones=("+302101234567",))


@pytest.fixture
def sealed(house, person):
    """One of every sealed thing."""
    with acting_as(house.reception_responder):
        request = ask_right(
            member=house.reception_responder, person=person, kind="complaint", words="They shouted at me."
        )
        TOTP.activate(house.reception_responder, "JBSWY3DPEHPK3PXP")
    return person, request


def readable(house, sealed):
    person, request = sealed
    with acting_as(house.reception_responder):
        name = read_identity(member=house.reception_responder, person=person).family_name
    with acting_as(house.reception_dpo):
        words = words_of(member=house.reception_dpo, request=RightsRequest.objects.get(pk=request.pk))
    secret = unseal(Authenticator.objects.get(user=house.reception_responder).data["secret"].encode())
    return name, words, secret


ALL = ("Примерова", "They shouted at me.", "JBSWY3DPEHPK3PXP")


def test_turning_the_ring_seals_everything_anew(house, sealed, keys, as_owner):
    before = read_keys(keys)
    with as_owner():
        assert rotate_keys(using="default") == 3
    after = read_keys(keys)
    assert (len(after.ring), after.ring == before.ring, after.blind, after.passes) == (
        1,
        False,
        before.blind,
        before.passes,
    )
    check_keys()
    assert readable(house, sealed) == ALL
    replace_keys(keys, before)
    with pytest.raises(Refusal, match="cannot be opened"):
        readable(house, sealed)


def test_nothing_sealed_is_forgotten_by_the_turning(owner_sql, keys):
    """Every column that holds sealed text is on the list; history keeps none, since it is never written again."""
    columns = owner_sql(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name LIKE '%%sealed%%'"
    )
    assert set(columns) == {(table, column) for table, _, column in SEALED}


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("step", range(8))
def test_an_interrupted_turning_loses_nothing_and_can_be_run_again(house, sealed, keys, as_owner, monkeypatch, step):
    steps = iter(range(100))

    def cut(function):
        def run(*args, **kwargs):
            if next(steps) == step:
                raise PowerCut
            return function(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        for name in ("replace_keys", "_write_ring", "_turn"):
            patch.setattr(keyring, name, cut(getattr(keyring, name)))
        with as_owner(), suppress(PowerCut):
            rotate_keys(using="default")
        assert next(steps) > step
    assert readable(house, sealed) == ALL
    check_keys()
    with as_owner():
        rotate_keys(using="default")
    assert len(read_keys(keys).ring) == 1
    assert readable(house, sealed) == ALL


def test_a_writer_who_sealed_with_the_old_key_is_waited_for(house, keys, transactional_db, as_owner):
    """The writer seals, then commits late; the ring is turned meanwhile. Its file can be read afterwards."""
    has_sealed, made = threading.Event(), []

    def write():
        try:
            with acting_as(house.reception_responder):
                made.append(register_person(member=house.reception_responder, path="adult", age=20, identity=WHO))
                has_sealed.set()
                time.sleep(0.7)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    has_sealed.wait(5)
    with as_owner():
        turned = rotate_keys(using="default")
    writer.join()
    assert (turned, len(read_keys(keys).ring)) == (1, 1)
    with acting_as(house.reception_responder):
        assert read_identity(member=house.reception_responder, person=made[0]) == WHO


def test_missing_keys_are_refused(keys):
    keys.unlink()
    with pytest.raises(Refusal, match="no key file"):
        check_keys()


def test_other_keys_are_refused(keys):
    keys.unlink()
    make_keys(keys)
    with pytest.raises(Refusal, match="do not belong"):
        check_keys()


def test_keys_that_others_read_are_refused(keys):
    keys.chmod(0o640)
    keys.touch()
    with pytest.raises(Refusal, match="read by others"):
        check_keys()


@pytest.mark.parametrize(
    "damage",
    [
        lambda said: said | {"ring": []},
        lambda said: said | {"ring": ["x"]},
        lambda said: said | {"blind": "00"},
        lambda said: {"ring": said["ring"]},
        lambda said: said | {"passes": "not hex"},
    ],
)
def test_damaged_keys_are_refused(keys, damage):
    keys.write_text(json.dumps(damage(json.loads(keys.read_text()))))
    with pytest.raises(Refusal, match="damaged"):
        check_keys()


def test_half_a_key_file_is_refused(keys):
    keys.write_text(keys.read_text()[:100])
    with pytest.raises(Refusal, match="damaged"):
        check_keys()


def test_a_ring_without_the_spaces_key_is_refused(keys):
    said = json.loads(keys.read_text())
    keys.write_text(json.dumps(said | {"ring": [Fernet.generate_key().decode()]}))
    with pytest.raises(Refusal, match="do not belong"):
        check_keys()


def test_the_other_space_is_refused(keys, settings):
    settings.PALERMO_SPACE = "real"
    with pytest.raises(Refusal, match="the other space"):
        check_keys()


def test_keys_are_not_made_over(keys):
    with pytest.raises(Refusal, match="there is a key file already"):
        make_keys(keys)


def test_the_key_file_is_its_owners_alone(keys):
    assert keys.stat().st_mode & 0o777 == 0o600


def test_a_changed_byte_is_refused(keys):
    whole = bytearray(seal("text"))
    whole[20] ^= 1
    with pytest.raises(Refusal, match="cannot be opened"):
        unseal(bytes(whole))
