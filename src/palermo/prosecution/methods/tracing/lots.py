"""The loop behind first-in-first-out, last-in-first-out, pro rata and lowest intermediate balance.

An account with no claim in it is only a balance. From the first claim on it keeps a chain of parts, each with a claim
(or none) and an amount; the rule decides only which parts a payment takes and where new ones stand:

* FIFO and LIFO keep every part, clean money included, and pay from the front of the chain; new parts join at the end
  (FIFO) or the front (LIFO). Neighbours of one claim are one part.
* Pro rata and rateable lowest balance keep one part a claim, in order of claims; clean money is what is left.
* Lowest balance oldest-first keeps the claims alone, in order of arrival.

What leaves with a payment arrives with it in the order in which it left. A payment beyond the balance is the bank's
money for the rest; what reaches an overdrawn account repays the bank first, taken by the same rule from that payment
alone.
"""
# ruff: noqa: C901, PLR0912, PLR0915 -- one loop, compiled as one

import numpy as np

from palermo.prosecution.methods.compiled import kernel
from palermo.prosecution.methods.ledger import Codes, Ints
from palermo.prosecution.methods.tracing.shares import largest_remainder

FIFO, LIFO, PRO_RATA, LOWEST_RATEABLE, LOWEST_OLDEST = 0, 1, 2, 3, 4
_CLEAN = -1
_FREE, _USED = 0, 1


@kernel
def _grow32(old: Codes, size: int) -> Codes:
    new = np.empty(size, dtype=np.int32)
    new[: len(old)] = old
    return new


@kernel
def _grow64(old: Ints, size: int) -> Ints:
    new = np.empty(size, dtype=np.int64)
    new[: len(old)] = old
    return new


@kernel
def _new(pool: Ints, claim: Codes, amount: Ints, after: Codes, c: int, a: int, nxt: int) -> int:
    """A node from the free list, else the next unused one; room for it is made before each row."""
    node = int(pool[_FREE])
    if node >= 0:
        pool[_FREE] = after[node]
    else:
        node = int(pool[_USED])
        pool[_USED] += 1
    claim[node], amount[node], after[node] = c, a, nxt
    return node


@kernel
def _clear(acct: int, head: Codes, tail: Codes, length: Codes, pool: Ints, after: Codes) -> None:
    if head[acct] >= 0:
        after[tail[acct]] = pool[_FREE]
        pool[_FREE] = head[acct]
    head[acct], tail[acct], length[acct] = -1, -1, 0


@kernel
def _drop_head(acct: int, head: Codes, tail: Codes, length: Codes, pool: Ints, after: Codes) -> None:
    node = head[acct]
    head[acct] = after[node]
    if head[acct] < 0:
        tail[acct] = -1
    length[acct] -= 1
    after[node] = pool[_FREE]
    pool[_FREE] = node


@kernel
def _take_front(
    acct: int, want: int, head: Codes, tail: Codes, length: Codes, pool: Ints,
    claim: Codes, amount: Ints, after: Codes, pc: Codes, pa: Ints,
) -> int:  # fmt: skip
    """Pay `want` from the front of the chain; the parts go to ``pc, pa``; returns how many."""
    n = 0
    while want > 0 and head[acct] >= 0:
        node = head[acct]
        part = min(want, amount[node])
        pc[n], pa[n] = claim[node], part
        n += 1
        want -= part
        amount[node] -= part
        if amount[node] == 0:
            _drop_head(acct, head, tail, length, pool, after)
    return n


@kernel
def _take_rateably(
    acct: int, want: int, total: int, clean: int, head: Codes, tail: Codes, length: Codes, pool: Ints,
    claim: Codes, amount: Ints, after: Codes, pc: Codes, pa: Ints,
) -> int:  # fmt: skip
    """Pay `want` from every part in proportion; `clean` is the part of `total` that no claim has."""
    k = length[acct]
    have = np.empty(k, dtype=np.int64)
    gone = np.empty(k, dtype=np.int64)
    node = head[acct]
    for i in range(k):
        have[i] = amount[node]
        node = after[node]
    largest_remainder(want, total, clean, have, k, gone)
    n, before, node = 0, -1, head[acct]
    for i in range(k):
        following = after[node]
        if gone[i] > 0:
            pc[n], pa[n] = claim[node], gone[i]
            n += 1
            amount[node] -= gone[i]
        if amount[node] == 0:
            if before < 0:
                _drop_head(acct, head, tail, length, pool, after)
            else:
                after[before] = following
                if following < 0:
                    tail[acct] = before
                length[acct] -= 1
                after[node] = pool[_FREE]
                pool[_FREE] = node
        else:
            before = node
        node = following
    return n


