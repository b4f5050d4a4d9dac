"""Row-level security, the functions that give reach, the chained log."""

from django.db import migrations

from palermo.office.rls import guard, need_to_know, open_table, own_agency, sql_file

_DIRECTORY_OF_MEMBERS = "SELECT, UPDATE (password, name, email, must_change_password)"


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        sql_file(
            __file__,
            "access.sql",
            "office_now()",
            "office_me()",
            "office_my_agency()",
            "office_desk()",
            "office_overseen()",
            "office_claim(uuid, text)",
            "!office_unlawful(office_disclosure)",
            "office_share(uuid, uuid, text)",
            "office_withdraw(uuid)",
            "office_end_share(uuid, boolean)",
            "office_opened(uuid)",
            "office_open_emergency(text, bytea)",
            "office_search(bytea[], bytea)",
            "office_notify(uuid, text, uuid, text)",
            "office_keys()",
            "office_appoint(uuid, text, text, varchar[], text)",
            "office_dismiss(uuid)",
            "office_renew(uuid, text)",
            "!office_administered()",
            "!office_guard_factor()",
        ),
        sql_file(
            __file__,
            "log.sql",
            "office_append(jsonb)",
            "office_lock_chains(uuid[])",
            "office_access_report(uuid)",
            "office_codes(uuid[])",
            "!office_write_lines(jsonb)",
            "!office_owe_line(uuid, text, uuid, uuid, jsonb)",
            "!office_take_owed()",
            "!office_write_owed()",
            "!office_at_public_door(uuid)",
        ),
        open_table("office_agency"),
        open_table("office_site"),
        # Everybody signs in, so the list of members is readable; each may change only the own row, and nobody's roles.
        guard("office_member", reads="true", writes="id = (SELECT office_me())", may=_DIRECTORY_OF_MEMBERS),
        own_agency("office_reach", asks="office_desk"),
        own_agency("office_chainhead", asks="office_overseen"),
        own_agency("office_logline", asks="office_overseen"),
        guard(
            "office_emergencyopening",
            reads="owner_id = (SELECT office_overseen()) OR owner_id = (SELECT office_desk())"
            " OR opener_id = (SELECT office_overseen()) OR opener_id = (SELECT office_desk())",
            writes="owner_id = (SELECT office_overseen())",
            may="SELECT, UPDATE (reviewed_at, review)",
        ),
        guard(
            "office_notice",
            reads="agency_id = (SELECT office_my_agency())",
            writes="agency_id = (SELECT office_my_agency())",
            # By column, so that ctid and xmin do not tell how many notices others got in between.
            may="SELECT (id, agency_id, kind, about_id, text, at, read_at), UPDATE (read_at)",
        ),
        need_to_know("office_person", "id", and_own="agency_id", may="SELECT, INSERT, UPDATE (path, age, sex, citizenship, language, site_id, alone)"),
        need_to_know("office_sealedidentity", "person_id", may="SELECT, INSERT, UPDATE"),
        need_to_know("office_blindtoken", "person_id", and_own="agency_id", may="SELECT, INSERT, DELETE"),
        own_agency("office_search", asks="office_overseen"),
        need_to_know("office_consent", "person_id", may="SELECT, INSERT", inserts="withdrawn_at IS NULL"),
        need_to_know(
            "office_disclosure",
            "person_id",
            may="SELECT, INSERT",
            inserts="opened_at IS NULL AND recalled_at IS NULL AND member_id = (SELECT office_me())",
        ),
        guard(
            "office_rightsrequest",
            reads="agency_id = (SELECT office_overseen()) OR EXISTS (SELECT FROM office_reach r"
            " WHERE r.object_id = office_rightsrequest.person_id AND r.agency_id = (SELECT office_desk())"
            " AND r.until > (SELECT office_now()) AND r.writes)",
            writes="agency_id = (SELECT office_overseen())",
            inserts="agency_id = (SELECT office_desk()) AND answered_at IS NULL AND EXISTS (SELECT FROM office_reach r"
            " WHERE r.object_id = office_rightsrequest.person_id AND r.agency_id = (SELECT office_desk())"
            " AND r.until > (SELECT office_now()) AND r.writes)",
            may="SELECT, INSERT, UPDATE (answered_at, answer)",
        ),
        need_to_know("office_personevent", "id"),
        need_to_know("office_consentevent", "person_id"),
        need_to_know("office_disclosureevent", "person_id"),
        own_agency("office_rightsrequestevent", asks="office_overseen"),
        # Whoever signs in is not known yet, so factors are readable (their secrets are sealed); each changes only the own.
        guard(
            "mfa_authenticator",
            reads="true",
            writes="user_id = (SELECT office_me())",
            may="SELECT, INSERT, UPDATE, DELETE",
        ),
        migrations.RunSQL(
            """
            DROP POLICY mfa_authenticator_updates ON mfa_authenticator;
            CREATE POLICY mfa_authenticator_updates ON mfa_authenticator FOR UPDATE TO palermo_app USING (true);
            CREATE TRIGGER office_guard_factor BEFORE UPDATE ON mfa_authenticator
                FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION office_guard_factor();
            """,
            "DROP TRIGGER office_guard_factor ON mfa_authenticator;",
        ),
    ]
