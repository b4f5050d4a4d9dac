"""The loop behind the poison rule: any claim makes the whole balance and every payment out of it claimed.

Each account points to a set of claims (a row of bits); sets are shared and never changed, so that a million accounts
with the same claims cost one set. An account that is emptied or overdrawn is clean again.
"""

import numpy as np
import numpy.typing as npt

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Ints

Sets = npt.NDArray[np.uint64]


@kernel
def _union(a: int, b: int, sets: Sets, used: int) -> int:
    """Number of the set that holds both; `used` if that is a new one, which is then written there."""
    if a == b or b == 0:  # noqa: PLR1714 -- the compiler knows no mixed tuples of widths
        return a
    if a == 0:
        return b
    in_a, in_b = True, True
    for word in range(sets.shape[1]):
        if sets[b, word] & ~sets[a, word]:
            in_a = False
        if sets[a, word] & ~sets[b, word]:
            in_b = False
    if in_a:
        return a
    if in_b:
        return b
    for word in range(sets.shape[1]):
        sets[used, word] = sets[a, word] | sets[b, word]
    return used


@kernel
def spread(
    source: Codes, target: Codes, payment: Ints, before_source: Ints, before_target: Ints, n_accounts: int,
    seed_row: Ints, seed_claim: Codes, n_claims: int,
) -> tuple[Sets, Codes, Codes, Ints]:  # fmt: skip
    """Spread every claim through all rows.

    Returns:
        The sets as bits (set 0 is empty); the set of each payment; of each account after the last row; how much of
        each payment repaid an overdraft.
    """
    repaid = np.zeros(len(payment), dtype=np.int64)
    of_row = np.zeros(len(payment), dtype=np.int32)
    of_account = np.zeros(n_accounts, dtype=np.int32)
    sets = np.zeros((1024 + n_claims, (n_claims + 63) // 64), dtype=np.uint64)
    for c in range(n_claims):
        sets[c + 1, c // 64] = np.uint64(1) << np.uint64(c % 64)
    used, k = n_claims + 1, 0
    for row in range(len(payment)):
        s, t, a = source[row], target[row], payment[row]
        live = s != t and a > 0
        carried = 0
        if live and s >= 0:
            carried = of_account[s]
            if carried and before_source[row] <= a:
                of_account[s] = 0
        while k < len(seed_row) and seed_row[k] == row:
            if live:
                sets, used, carried = _join(carried, seed_claim[k] + 1, sets, used)
            k += 1
        if not live:
            continue
        of_row[row] = carried
        if t >= 0 and carried:
            repaid[row] = min(a, max(-before_target[row], 0))
            if before_target[row] + a > 0:
                sets, used, of_account[t] = _join(of_account[t], carried, sets, used)
    return sets[:used].copy(), of_row, of_account, repaid


@kernel
def _join(a: int, b: int, sets: Sets, used: int) -> tuple[Sets, int, int]:
    """The union with room made for it: the sets, how many there are now, the number of the union."""
    if used == len(sets):
        wider = np.zeros((2 * used, sets.shape[1]), dtype=np.uint64)
        wider[:used] = sets
        sets = wider
    both = _union(a, b, sets, used)
    return sets, max(used, both + 1), both