@kernel
def _take(
    rule: int, acct: int, want: int, total: int, held: Ints, head: Codes, tail: Codes, length: Codes, pool: Ints,
    claim: Codes, amount: Ints, after: Codes, pc: Codes, pa: Ints,
) -> int:  # fmt: skip
    """Take `want` of the `total` in an account by the rule; afterwards an account without claims keeps no chain."""
    n = 0
    clean = total - held[acct]
    if rule in (FIFO, LIFO):
        n = _take_front(acct, want, head, tail, length, pool, claim, amount, after, pc, pa)
    elif rule == PRO_RATA:
        n = _take_rateably(
            acct, want, total, clean, head, tail, length, pool, claim, amount, after, pc, pa
        )  # fmt: skip
    elif want > clean and rule == LOWEST_RATEABLE:
        n = _take_rateably(
            acct, want - clean, held[acct], 0, head, tail, length, pool, claim, amount, after, pc, pa
        )  # fmt: skip
    elif want > clean:
        n = _take_front(acct, want - clean, head, tail, length, pool, claim, amount, after, pc, pa)
    for i in range(n):
        if pc[i] >= 0:
            held[acct] -= pa[i]
    if held[acct] == 0:
        _clear(acct, head, tail, length, pool, after)
    return n


@kernel
def _put(
    rule: int, acct: int, c: int, a: int, head: Codes, tail: Codes, length: Codes, pool: Ints,
    claim: Codes, amount: Ints, after: Codes,
) -> None:  # fmt: skip
    """Add one part to an account's chain at the place that the rule gives it."""
    if rule in (PRO_RATA, LOWEST_RATEABLE):
        before, node = -1, head[acct]
        while node >= 0 and claim[node] < c:
            before, node = node, after[node]
        if node >= 0 and claim[node] == c:
            amount[node] += a
            return
        fresh = _new(pool, claim, amount, after, c, a, node)
        if before < 0:
            head[acct] = fresh
        else:
            after[before] = fresh
        if node < 0:
            tail[acct] = fresh
        length[acct] += 1
        return
    at = head[acct] if rule == LIFO else tail[acct]
    if at >= 0 and claim[at] == c:
        amount[at] += a
        return
    fresh = _new(pool, claim, amount, after, c, a, head[acct] if rule == LIFO else -1)
    if rule == LIFO:
        head[acct] = fresh
        if tail[acct] < 0:
            tail[acct] = fresh
    else:
        if tail[acct] >= 0:
            after[tail[acct]] = fresh
        else:
            head[acct] = fresh
        tail[acct] = fresh
    length[acct] += 1


@kernel
def _seed(rule: int, n: int, row_amount: int, c: int, want: int, pc: Codes, pa: Ints) -> tuple[int, int]:
    """Lay a claim over the clean money of a payment, its first clean units first; a claim never covers another.

    Returns the number of parts and how much of the claim found clean money.
    """
    if rule not in (FIFO, LIFO):
        room = row_amount
        for i in range(n):
            room -= pa[i]
        got = min(want, room)
        if got > 0:
            pc[n], pa[n] = c, got
            n += 1
        return n, got
    got, i = 0, 0
    while i < n and got < want:
        if pc[i] == _CLEAN:
            part = min(want - got, pa[i])
            rest = pa[i] - part
            pc[i], pa[i] = c, part
            got += part
            if rest > 0:
                for j in range(n, i + 1, -1):
                    pc[j], pa[j] = pc[j - 1], pa[j - 1]
                pc[i + 1], pa[i + 1] = _CLEAN, rest
                n += 1
        i += 1
    return n, got


@kernel
def _tally(
    row: int, n: int, pc: Codes, pa: Ints, summed: Ints, used: int,
    out_row: Ints, out_claim: Codes, out_amount: Ints,
) -> int:  # fmt: skip
    """Record what each claim has in the parts of one payment; room is made before each row."""
    for i in range(n):
        if pc[i] >= 0:
            summed[pc[i]] += pa[i]
    for i in range(n):
        if pc[i] >= 0 and summed[pc[i]] > 0:
            out_row[used], out_claim[used], out_amount[used] = row, pc[i], summed[pc[i]]
            summed[pc[i]] = 0
            used += 1
    return used


