"""What a form or a verb names of the methods; it imports nothing that computes, so the site starts with it alone."""

from collections.abc import Mapping
from typing import Literal, get_args

Method = Literal["stepwise", "bic", "bayes", "decomposable", "latent"]
METHODS: tuple[Method, ...] = get_args(Method)

#: How an interval was made.
KINDS: Mapping[str, str] = {
    "bca": "bias-corrected and accelerated bootstrap, the choice of model repeated in every resample",
    "percentile": "plain percentiles of the same bootstrap",
    "conditional": "as if the chosen model were known to be right; too narrow",
    "credible": "posterior probability under the method's prior",
}

#: Methods whose points are no further apart than by this factor agree.
AGREE = 1.25

#: Least count of any value, pair and kind of record that a release shows.
FLOOR = 15
#: Standards whose public lists of codes a release may use.
PRESETS = ("ctdc-2021", "ctdc-2024", "htcds")
