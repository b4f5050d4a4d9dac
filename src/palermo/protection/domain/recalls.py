"""To call back data that went out on another basis than consent: consent is withdrawn, this is recalled."""

from django.db import transaction

from palermo.office.domain.acting import log
from palermo.office.domain.disclosure import end_share
from palermo.office.domain.rights import NotAllowed, allow, require
from palermo.office.enums import LawfulBasis, Role
from palermo.office.models import Disclosure, Member
from palermo.protection.enums import RecallReason
from palermo.protection.models import Referral
from palermo.vocabulary.errors import Refusal

RECALL = allow("protection.recall_disclosure", Role.CASE_MANAGER)


@transaction.atomic
def recall_disclosure(*, member: Member, referral: Referral, reason: str) -> Disclosure:
    """Call back what went with a referral, e.g. when the guardian turns out to be implicated; it goes dark at once.

    Args:
        reason: a `RecallReason`; kept as a code in the access log.

    Returns:
        The ended disclosure; `opened_at` says whether the recipient had read it by then.

    Raises:
        NotAllowed: not a case manager of the sender.
        Refusal: it rests on consent, was recalled already, or no reason is given.
    """
    require(member, RECALL)
    if member.agency_id != referral.sender_id:
        raise NotAllowed(RECALL, "only the agency that sent the data recalls them")
    if reason not in RecallReason.values:
        raise Refusal("say why the data are recalled", where="reason", remedy="Choose a reason.")
    disclosure = Disclosure.objects.get(pk=referral.disclosure_id)
    if disclosure.basis == LawfulBasis.CONSENT:
        raise Refusal("these data rest on consent", where="basis", remedy="Withdraw the consent with the person.")
    if disclosure.recalled_at is not None:
        raise Refusal("the data were recalled already", where="referral", remedy="Load the page again.")
    end_share(disclosure_id=disclosure.id, tell=True)
    log(RECALL, object_id=disclosure.id, person_id=referral.person_id, purpose=referral.purpose, reason=reason)
    disclosure.refresh_from_db()
    return disclosure
