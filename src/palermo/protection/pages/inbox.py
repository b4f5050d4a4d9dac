"""Referrals by deadline: the provider's inbox, and what one's own agency sent."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palermo.office.domain.rights import may
from palermo.office.enums import Purpose
from palermo.protection.domain.referrals import ANSWER, SEND
from palermo.protection.enums import OPEN_REFERRALS, ReferralState, ServiceKind
from palermo.protection.models import Referral
from palermo.protection.pages import tones
from palermo.protection.pages.clocks import DueColumn
from palermo.protection.pages.doors import reads
from palermo.protection.pages.tones import in_a_row
from palermo.protection.queries.referrals import inbox as inbox_of
from palermo.protection.queries.referrals import outbox
from palermo.protection.templatetags.protection import reference
from palermo.ui.components.status import badge
from palermo.ui.tables import BadgeColumn, MainColumn, WorkTable

PER_PAGE = 25


class Narrow(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("open")), ("all", _("all")), *ReferralState.choices]
    )
    purpose = forms.ChoiceField(label=_("For"), required=False, choices=[("", _("anything")), *Purpose.choices])
    first = forms.ChoiceField(
        label=_("First"),
        required=False,
        choices=[("", _("all")), ("urgent", _("urgent")), ("child", _("children"))],
    )

    def narrow(self, referrals: QuerySet[Referral]) -> QuerySet[Referral]:
        asked = self.cleaned_data if self.is_valid() else {}
        state = asked.get("state")
        if not state:
            referrals = referrals.filter(state__in=OPEN_REFERRALS)
        elif state != "all":
            referrals = referrals.filter(state=state)
        if asked.get("purpose"):
            referrals = referrals.filter(purpose=asked["purpose"])
        if asked.get("first"):
            referrals = referrals.filter(**{asked["first"]: True})
        return referrals


class Referrals(WorkTable):
    number = MainColumn(
        verbose_name=_("Referral"),
        accessor="pk",
        linkify=("protection:referral", {"pk": tables.A("pk")}),
        orderable=False,
    )
    # What decides comes first: on a narrow page the rest folds under it.
    due_at = DueColumn(verbose_name=_("Answer"), done="answered_at")
    first = tables.Column(verbose_name=_("First"), accessor="urgent", orderable=False)
    state = BadgeColumn(tones.REFERRAL, verbose_name=_("State"))
    services = tables.Column(verbose_name=_("Asked for"), orderable=False)
    purpose = tables.Column(verbose_name=_("For"))
    other = tables.Column(verbose_name=_("From"), accessor="sender")
    sent_at = tables.DateTimeColumn(verbose_name=_("Sent"), format="SHORT_DATETIME_FORMAT")

    caption = _("Received")
    ended = _("Stop using the data")
    empty_help = _("When an agency refers somebody to you, it stands here with its deadline.")

    class Meta(WorkTable.Meta):
        attrs = {"class": "work"}

    def render_number(self, record: Referral) -> Any:
        return reference(record)

    def render_first(self, record: Referral) -> Any:
        marks = [badge(_("Urgent"), "danger")] if record.urgent else []
        marks += [badge(_("Child"), "info", "child")] if record.child else []
        marks += [badge(self.ended, "danger", "lock")] if record.data_ended else []
        return in_a_row(marks)

    def render_services(self, record: Referral) -> Any:
        labels = dict(ServiceKind.choices)
        return ", ".join(str(labels.get(code, code)) for code in record.services)


class Sent(Referrals):
    other = tables.Column(verbose_name=_("To"), accessor="recipient")
    caption = _("Sent")
    ended = _("Data no longer shared")
    empty_help = _("Refer from a case: what you send stands here until it is done.")


def _list(request: HttpRequest, table_class: type[Referrals], found: QuerySet[Referral], here: str) -> HttpResponse:
    form = Narrow(request.GET or None)
    table = table_class(form.narrow(found), empty_text=_("Nothing is open"))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    rights = {"inbox": ANSWER, "sent": SEND}
    labels = {"inbox": _("Received"), "sent": _("Sent")}
    tabs = [
        {"label": labels[name], "url": reverse(f"protection:{name}"), "current": name == here}
        for name, verb in rights.items()
        if may(request.user, verb)
    ]
    context = {"table": table, "form": form, "found": table.paginator.count, "tabs": tabs, "here": here}
    return render(request, "protection/inbox.html", context)


@reads(ANSWER)
def inbox(request: HttpRequest) -> HttpResponse:
    return _list(request, Referrals, inbox_of(request.user.agency), "inbox")


@reads(SEND)
def sent(request: HttpRequest) -> HttpResponse:
    return _list(request, Sent, outbox(request.user.agency), "sent")
