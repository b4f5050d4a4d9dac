"""Whether counts scatter more about a model than independent persons would."""

import numpy as np

from palermo.prevention.methods.estimation.cells import Floats, Ints, superset_sums
from palermo.prevention.methods.estimation.compiled import compiled
from palermo.prevention.methods.estimation.fit import finite_effects, fit
from palermo.prevention.methods.estimation.hierarchical import fit_model
from palermo.prevention.methods.estimation.stepwise import open_table

SIMULATED = 999
SUSPECT = 0.01


@compiled
def _deviances(tables: Floats, lists: int, model: Ints) -> Floats:
    out = np.empty(tables.shape[0])
    for row in range(tables.shape[0]):
        out[row], _ = fit_model(tables[row], superset_sums(tables[row], lists), lists, model)
    return out


def dispersion(counts: Floats, lists: int, model: Ints, *, seed: int) -> dict[str, float]:
    """Residual deviance, degrees of freedom and the probability of a larger deviance if the model were true.

    Tables this sparse have no chi-square deviance, so the probability comes from 999 tables simulated from the fit.

    Args:
        counts: (2^t,) observed counts.
        lists: t.
        model: effects with the intercept and main effects.
        seed: of the simulation.
    """
    open_cells = open_table(lists)
    effects = finite_effects(model, superset_sums(counts, lists), open_cells)
    _, means, deviance = fit(counts, effects, open_cells, lists)
    drawn = np.random.default_rng([seed, 2]).poisson(means, size=(SIMULATED, means.size)).astype(np.float64)
    simulated = _deviances(drawn, lists, model)
    sound = simulated[np.isfinite(simulated)]
    return {
        "deviance": float(deviance),
        "degrees of freedom": float(open_cells.sum() - effects.size),
        "probability of a larger deviance": float((1 + (sound >= deviance).sum()) / (1 + sound.size)),
    }
