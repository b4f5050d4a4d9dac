"""The paper that is handed to the person tells whoever finds it nothing of what happened to them."""

import re

import pytest
from django.urls import reverse

from palermo.office.enums import AgencyKind, Purpose
from palermo.office.plain_words import all_words, kind_words, purpose_words
from palermo.protection.domain.identification import decide_identification
from palermo.protection.domain.referrals import accept_referral

TELLING = re.compile(
    r"traffick|victim|exploit|police|crime|criminal|prosecut|offence|prostitut|identification", re.IGNORECASE
)


def test_no_word_of_the_report_tells():
    said = {verb: str(words) for verb, words in all_words().items()}
    said |= {kind: kind_words(kind) for kind in AgencyKind} | {use: purpose_words(use) for use in Purpose}
    assert {source: words for source, words in said.items() if TELLING.search(words)} == {}


@pytest.mark.parametrize("outcome", ["identified", "not_identified"])
def test_the_printed_report_of_a_full_case(world, browser, make, do, outcome):
    case = make.case()
    to_police = make.referral(case, "police", purpose="investigation", services=("police_protection",))
    do(world.police_manager, accept_referral, referral=to_police)
    kinds = ("identity", "screening")
    asked = make.referral(case, "authority", purpose="identification", kinds=kinds, services=("identification",))
    asked = do(world.decider, accept_referral, referral=asked)
    do(world.decider, decide_identification, referral=asked, outcome=outcome, reason="All that was told fits together")
    page = browser(world.manager).get(reverse("office:report", args=[case.person_id])).content.decode()
    paper = page.split('<article class="paper">')[1].split("</article>")[0]
    for words in ("Public safety service", "Authority that decides on rights", "decided on your rights"):
        assert words in paper
    assert TELLING.findall(paper) == []


def test_the_page_of_rights_leads_back_to_the_case(world, browser, make):
    case, arrival = make.case(), make.person("Second", member=world.manager)
    manager = browser(world.manager)
    for person, name, args in ((case.person_id, "case", case.pk), (arrival.pk, "person", arrival.pk)):
        page = manager.get(reverse("office:person", args=[person])).content.decode()
        assert f'href="{reverse(f"protection:{name}", args=[args])}"' in page.split("<h1")[0].split("<main")[1]
