"""The loop behind direct (specific) identification: the same sum goes on, and nothing else has moved."""
# ruff: noqa: C901, PLR0912, PLR0915 -- one loop, compiled as one

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Flags, Ints

SUM_DIFFERS, MIXED, ORDER_UNKNOWN, OVERDRAFT = 1, 2, 3, 4


@kernel
def identify(
    source: Codes, target: Codes, payment: Ints, opening: Ints, alone_out: Flags, alone_in: Flags,
    seed_row: Ints, seed_claim: Codes, seed_amount: Ints,
) -> tuple[Ints, Ints, Ints, Codes, Ints, Ints]:  # fmt: skip
    """Follow each claimed payment while it can be told apart.

    A receipt with claims in it stays identified until the account next pays out. If that payment is the same sum,
    nothing else has moved on the account since, and the evidence shows the order of both, the claims go with it;
    otherwise they are no longer identified, with a reason. What meets an overdraft is not identified either.

    Returns:
        By claimed row, how much of the claim found clean money; for each holding that ever was (one for each claim
        in a receipt): the
        row by which it came, the row by which it went (−1: still there), the claim, the amount, and the reason why
        it could not be told apart (0: it could).
    """
    n_rows, n_accounts = len(payment), len(opening)
    balance = opening.copy()
    newest = np.full(n_accounts, -1, dtype=np.int64)
    receipt = np.full(n_accounts, -1, dtype=np.int64)
    mixed = np.zeros(n_accounts, dtype=np.bool_)
    laid = np.zeros(len(seed_row), dtype=np.int64)
    size = 1024 + 2 * len(seed_row)
    came, went, before = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    claim, amount, reason = np.empty(size, np.int32), np.empty(size, np.int64), np.empty(size, np.int64)
    used, k = 0, 0
    for row in range(n_rows):
        s, t, a = source[row], target[row], payment[row]
        first_seed = k
        while k < len(seed_row) and seed_row[k] == row:
            k += 1
        if s == t or a == 0:
            continue
        first_part = used
        room = a
        if s >= 0:
            if newest[s] >= 0:
                why = 0
                if mixed[s]:
                    why = MIXED
                elif payment[receipt[s]] != a:
                    why = SUM_DIFFERS
                elif not (alone_out[row] and alone_in[receipt[s]]):
                    why = ORDER_UNKNOWN
                part = newest[s]
                while part >= 0:
                    went[part], reason[part] = row, why
                    if why == 0:
                        if used + 2 + k - first_seed >= size:
                            size = 2 * size + k - first_seed
                            came, went, before = _wider(came, size), _wider(went, size), _wider(before, size)
                            amount, reason = _wider(amount, size), _wider(reason, size)
                            claim = _wider32(claim, size)
                        claim[used], amount[used] = claim[part], amount[part]
                        room -= amount[part]
                        used += 1
                    part = before[part]
                newest[s], mixed[s] = -1, False
            balance[s] -= a
        for j in range(first_seed, k):
            got = min(seed_amount[j], room)
            if got > 0:
                if used + 1 >= size:
                    size = 2 * size
                    came, went, before = _wider(came, size), _wider(went, size), _wider(before, size)
                    amount, reason = _wider(amount, size), _wider(reason, size)
                    claim = _wider32(claim, size)
                claim[used], amount[used] = seed_claim[j], got
                used += 1
                room -= got
                laid[j] = got
        for part in range(first_part, used):
            came[part], went[part], reason[part], before[part] = row, -1, 0, -1
        if t < 0:
            for part in range(first_part, used):
                went[part] = row
            continue
        overdrawn = balance[t] < 0
        balance[t] += a
        if newest[t] >= 0:
            mixed[t] = True
        if overdrawn:
            for part in range(first_part, used):
                went[part], reason[part] = row, OVERDRAFT
            continue
        for part in range(first_part, used):
            before[part] = newest[t]
            newest[t] = part
        if used > first_part:
            receipt[t] = row
    return laid, came[:used], went[:used], claim[:used], amount[:used], reason[:used]


@kernel
def _wider(old: Ints, size: int) -> Ints:
    new = np.empty(size, dtype=np.int64)
    new[: len(old)] = old
    return new


@kernel
def _wider32(old: Codes, size: int) -> Codes:
    new = np.empty(size, dtype=np.int32)
    new[: len(old)] = old
    return new
