"""From signs to alerts: several families of signs that meet on the same subject, and who must never be one."""

from collections.abc import Iterable
from dataclasses import dataclass

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns.graph import DAY
from palermo.prosecution.methods.redflags.signs import Sign
from palermo.vocabulary.redflags import FEWEST_FAMILIES, red_flags


@dataclass(frozen=True)
class Alert:
    """A subject on whom several families of signs meet (CASE-03).

    Attributes:
        subject: the account.
        families: which families, in order of name.
        signs: the signs.
        victims: accounts to protect that these signs show.
        innocent: what is common in innocent accounts, by flag.
    """

    subject: int
    families: tuple[str, ...]
    signs: tuple[Sign, ...]
    victims: tuple[int, ...]
    innocent: dict[str, str]


def alerts(
    ledger: Ledger, found: Iterable[Sign], *, families: int = FEWEST_FAMILIES, days: int | None = None
) -> list[Alert]:
    """Subjects on whom at least `families` families of signs meet within `days` (by CASE-03), most families first.

    An account that some sign shows as a victim is never a subject, whatever else it did: persons who are compelled to
    move money are to be protected, and what they did is for a person to judge.
    """
    window = (red_flags()["CASE-03"].params["d"] if days is None else days) * DAY
    told = list(found)
    protected = {account for sign in told for account in sign.victims}
    by_subject: dict[int, list[Sign]] = {}
    for sign in told:
        for account in sign.subjects:
            if account not in protected:
                by_subject.setdefault(account, []).append(sign)
    out = []
    for subject, mine in by_subject.items():
        near = _densest(ledger, mine, window)
        kinds = sorted({sign.family for sign in near})
        if len(kinds) >= families:
            victims = sorted({account for sign in near for account in sign.victims})
            innocent = {sign.flag: red_flags()[sign.flag].innocent for sign in near}
            out.append(Alert(subject, tuple(kinds), tuple(near), tuple(victims), innocent))
    return sorted(out, key=lambda alert: (-len(alert.families), alert.subject))


def _densest(ledger: Ledger, mine: list[Sign], window: int) -> list[Sign]:
    """The signs that begin within one window, chosen so that most families meet."""
    begin = [int(ledger.time[sign.rows[0]]) if sign.rows else None for sign in mine]
    choices = [
        [s for s, other in zip(mine, begin, strict=True) if other is None or at is None or at <= other <= at + window]
        for at in begin
    ]
    return max(choices, key=lambda some: len({sign.family for sign in some}))
