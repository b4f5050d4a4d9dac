"""What the login of the public and of migration enforcement may: sign in, read whom to call, leave a line in the log.

Neither notices nor anything else whose rows tell how much happens.
"""

from django.db import migrations

from palermo.office.rls import at_the_door

_POLICIES = tuple(
    (f"{table}_{act}", table)
    for table, acts in (
        ("office_member", ("reads", "updates")),
        ("mfa_authenticator", ("reads", "inserts", "updates", "deletes")),
    )
    for act in acts
)


class Migration(migrations.Migration):
    dependencies = [("office", "0003_tasks")]

    operations = [
        at_the_door(
            {
                "office_agency": "SELECT",
                "office_site": "SELECT",
                "office_member": "SELECT, UPDATE (password, name, email, must_change_password)",
                "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
            },
            functions=(
                "office_now()",
                "office_me()",
                "office_keys()",
                "office_append(jsonb)",
                "office_lock_chains(uuid[])",
            ),
            policies=_POLICIES,
        ),
        migrations.RunSQL(
            """
            DROP TRIGGER office_guard_factor ON mfa_authenticator;
            CREATE TRIGGER office_guard_factor BEFORE UPDATE ON mfa_authenticator FOR EACH ROW
                WHEN (current_user IN ('palermo_app', 'palermo_door')) EXECUTE FUNCTION office_guard_factor();
            """,
            """
            DROP TRIGGER office_guard_factor ON mfa_authenticator;
            CREATE TRIGGER office_guard_factor BEFORE UPDATE ON mfa_authenticator
                FOR EACH ROW WHEN (current_user = 'palermo_app') EXECUTE FUNCTION office_guard_factor();
            """,
        ),
    ]
