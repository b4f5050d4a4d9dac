"""What is held of a linkage is deleted when its day is past, whether or not anybody thought of it."""

from palermo.office import clock
from palermo.office.domain.acting import acting_as, log
from palermo.office.enums import AgencyKind
from palermo.office.models import Member
from palermo.prevention.domain.pairs import end
from palermo.prevention.enums import LinkingState
from palermo.prevention.models import Linking

EXPIRE = "prevention.delete_held_files"


def delete_expired() -> int:
    """Delete the files of every linkage whose day is past, as the automatic hand of its agency; how many those were."""
    hands = Member.objects.filter(kind=Member.Kind.SYSTEM, is_active=True)
    deleted = 0
    for hand in hands.exclude(agency__kind=AgencyKind.MIGRATION_ENFORCEMENT).select_related("agency"):
        with acting_as(hand):
            for linking in Linking.objects.filter(state=LinkingState.REVIEW, until__lte=clock.now()):
                end(linking, LinkingState.DISCARDED)
                log(EXPIRE, object_id=linking.pk)
                deleted += 1
    return deleted
