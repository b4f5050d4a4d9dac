"""Migration enforcement meets no person, no case and no count, whatever SQL it sends. The catalogue says what to try."""

import itertools
import json
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from palermo.office import enums

#: Tables the application reads without a policy: they hold nothing of those we protect.
WITHOUT_POLICY = {
    "account_emailaddress",
    "account_emailconfirmation",
    "django_content_type",
    "django_migrations",
    "office_agency",
    "office_site",
    "training_demonstration",
}
#: Readable by everybody who signs in: it is the list of staff and their second factors.
STAFF = {"office_member", "mfa_authenticator"}

#: What the small world fills, so that an empty answer says something.
NEVER_EMPTY = {
    *(f"office_{name}" for name in ("person", "sealedidentity", "blindtoken", "consent", "disclosure", "reach")),
    *(f"office_{name}" for name in ("rightsrequest", "emergencyopening", "notice", "logline", "chainhead")),
    *(f"protection_{name}" for name in ("screening", "answer", "case", "risk", "service", "guardianrequest")),
    *(f"protection_{name}" for name in ("referral", "package", "sealedlink", "identification", "concern")),
    *(f"protection_{name}event" for name in ("screening", "answer", "case", "risk", "referral")),
}


@pytest.fixture
def lived_in(house):
    """The small world of every room's records, committed; the file of the person who agreed to nothing."""
    from small_world import small_world

    found = small_world(house)
    person = found.people["alone"].person
    person.other_ids = [found.people["accepted"].referral.pk, found.people["linked"].referral.package_id]
    return person


