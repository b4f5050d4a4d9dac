"""Exact shares of whole units: products beyond 64 bits, and largest-remainder rounding that loses nothing."""

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Ints

_MAX = 2**63 - 1


@kernel
def muldiv(a: int, b: int, c: int) -> tuple[int, int]:
    """Quotient and remainder of ``a·b / c`` for 0 ≤ a < 2⁶², 0 ≤ b ≤ c < 2⁶², c > 0, without overflow."""
    if b == 0 or a <= _MAX // b:
        product = a * b
        return product // c, product % c
    quotient, remainder = 0, 0
    for shift in range(61, -1, -1):
        quotient, remainder = quotient * 2, remainder * 2
        if remainder >= c:
            quotient, remainder = quotient + 1, remainder - c
        if (a >> shift) & 1:
            remainder += b
            if remainder >= c:
                quotient, remainder = quotient + 1, remainder - c
    return quotient, remainder


@kernel
def largest_remainder(take: int, total: int, clean: int, parts: Ints, n: int, out: Ints) -> None:
    """Divide `take` among a clean part and `n` claims in proportion to what each has in `total`.

    Every party first gets its share rounded down; the units left over go one each to the largest remainders,
    the clean part before a claim and an earlier claim before a later where remainders are equal. The parts sum to
    `take` exactly and none exceeds what the party has. ``out[:n]`` receives the claims' parts.
    """
    remainder = np.zeros(n + 1, dtype=np.int64)
    share, remainder[0] = muldiv(take, clean, total)
    left = take - share
    for i in range(n):
        out[i], remainder[i + 1] = muldiv(take, parts[i], total)
        left -= out[i]
    if left == 0:
        return
    order = np.argsort(-remainder, kind="mergesort")
    for j in range(left):
        if order[j] > 0:
            out[order[j] - 1] += 1
