"""To link a victim of an investigation with the case that protection holds: by consent, and never backwards."""

from uuid import UUID

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Purpose, Role
from palermo.office.models import Member
from palermo.prosecution.domain.investigations import require_open
from palermo.prosecution.models import Party, VictimLink
from palermo.prosecution.queries.links import offers
from palermo.vocabulary.errors import Refusal

LINK = allow("prosecution.link_victim", Role.INVESTIGATOR)
END = allow("prosecution.end_link", Role.INVESTIGATOR)


@transaction.atomic
def link_victim(*, member: Member, party: Party, referral_id: UUID) -> VictimLink:
    """Link a victim with a referral for investigation that this agency received.

    The person (or, for a child, who weighed the child's interests) agreed to that purpose and this recipient: the
    database looks at it again, and each time the link is used.

    Raises:
        Refusal: no such referral, or its basis stands no longer.
    """
    require_open(member=member, investigation=party.investigation, verb=LINK)
    if not party.is_victim:
        raise Refusal("only a victim is linked", where="party", remedy="Give the person that role first.")
    if referral_id not in {one.referral_id for one in offers()}:
        raise Refusal(
            "there is no referral for investigation whose basis stands",
            where="referral_id",
            remedy="The agency that protects the person asks for consent and refers.",
        )
    if VictimLink.objects.filter(party=party, ended_at=None).exists():
        raise Refusal("the person is linked already", where="party", remedy="End that link first.")
    link = VictimLink(
        agency=member.agency,
        investigation=party.investigation,
        party=party,
        referral_id=referral_id,
        linked_at=clock.now(),
        linked_by=member.pk,
    )
    link.save(force_insert=True)
    log(LINK, object_id=link.pk, purpose=Purpose.INVESTIGATION)
    return link


@transaction.atomic
def end_link(*, member: Member, link: VictimLink) -> None:
    """End a link (the wrong person, or no longer needed)."""
    require_open(member=member, investigation=link.investigation, verb=END)
    VictimLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=clock.now())
    log(END, object_id=link.pk)