@kernel
def follow(
    rule: int, source: Codes, target: Codes, payment: Ints, before_source: Ints, before_target: Ints, n_accounts: int,
    seed_row: Ints, seed_claim: Codes, seed_amount: Ints, n_claims: int,
) -> tuple[
    Ints, Ints, Codes, Ints, Ints, Codes, Ints, Codes, Codes, Ints
]:  # fmt: skip
    """Follow all claims through all rows under one rule.

    Args:
        rule: one of the five numbers above.
        source: code of the paying account by row, −1 is outside.
        target: code of the receiving account by row, −1 is outside.
        payment: amounts by row, minor units.
        before_source: by row, what the paying account holds before it.
        before_target: by row, what the receiving account holds before it.
        n_accounts: how many accounts there are.
        seed_row: rows that claims are laid on, in order.
        seed_claim: by such row, the number of the claim.
        seed_amount: by such row, how much of it is claimed.
        n_claims: how many claims there are.

    Returns:
        By claimed row, how much of the claim found clean money; row, claim and amount of what each payment carried;
        row, claim and
        amount of what repaid an overdraft; account, claim and amount of what is held after the last row.
    """
    held = np.zeros(n_accounts, dtype=np.int64)
    head = np.full(n_accounts, -1, dtype=np.int32)
    tail = np.full(n_accounts, -1, dtype=np.int32)
    length = np.zeros(n_accounts, dtype=np.int32)
    live = np.zeros(n_accounts, dtype=np.bool_)  # held > 0, in a byte: of a million accounts all fit the cache
    pool = np.array([-1, 0], dtype=np.int64)
    claim, amount, after = np.empty(1024, np.int32), np.empty(1024, np.int64), np.empty(1024, np.int32)
    pc, pa = np.empty(1024, np.int32), np.empty(1024, np.int64)
    summed, laid = np.zeros(n_claims, np.int64), np.zeros(len(seed_row), np.int64)
    move_row, move_claim, move_amount = np.empty(1024, np.int64), np.empty(1024, np.int32), np.empty(1024, np.int64)
    paid_row, paid_claim, paid_amount = np.empty(1024, np.int64), np.empty(1024, np.int32), np.empty(1024, np.int64)
    moves, paid = 0, 0
    ordered = rule in (FIFO, LIFO)
    k = 0
    for row in range(len(payment)):
        s, t, a = source[row], target[row], payment[row]
        first_seed = k
        while k < len(seed_row) and seed_row[k] == row:
            k += 1
        if s == t or a == 0:
            continue
        if k == first_seed and (s < 0 or not live[s]) and (t < 0 or not live[t]):
            continue
        room = 3 + 2 * (k - first_seed) + (length[s] if s >= 0 else 0)
        if len(pc) < room:
            pc, pa = _grow32(pc, 2 * room), _grow64(pa, 2 * room)
        if len(claim) < pool[_USED] + room:
            size = 2 * (pool[_USED] + room)
            claim, amount, after = _grow32(claim, size), _grow64(amount, size), _grow32(after, size)
        if len(move_row) < moves + room:
            size = 2 * (moves + room)
            move_row, move_claim = _grow64(move_row, size), _grow32(move_claim, size)
            move_amount = _grow64(move_amount, size)
        if len(paid_row) < paid + room:
            size = 2 * (paid + room)
            paid_row, paid_claim = _grow64(paid_row, size), _grow32(paid_claim, size)
            paid_amount = _grow64(paid_amount, size)
        n, have = 0, 0
        if s >= 0:
            have = min(a, max(before_source[row], 0))
            if held[s] > 0 and have > 0:
                n = _take(
                    rule, s, have, before_source[row], held, head, tail, length, pool, claim, amount, after, pc, pa
                )  # fmt: skip
                if ordered and have < a:
                    pc[n], pa[n] = _CLEAN, a - have
                    n += 1
                live[s] = held[s] > 0
        if ordered and n == 0:
            pc[0], pa[0] = _CLEAN, a
            n = 1
        for j in range(first_seed, k):
            n, laid[j] = _seed(rule, n, a, seed_claim[j], seed_amount[j], pc, pa)
        moves = _tally(row, n, pc, pa, summed, moves, move_row, move_claim, move_amount)
        if t < 0:
            continue
        claimed = 0
        for i in range(n):
            if pc[i] >= 0:
                claimed += pa[i]
        if claimed > 0 or held[t] > 0:
            if ordered and held[t] == 0 and before_target[row] > 0:
                _put(rule, t, _CLEAN, before_target[row], head, tail, length, pool, claim, amount, after)
            for i in range(n):
                _put(rule, t, pc[i], pa[i], head, tail, length, pool, claim, amount, after)
            held[t] += claimed
            repay = min(a, max(-before_target[row], 0))
            if repay > 0:
                n = _take(rule, t, repay, a, held, head, tail, length, pool, claim, amount, after, pc, pa)
                paid = _tally(row, n, pc, pa, summed, paid, paid_row, paid_claim, paid_amount)
            live[t] = held[t] > 0
    left = 0
    for acct in range(n_accounts):
        left += length[acct]
    held_account, held_claim, held_amount = np.empty(left, np.int32), np.empty(left, np.int32), np.empty(left, np.int64)
    left = 0
    for acct in range(n_accounts):
        node = head[acct]
        while node >= 0:
            if claim[node] >= 0:
                held_account[left], held_claim[left], held_amount[left] = acct, claim[node], amount[node]
                left += 1
            node = after[node]
    return (
        laid,
        move_row[:moves], move_claim[:moves], move_amount[:moves],
        paid_row[:paid], paid_claim[:paid], paid_amount[:paid],
        held_account[:left], held_claim[:left], held_amount[:left],
    )  # fmt: skip
