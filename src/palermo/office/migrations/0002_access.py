"""Row-level security, the functions that give reach, the chained log."""

from django.db import migrations

from palermo.office.rls import guard, need_to_know, open_table, own_agency, sql_file

_DIRECTORY_OF_MEMBERS = "SELECT, UPDATE (password, last_login, name, email)"


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

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
            "office_opened(uuid)",
            "office_open_emergency(text, text)",
            "office_search(bytea[], text)",
            "office_keys()",
            "office_appoint(uuid, text, text, varchar[], text)",
            "office_dismiss(uuid)",
        ),
        sql_file(__file__, "log.sql", "office_append(jsonb)", "office_access_report(uuid)"),
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
            writes="(SELECT office_my_agency()) IS NOT NULL",
            may="SELECT, INSERT, UPDATE (read_at)",
        ),
        need_to_know("office_person", "id", may="SELECT, INSERT, UPDATE (path, age, sex, citizenship, language, site_id, alone)"),
        need_to_know("office_sealedidentity", "person_id", may="SELECT, INSERT, UPDATE"),
        need_to_know("office_blindtoken", "person_id", may="SELECT, INSERT, DELETE"),
        own_agency("office_search", asks="office_overseen"),
        need_to_know("office_consent", "person_id", may="SELECT, INSERT"),
        need_to_know("office_disclosure", "person_id", may="SELECT, INSERT"),
        guard(
            "office_rightsrequest",
            reads="agency_id = (SELECT office_overseen()) OR EXISTS (SELECT FROM office_reach r"
            " WHERE r.object_id = office_rightsrequest.person_id AND r.agency_id = (SELECT office_desk())"
            " AND r.until > (SELECT office_now()) AND r.writes)",
            writes="agency_id IN ((SELECT office_overseen()), (SELECT office_desk()))",
            may="SELECT, INSERT, UPDATE (answered_at, answer)",
        ),
        need_to_know("office_personevent", "id"),
        need_to_know("office_consentevent", "person_id"),
        need_to_know("office_disclosureevent", "person_id"),
        own_agency("office_rightsrequestevent", asks="office_overseen"),
    ]
