"""How many people no list knows: multiple systems estimation, with its uncertainty told honestly.

>>> from palermo.prevention.methods import estimation
>>> lists = estimation.from_histories(names, histories, counts)
>>> estimation.survey(lists).conclusion
"""

from palermo.prevention.methods.choices import KINDS, METHODS, Method
from palermo.prevention.methods.estimation.bayes import by_bayes
from palermo.prevention.methods.estimation.decomposable import by_decomposable
from palermo.prevention.methods.estimation.latent import by_latent
from palermo.prevention.methods.estimation.lists import Lists, from_histories, require_usable
from palermo.prevention.methods.estimation.log_linear import by_bic, by_stepwise, near_ties
from palermo.prevention.methods.estimation.results import Estimate, Interval
from palermo.prevention.methods.estimation.sensitivity import Variant, variants
from palermo.prevention.methods.estimation.strata import Strata, Stratum, by_strata
from palermo.prevention.methods.estimation.survey import Survey, by_method, conclude, left_out, survey, tied

__all__ = [
    "KINDS",
    "METHODS",
    "Estimate",
    "Interval",
    "Lists",
    "Method",
    "Strata",
    "Stratum",
    "Survey",
    "Variant",
    "by_bayes",
    "by_bic",
    "by_decomposable",
    "by_latent",
    "by_method",
    "by_stepwise",
    "by_strata",
    "conclude",
    "from_histories",
    "left_out",
    "near_ties",
    "require_usable",
    "survey",
    "tied",
    "variants",
]
