"""Poisson tail probabilities inside compiled code (regularised incomplete gamma; series and continued fraction)."""

import math

from palermo.prevention.methods.estimation.compiled import compiled

SMALL = 1e-16
FLOOR = 1e-300


@compiled
def _lower_gamma(shape: float, x: float) -> float:
    """P(shape, x) by its series; for x < shape + 1."""
    term = total = 1.0 / shape
    k = shape
    while abs(term) > abs(total) * SMALL:
        k += 1.0
        term *= x / k
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape))


@compiled
def _upper_gamma(shape: float, x: float) -> float:
    """Q(shape, x) by Lentz's continued fraction; for x >= shape + 1."""
    b = x + 1.0 - shape
    c = 1.0 / FLOOR
    d = 1.0 / b
    out = d
    for k in range(1, 10_000):
        a = -k * (k - shape)
        b += 2.0
        d = a * d + b
        if abs(d) < FLOOR:
            d = FLOOR
        c = b + a / c
        if abs(c) < FLOOR:
            c = FLOOR
        d = 1.0 / d
        out *= d * c
        if abs(d * c - 1.0) < SMALL * 4:
            break
    return out * math.exp(shape * math.log(x) - x - math.lgamma(shape))


@compiled
def smaller_tail(count: float, mean: float) -> float:
    """The smaller of P(X <= count) and P(X >= count) for X Poisson with this mean.

    It is the p-value by which Chan, Silverman & Vincent (2021) judge an overlap against the model without it.
    """
    if mean <= 0:
        return 1.0 if count == 0 else 0.0
    shape = count + 1.0
    at_most = 1.0 - _lower_gamma(shape, mean) if mean < shape + 1.0 else _upper_gamma(shape, mean)
    if count == 0:
        return min(1.0, at_most)
    at_least = _lower_gamma(count, mean) if mean < count + 1.0 else 1.0 - _upper_gamma(count, mean)
    return min(at_most, at_least)
