"""Whether counts scatter more about a model than independent persons would."""

from collections.abc import Mapping

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats, Ints, superset_sums
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.hierarchical import fit_model
from palermo.prevention.methods.estimation.stepwise import open_table

SIMULATED = 999
DOUBTFUL, CLOSER = 0.02, 9_999  # a probability this low is looked at again, since groups share a small rate
PROBABILITY = "probability of a larger deviance"


@compiled
def _deviances(tables: Floats, lists: int, model: Ints) -> Floats:
    out = np.empty(tables.shape[0])
    for row in range(tables.shape[0]):
        out[row], _ = fit_model(tables[row], superset_sums(tables[row], lists), lists, model)
    return out


def dispersion(counts: Floats, lists: int, model: Ints, *, seed: int) -> dict[str, float]:
    """Residual deviance, degrees of freedom and the probability of a larger deviance if the model were true.

    Tables this sparse have no chi-square deviance, so the probability comes from 999 tables simulated from the fit;
    where it is low, from 9,999 others, so that the noise of the simulation does not decide.

    Args:
        counts: (2^t,) observed counts.
        lists: t.
        model: effects with the intercept and main effects.
        seed: of the simulation.
    """
    open_cells = open_table(lists)
    effects = finite_effects(model, superset_sums(counts, lists), open_cells)
    _, means, deviance = fit(counts, effects, open_cells, lists)
    rng = np.random.default_rng([seed, 2])
    probability = _probability(rng, means, lists, model, deviance, SIMULATED)
    if probability < DOUBTFUL:
        probability = _probability(rng, means, lists, model, deviance, CLOSER)
    return {
        "deviance": float(deviance),
        "degrees of freedom": float(open_cells.sum() - effects.size),
        PROBABILITY: probability,
    }


def _probability(
    rng: np.random.Generator, means: Floats, lists: int, model: Ints, deviance: float, tables: int
) -> float:
    drawn = rng.poisson(means, size=(tables, means.size)).astype(np.float64)
    simulated = _deviances(drawn, lists, model)
    sound = simulated[np.isfinite(simulated)]
    return float((1 + (sound >= deviance).sum()) / (1 + sound.size))


def dispersion_warning(scatter: Mapping[str, float], *, rate: float) -> tuple[str, ...]:
    """A warning where a deviance as large is less probable than a rate under the model."""
    if scatter[PROBABILITY] >= rate:
        return ()
    told = (
        f"Over-dispersion: the counts scatter more than the model allows (deviance {scatter['deviance']:.1f} on "
        f"{scatter['degrees of freedom']:.0f}); its intervals are too narrow."
    )
    return (told,)
