"""What several verbs check and count in the same way: the next number, days that have come, amounts without a sign."""

import datetime as dt

from django.db.models import Max, Model

from palermo.office import clock
from palermo.prosecution.enums import AuthorityKind
from palermo.prosecution.formats.amount import one_amount
from palermo.prosecution.models import Investigation, LawfulAuthority
from palermo.vocabulary.errors import Refusal


def lock(investigation: Investigation, record: Model | None = None, *fields: str) -> None:
    """Let no other verb number, take or share in the investigation until this transaction is over.

    Records that point at the investigation may be written meanwhile: its key is not locked.

    Args:
        record: what the verb decides on. Its fields are read anew: whoever held the lock before may have changed them.
        fields: which of them.
    """
    Investigation.objects.select_for_update(no_key=True).filter(pk=investigation.pk).exists()
    if record is not None:
        record.refresh_from_db(fields=fields)


def next_number(kind: type[Model], investigation: Investigation) -> int:
    """The number of the next record of a kind within an investigation, which stays locked."""
    lock(investigation)
    found = kind._default_manager.filter(investigation=investigation)  # noqa: SLF001 -- Django's own name for it
    return int(found.aggregate(n=Max("number"))["n"] or 0) + 1


def come(on: dt.date, where: str = "on") -> None:
    """Refuse a day that has not come."""
    if on > clock.now().date():
        raise Refusal("this has not happened yet", where=where, remedy="Record it when it has.")


def said(text: str, where: str, remedy: str) -> str:
    """A text that must be given, without spaces around it."""
    if not text.strip():
        raise Refusal("this is missing", where=where, remedy=remedy)
    return text.strip()


def amount_of(text: str, currency: str, where: str, *, least: int = 0) -> int:
    """Decimal text in minor units; nothing stands for nought.

    Args:
        least: 1 where nought will not do.
    """
    minor = one_amount(text.strip() or "0", currency, where=where)
    if minor < least:
        what = "this is no amount" if least else "an amount is negative"
        raise Refusal(what, where=where, remedy="Give it in figures, without a sign.")
    return minor


def order_of(order: LawfulAuthority | None, investigation: Investigation, on: dt.date) -> LawfulAuthority:
    """The order of a court or prosecutor on which a step rests, in force on its day."""
    if order is None or order.investigation_id != investigation.pk or order.kind != AuthorityKind.ORDER:
        raise Refusal("say on which order", where="order", remedy="Record the order of the court or prosecutor first.")
    if not order.in_force(on):
        raise Refusal("the order is not in force on that day", where="order", remedy="Choose another, or correct it.")
    return order
