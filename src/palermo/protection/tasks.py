"""Background work of protection."""

from palermo.office.tasks import regular
from palermo.protection.domain.escalation import escalate_overdue


@regular("protection.escalate_overdue", cron="*/5 * * * *")
def _escalate() -> int:
    return escalate_overdue()
