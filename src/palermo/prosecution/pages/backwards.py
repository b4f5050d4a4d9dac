"""To ask where one payment came from."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from palermo.prosecution.domain.analyses import BACK, ask_back
from palermo.prosecution.pages.doors import acts, address, form_page, sent
from palermo.prosecution.pages.money import asking, book_of
from palermo.prosecution.queries.books import units_of


class BackForm(forms.Form):
    row = forms.CharField(
        label=_("Which payment? Its row in the ledger"),
        max_length=80,
        help_text=_("The id stands with every row of an account."),
    )
    opening_enough = forms.BooleanField(
        label=_("Accounts whose statements nobody holds were never overdrawn"), required=False, initial=True
    )
    through_unproven = forms.BooleanField(label=_("Follow also through accounts that are not proven"), required=False)


@acts(BACK)
def back_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where did the price of this flat come from: one payment, followed back."""
    one = book_of(pk)
    units_of(one)

    def act(said: dict[str, Any]) -> str:
        return address("analysis", ask_back(member=request.user, book=one, **said).pk)

    form = BackForm(sent(request), initial={"row": request.GET.get("row", "")[:80]})
    return form_page(request, asking(one, _("Where did a payment come from?"), _("Follow it back")), form, act)
