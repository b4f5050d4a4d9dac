"""To decide, once, how much may be told about anybody in a study."""

from django.db import transaction

from palermo.office import clock
from palermo.office.domain.acting import log
from palermo.office.domain.rights import allow
from palermo.office.enums import Role
from palermo.office.models import Member
from palermo.prevention.domain.once import insert_once
from palermo.prevention.domain.studies import require_open, said
from palermo.prevention.models import Budget, Study
from palermo.vocabulary.errors import Refusal

SET = allow("prevention.set_budget", Role.ANALYST)
#: The chance that privacy fails altogether; less than one over the persons of any study.
DELTA = 1e-6
MOST = 20.0


def _decided() -> Refusal:
    return Refusal("the budget is decided", where="epsilon", remedy="It is not raised: what was told stays told.")


@transaction.atomic
def set_budget(*, member: Member, study: Study, epsilon: float, reason: str) -> Budget:
    """Decide what all releases of a study together may tell: epsilon at one in a million. It is never raised."""
    from palermo.prevention.methods.release import rho_for  # noqa: PLC0415 -- heavy

    require_open(member=member, study=study, verb=SET)
    why = said(reason, where="reason", remedy="One sentence on who agreed to it and why so much.")
    if not 0 < epsilon <= MOST:
        raise Refusal("epsilon must be above 0 and at most 20", where="epsilon", remedy="Between 1 and 4 is usual.")
    if Budget.objects.filter(study=study).exists():
        raise _decided()
    kept = Budget(
        agency=member.agency,
        study=study,
        epsilon=epsilon,
        delta=DELTA,
        rho=rho_for(epsilon, DELTA),
        reason=why[:300],
        set_at=clock.now(),
        set_by=member.pk,
    )
    insert_once(kept, otherwise=_decided())
    log(SET, object_id=kept.pk)
    return kept