def granted_tables(raw):
    return {
        name: bool(guarded)
        for name, guarded in raw.execute(
            "SELECT c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            " AND (has_any_column_privilege('palermo_app', c.oid, 'SELECT, INSERT, UPDATE')"
            " OR has_table_privilege('palermo_app', c.oid, 'DELETE, TRUNCATE'))"
        )
    }


def functions(raw):
    return list(
        raw.execute(
            "SELECT p.oid::regprocedure::text, p.proname, string_to_array(oidvectortypes(p.proargtypes), ', ')"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_function_privilege('palermo_app', p.oid, 'EXECUTE')"
            " AND p.prorettype <> 'trigger'::regtype"
        )
    )


def test_every_table_without_a_policy_is_named_here(as_app, keys):
    assert {name for name, guarded in granted_tables(as_app).items() if not guarded} == WITHOUT_POLICY


def test_what_is_readable_without_reach_is_said_in_the_documentation():
    page = (Path(__file__).resolve().parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    assert {name for name in WITHOUT_POLICY | STAFF if f"`{name}`" not in page} == set()


def test_enforcement_reads_no_row(as_app, lived_in, house, enter, owner_sql):
    with enter(as_app, house.border_officer):
        counts = {
            name: as_app.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in granted_tables(as_app)
            if name not in WITHOUT_POLICY | STAFF
        }
    held = {name for name in counts if owner_sql(f"SELECT count(*) FROM {name}")[0][0]}
    assert held >= NEVER_EMPTY
    assert {name: count for name, count in counts.items() if count} == {}


def test_enforcement_changes_no_row(as_app, lived_in, house, enter, owner_sql):
    tables = [name for name in granted_tables(as_app) if name not in WITHOUT_POLICY | STAFF]
    before = {name: owner_sql(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t") for name in tables}
    for name in tables:
        columns = [
            row[0]
            for row in as_app.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                [name],
            )
        ]
        for column in columns:
            attempt(as_app, enter, house, f"UPDATE {name} SET {column} = {column}")
            attempt(as_app, enter, house, f"UPDATE {name} SET {column} = DEFAULT")
        attempt(as_app, enter, house, f"DELETE FROM {name}")
    assert {
        name: owner_sql(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t") for name in tables
    } == before


def attempt(raw, enter, house, statement, values=()):
    try:
        with enter(raw, house.border_officer):
            cursor = raw.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        return error


#: What a value of each type may be tried with. A function with a type not listed fails the test until one is added.
def values_for(kind, person, house):
    return {
        "uuid": [person.id, person.agency_id, house.border_officer.id, uuid4(), *person.other_ids],
        "text": [person.code, "person", "a reason of more than twenty letters"],
        "bytea": [b"\0" * 32],
        "timestamp with time zone": ["2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"],
        "date": ["2020-01-01", "2100-01-01"],
        "bytea[]": [[b"\0" * 16]],
        "jsonb": ["[]", *lines_for(person, house)],
        "uuid[]": [[person.agency_id]],
        "character varying[]": [["first_responder"]],
        "name": ["a_trigger"],
        "boolean": [True, False],
    }[kind]


def lines_for(person, house):
    """Whole lines for the log: in another agency's chain, of another's file, by verbs that are the system's."""
    for agency in (person.agency_id, house.border_officer.agency_id):
        for verb in ("office.read_identity", "office.emergency_opened", "office.recall", "protection.raise_concern"):
            line = {"agency": str(agency), "verb": verb, "purpose": "protection", "object": None, "detail": {}}
            yield json.dumps([line | {"person": str(person.id)}])


#: What the functions may say to anybody: the time, the fingerprints of keys, nothing.
HARMLESS = {"office_now", "office_keys", "office_me", "_pgh_attach_context", "_pgtrigger_should_ignore"}


def test_no_function_tells_enforcement_anything(as_app, lived_in, house, enter, owner_sql):
    told = {}
    secret = {str(lived_in.id), lived_in.code, str(house.reception_manager.id)}
    counted = "SELECT (SELECT count(*) FROM office_reach), (SELECT count(*) FROM office_emergencyopening), (SELECT count(*) FROM office_member), (SELECT count(*) FROM office_logline), (SELECT count(*) FROM office_notice)"
    before = owner_sql(counted)
    tried = functions(as_app)
    for signature, name, kinds in tried:
        choices = [values_for(kind, lived_in, house) for kind in kinds if kind]
        for values in itertools.product(*choices):
            holders = ", ".join(f"%s::{kind}" for kind in kinds if kind)
            answer = attempt(as_app, enter, house, f"SELECT * FROM {name}({holders})", values)
            if isinstance(answer, psycopg.Error):
                assert not any(word in str(answer) for word in secret - {str(value) for value in values}), signature
            elif name not in HARMLESS and any(value not in (None, "") for row in answer for value in row):
                told[signature] = answer
    assert {name for _, name, _ in tried} >= {
        "office_claim",
        "office_share",
        "office_search",
        "office_open_emergency",
        "office_append",
    }
    assert told == {}
    assert owner_sql(counted) == before


def test_the_desk_in_sql_is_the_desk_in_python(owner_sql, keys):
    import re

    body = owner_sql("SELECT prosrc FROM pg_proc WHERE proname = 'office_desk'")[0][0]
    assert set(re.findall(r"'(\w+)'", body.split("ARRAY[")[1])) == {str(role) for role in enums.DESK_ROLES}


def test_policies_have_good_shapes(owner_sql, keys):
    """`IN (SELECT …)` and functions called once a row are slow or leak; every function stands in its own (SELECT …)."""
    import re

    bad = []
    for table, name, *expressions in owner_sql("SELECT tablename, policyname, qual, with_check FROM pg_policies"):
        for text in filter(None, expressions):
            bare = re.sub(r"\( ?SELECT office_\w+\(\) AS \w+\)", "", text)
            if re.search(r"office_\w+\(|\bIN \(|= ANY \(\s*SELECT", bare):
                bad.append((table, name, text))
    assert bad == []


def test_no_policy_reads_a_table_that_asks_a_policy_again(owner_sql, keys):
    """What says who meets a row reads no guarded table but one whose own policy reads none: no recursion.

    Such are office_reach, and the records of partnership whose parts are seen as they are (a clearance reads no table).
    What is asked of a new row may read others: they are read under the policy for reading, and so end there.
    """
    import re

    read = {
        name
        for (text,) in owner_sql("SELECT qual FROM pg_policies WHERE qual IS NOT NULL")
        for name in re.findall(r"(?:FROM|JOIN) \(*(\w+)", text)
    }
    guarded = {name for (name,) in owner_sql("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert "office_reach" in read
    assert {name for name in read & guarded if not name.startswith("partnership_")} == {"office_reach"}
    ask = "SELECT tablename FROM pg_policies WHERE tablename = ANY (%s) AND qual ~ 'FROM'"
    assert owner_sql(ask, [list(read & guarded)]) == []


def test_every_table_with_data_of_a_person_has_a_policy(owner_sql, keys):
    assert (
        owner_sql(
            "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relrowsecurity"
            " AND a.attname IN ('person_id', 'case_id', 'referral_id', 'object_id', 'sealed', 'pgh_obj_id')"
            " AND has_any_column_privilege('palermo_app', c.oid, 'SELECT')"
        )
        == []
    )


def test_every_definers_function_has_a_fixed_search_path(owner_sql, keys):
    assert (
        owner_sql(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef"
            " AND NOT coalesce(p.proconfig, '{}') && ARRAY['search_path=pg_catalog, public, pg_temp', 'search_path=pg_catalog, public']"
        )
        == []
    )


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT reltuples FROM pg_class WHERE relname = 'office_person'",
        "SELECT relpages FROM pg_class WHERE relname = 'office_person'",
        "SELECT * FROM pg_class",
        "SELECT pg_relation_size('office_person')",
        "SELECT pg_total_relation_size('office_person')",
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT n_tup_ins FROM pg_stat_xact_user_tables",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_database",
        "SELECT pg_current_wal_insert_lsn()",
        "SELECT pg_database_size(current_database())",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT pg_logical_emit_message(true, 'a', 'b'::bytea)",
        "SELECT * FROM pg_control_checkpoint()",
        "SELECT pg_current_xact_id()",
        "SELECT pg_current_xact_id_if_assigned()",
        "SELECT txid_current()",
        "SELECT pg_current_snapshot()",
        "SELECT age('3'::xid)",
    ],
)
def test_the_servers_own_statistics_tell_no_count(as_app, house, enter, statement):
    from palermo.web.database import server

    with server().connect() as administrator:
        if not administrator.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:
            pytest.skip("The administrator of this server is no superuser; docs/access.md says what remains.")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), enter(as_app, house.border_officer):
        as_app.execute(statement)


def test_statements_of_other_sessions_are_not_kept(as_app, house):
    from palermo.web.database import server

    if server().embedded is None:
        pytest.skip("The administrator of this server may be no superuser.")
    assert as_app.execute("SHOW track_activities").fetchone() == ("off",)
