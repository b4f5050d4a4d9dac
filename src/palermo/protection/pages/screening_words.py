"""What a person told in a screening in their own words: opened by a click that is logged."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from palermo.protection.domain.screenings import READ_ACCOUNT, read_account
from palermo.protection.enums import ScreeningState
from palermo.protection.models import Screening
from palermo.protection.pages.doors import posts
from palermo.protection.pages.question_words import question_words


@posts(READ_ACCOUNT)
def screening_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Screening.objects.select_related("person"), pk=pk, state=ScreeningState.FINISHED)
    account = read_account(member=request.user, screening=found)
    words = [(question_words(question), said) for question, said in account.items()]
    return render(request, "protection/screening_words.html", {"screening": found, "words": words})
