"""One investigation of a demonstration: simulated statements of two banks, traced, for its investigator to see.

Everybody in it is invented here; the accounts have bank codes that no bank has.
"""

import datetime as dt
import random
from dataclasses import dataclass

from palermo.office.domain.acting import acting_as
from palermo.office.models import Member
from palermo.prosecution.domain.analyses import analyse, ask_search, ask_trace
from palermo.prosecution.domain.assets import advance_asset, record_asset, set_benefit
from palermo.prosecution.domain.books import accept_book, ask_book, make_book
from palermo.prosecution.domain.claims import decide_claim, make_claim
from palermo.prosecution.domain.evidence import add_item, add_support, record_authority
from palermo.prosecution.domain.investigations import open_investigation
from palermo.prosecution.domain.parties import add_holding, add_party
from palermo.prosecution.domain.proceedings import record_step
from palermo.prosecution.domain.requests import send_request
from palermo.prosecution.domain.sharing import pay_share, share_out
from palermo.prosecution.domain.statements import Upload, keep_statements
from palermo.prosecution.models import Analysis, Asset, Book, Investigation, LawfulAuthority, Party, Share

#: Accounts of the story: check digits are not those of any bank.
COLLECTOR, SHELL, WORKER = "XA11HARB00000000000001", "XA22HILL00000000000002", "XA33HARB00000000000003"
_HEAD = "Booking date;Amount;Currency;Account;Balance;Counterparty;Counterparty account;Description"
_DAYS = 120


@dataclass
class _Account:
    """A statement that is being written, in cents."""

    number: str
    balance: int
    lines: list[tuple[dt.date, int, str, str, str]]

    def move(self, day: dt.date, cents: int, party: str, far: str, text: str) -> None:
        self.lines.append((day, cents, party, far, text))

    def csv(self) -> str:
        out, running = [_HEAD], self.balance
        for day, cents, party, far, text in sorted(self.lines, key=lambda line: line[0]):
            running += cents
            sums = [f"{value / 100:.2f}" for value in (cents, running)]
            out.append(f"{day:%Y-%m-%d};{sums[0]};EUR;{self.number};{sums[1]};{party};{far};{text}")
        return "\n".join(out) + "\n"


def simulated_statements(*, until: dt.date, seed: int) -> dict[str, str]:
    """Statements by file name: clients pay a collector, a worker's wages leave at once, a shell buys a flat."""
    dice = random.Random(seed)  # noqa: S311 -- a story, no secret
    start = until - dt.timedelta(days=_DAYS)
    collector, shell, worker = (
        _Account(COLLECTOR, 120_000, []),
        _Account(SHELL, 310_000, []),
        _Account(WORKER, 4_000, []),
    )
    for n in range(_DAYS):
        day = start + dt.timedelta(days=n)
        for _ in range(dice.choice((0, 1, 2, 2, 3))):
            collector.move(day, dice.randrange(8_000, 25_000, 1_000), f"Client {dice.randrange(1, 90)}", "", "Evening")
        if n % 30 == 2:
            worker.move(day, 92_000, "Bright Cleaning", "", "Wages")
            worker.move(day, -90_000, "Collector", COLLECTOR, "Rent and debt")
            collector.move(day, 90_000, "Worker", WORKER, "Rent and debt")
        if n % 12 == 7:
            sum_ = dice.randrange(150_000, 320_000, 10_000)
            collector.move(day, -sum_, "Shell Trading", SHELL, "Invoice")
            shell.move(day, sum_, "Collector", COLLECTOR, "Invoice")
        if n % 9 == 4:
            collector.move(day, -dice.randrange(20_000, 70_000, 10_000), "", "", "Cash machine")
        if n % 25 == 11:
            shell.move(day, -dice.randrange(60_000, 140_000, 10_000), "Office Rents", "", "Rent")
    shell.move(until - dt.timedelta(days=9), -900_000, "Seaview Notary", "", "Deposit for a flat")
    return {"collector.csv": collector.csv(), "shell.csv": shell.csv(), "worker.csv": worker.csv()}


def hold_investigation(*, member: Member, today: dt.date, seed: int) -> Investigation:
    """Open an investigation and do in it what its investigator would: evidence, statements, ledger, trace, flags.

    The work that the pages leave to the worker is done here at once.

    Args:
        member: a financial investigator.
        today: by the exercise's clock.
        seed: the same seed gives the same statements.
    """
    with acting_as(member):
        found = open_investigation(member=member, title="Operation Lantern")
        order = record_authority(
            member=member,
            investigation=found,
            kind="order",
            issuer="Court of the simulated region",
            reference="OR 17",
            since=today - dt.timedelta(days=30),
            covers=f"{COLLECTOR}, {SHELL}, {WORKER}",
        )
        people = _people(member, found)
        _evidence(member, found, people)
        _money(member, found, order, today, seed)
        _assets(member, found, order, people, today)
        record_step(member=member, party=people["controller"], kind="charged", on=today - dt.timedelta(days=12))
        send_request(
            member=member,
            investigation=found,
            authority=order,
            bank="Hill Bank (simulated)",
            accounts=SHELL,
            asked="Statements with opening and closing balances, and who may sign.",
        )
    return found


