"""What a form says of the budget that it spends of."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palermo.prevention.queries.releases import Spent


def told_so_far(spent: Spent | None) -> Promise | str:
    """How much of a study's budget is spent; that none is decided where there is none."""
    if spent is None:
        return _("No budget is decided yet; decide on it first.")
    return _("Told so far: epsilon %(told).2f of %(all)g.") % {"told": spent.told, "all": spent.budget.epsilon}
