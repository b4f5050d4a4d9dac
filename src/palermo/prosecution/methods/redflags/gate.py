"""From signs to alerts: several families of signs that meet on the same subject, and who must never be one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from palermo.prosecution.methods.ledger import Ledger
from palermo.prosecution.methods.patterns.graph import DAY
from palermo.prosecution.methods.redflags.signs import Sign, unclear
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
        refuted_by: what would show that the sign means nothing, by flag.
        role: what most of the signs say that the subject is.
    """

    subject: int
    families: tuple[str, ...]
    signs: tuple[Sign, ...]
    victims: tuple[int, ...]
    innocent: dict[str, str]
    refuted_by: dict[str, str]
    role: str


def alerts(
    ledger: Ledger, found: Iterable[Sign], *, families: int = FEWEST_FAMILIES, days: int | None = None
) -> list[Alert]:
    """Subjects on whom at least `families` families of signs meet within `days` (by CASE-03), most families first.

    An account that some sign shows as a victim is never a subject, whatever else it did: persons who are compelled to
    move money are to be protected, and what they did is for a person to judge. A sign of a buyer counts for no family.
    """
    told = list(found)
    return _meet(ledger, told, {account for sign in told for account in sign.victims}, families, days)


def to_clarify(
    ledger: Ledger, found: Iterable[Sign], *, families: int = FEWEST_FAMILIES, days: int | None = None
) -> list[Alert]:
    """As `alerts`, for accounts that share a contact or a machine with others: a controller's or a victim's.

    Nobody is to be reported on these before it is known whose hand moves the account.
    """
    told = list(found)
    doubtful = unclear(told)
    protected = {account for sign in told for account in sign.victims} - doubtful
    found_here = _meet(ledger, told, protected, families, days)
    return [replace(alert, role="unclear") for alert in found_here if alert.subject in doubtful]


def _meet(ledger: Ledger, told: list[Sign], protected: set[int], families: int, days: int | None) -> list[Alert]:
    window = (red_flags()["CASE-03"].params["d"] if days is None else days) * DAY
    by_subject: dict[int, list[Sign]] = {}
    for sign in told:
        if sign.role == "buyer":
            continue
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
            refuted = {sign.flag: red_flags()[sign.flag].refuted_by for sign in near}
            roles = Counter(sign.role for sign in near if sign.role != "any")
            role = min(roles, key=lambda name: (-roles[name], name), default="any")
            out.append(Alert(subject, tuple(kinds), tuple(near), tuple(victims), innocent, refuted, role))
    return sorted(out, key=lambda alert: (-len(alert.families), alert.subject))


def _densest(ledger: Ledger, mine: list[Sign], window: int) -> list[Sign]:
    """The signs that begin within one window, chosen so that most families meet."""
    begin = [int(ledger.time[sign.rows[0]]) if sign.rows else None for sign in mine]
    choices = [
        [s for s, other in zip(mine, begin, strict=True) if other is None or at is None or at <= other <= at + window]
        for at in begin
    ]
    return max(choices, key=lambda some: len({sign.family for sign in some}))