def _people(member: Member, found: Investigation) -> dict[str, Party]:
    told = {
        "controller": ("Alder Quillon (invented)", ["controller"], "adult", COLLECTOR),
        "front": ("Birch Marrow (invented)", ["front"], "adult", SHELL),
        "worker": ("Clove Hesper (invented)", ["victim"], "adult", WORKER),
        "child": ("Dill Hesper (invented)", ["victim"], "child", ""),
        "both": ("Elm Verity (invented)", ["front", "victim"], "adult", ""),
    }
    people = {}
    for key, (name, roles, age, account) in told.items():
        people[key] = add_party(member=member, investigation=found, name=name, roles=roles, age=age)
        if account:
            add_holding(member=member, party=people[key], account=account)
    return people


def _evidence(member: Member, found: Investigation, people: dict[str, Party]) -> None:
    told = (
        ("testimony", "Interview room", (("worker", "act", "recruitment"), ("worker", "means", "deception"))),
        ("message", "Image of a telephone", (("worker", "purpose", "labour"), ("child", "act", "harbouring"))),
    )
    for kind, source, held in told:
        item = add_item(
            member=member,
            investigation=found,
            kind=kind,
            source=source,
            description="As recorded in the simulated region.",
            obtained_on=found.opened_at.date(),
            custodian="Evidence room",
        )
        for who, element, code in held:
            add_support(member=member, victim=people[who], element=element, code=code, item=item)


def _assets(
    member: Member, found: Investigation, order: LawfulAuthority, people: dict[str, Party], today: dt.date
) -> None:
    """Three assets on their way: one shared among two victims, one seized, one only found; a share is still unpaid."""
    court, day = "Court of the simulated region", {n: today - dt.timedelta(days=n) for n in (2, 3, 5, 9, 14, 20)}
    benefit = {"amount": "24000", "basis": "What clients paid the collector", "decided_by": court}
    set_benefit(member=member, party=people["controller"], currency="EUR", **benefit)
    steps = {"frozen": day[14], "seized": day[9], "confiscated": day[5]}
    told = (
        (
            "account",
            "Balance of the shell company",
            SHELL,
            "front",
            "9000",
            "9000",
            ("frozen", "seized", "confiscated"),
        ),
        ("vehicle", "A grey van, police garage", "", "controller", "6500", "0", ("frozen", "seized")),
        ("crypto", "A wallet on a seized telephone", "", "controller", "1800", "1800", ()),
    )
    kept = []
    for kind, what, account, holder, value, traced, states in told:
        asset = record_asset(
            member=member,
            investigation=found,
            kind=kind,
            what=what,
            currency="EUR",
            value=value,
            traced=traced,
            account=account,
            holder=people[holder],
            benefit_of=people["controller"],
            on=day[20],
            found_by="Asset recovery office (simulated)",
        )
        kept.append(asset)
        for state in states:
            office = "Asset management office"
            advance_asset(
                member=member, asset=asset, state=state, on=steps[state], decided_by=court, order=order, note=office
            )
    _shares(member, found, order, people, kept[0], day)


def _shares(
    member: Member,
    found: Investigation,
    order: LawfulAuthority,
    people: dict[str, Party],
    asset: Asset,
    day: dict[int, dt.date],
) -> None:
    """Claims of a worker, in euro, and of a child, in another currency; one share of theirs is paid."""
    court = "Court of the simulated region"
    for who, amount, unit, ground in (
        ("worker", "7200", "EUR", "Wages withheld"),
        ("child", "5000", "USD", "Harm suffered"),
    ):
        claim = make_claim(
            member=member,
            investigation=found,
            party=people[who],
            through="court",
            currency=unit,
            amount=amount,
            ground=ground,
            made_on=day[9],
        )
        decide_claim(member=member, claim=claim, approved=amount, decided_on=day[5], decided_by=court)
    sharing = share_out(
        member=member,
        investigation=found,
        brought={asset: "9000"},
        currency="EUR",
        way="pari-passu",
        rates=f"{day[5].isoformat()}, USD, EUR, 0.92",
        order=order,
        decided_by=court,
        on=day[3],
    )
    first = Share.objects.filter(sharing=sharing).order_by("claim__number").select_related(
        "sharing", "claim__party", "investigation"
    )[0]  # fmt: skip
    pay_share(member=member, share=first, on=day[2], reference="TR 1")


def _money(member: Member, found: Investigation, order: LawfulAuthority, today: dt.date, seed: int) -> None:
    files = simulated_statements(until=today, seed=seed)
    banks = {"Harbour Bank (simulated)": ("collector.csv", "worker.csv"), "Hill Bank (simulated)": ("shell.csv",)}
    for bank, names in banks.items():
        uploads = [Upload(name, files[name].encode()) for name in names]
        keep_statements(member=member, investigation=found, authority=order, bank=bank, files=uploads)
    book = make_book(book=ask_book(member=member, investigation=found))
    book = accept_book(member=member, book=Book.objects.select_related("investigation", "agency").get(pk=book.pk))
    asked = [
        ask_trace(member=member, book=book, accounts=[WORKER]),
        ask_trace(member=member, book=book, accounts=[COLLECTOR]),
        *(ask_search(member=member, book=book, kind=kind) for kind in ("patterns", "flags")),
    ]
    for one in asked:
        question = Analysis.objects.select_related("agency", "book").get(pk=one.pk)
        while question.state in ("queued", "working"):
            question = analyse(analysis=question)
