"""Each rule that reads more than a bare ledger: what it finds on a planted history, and what it lets alone."""

import datetime as dt

import polars as pl
import pytest

from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.redflags import alerts, make_book, missing, signs, to_clarify
from palermo.prosecution.methods.redflags.catalogue import NO_RULE, RULES
from palermo.vocabulary.redflags import red_flags

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC).replace(tzinfo=None)


def row(day, source, target, amount, **details):
    return {"day": day, "source": source, "target": target, "amount": amount, "details": details}


def person(account, **known):
    return {"account": account, "holder": f"h{account}", "kind": "person", **known}


def shop(account, **known):
    return {"account": account, "holder": f"h{account}", "kind": "business", "sector": "nail_bar", **known}


SCHEMA = {
    "account": pl.String, "holder": pl.String, "kind": pl.String, "sector": pl.String, "opened": pl.Date,
    "owner": pl.String, "staff": pl.Int64, "opens": pl.Int64, "closes": pl.Int64, "income": pl.Int64,
    "phone": pl.String, "address": pl.String, "device": pl.String,
}  # fmt: skip


KNOWN = ("channel", "purpose", "place", "terminal", "reference")


def book_of(rows, accounts=()):
    """A book in which every column is known: of two strangers at least."""
    strangers = row(0, "stranger", "other stranger", 1, **dict.fromkeys(KNOWN, "else"))
    rows = sorted([strangers, *rows], key=lambda one: one["day"])
    base = [
        (str(i), START + dt.timedelta(days=r["day"]), r["source"], r["target"], r["amount"] * 100)
        for i, r in enumerate(rows)
    ]
    types = {"id": pl.String, "time": pl.Datetime("us"), "source": pl.String, "target": pl.String, "amount": pl.Int64}
    ledger = make_ledger(pl.DataFrame(base, schema=types, orient="row"), currency="EUR")
    details = pl.DataFrame([{"line": i + 1} | {n: r["details"].get(n) for n in KNOWN} for i, r in enumerate(rows)],
                           schema={"line": pl.Int64} | dict.fromkeys(KNOWN, pl.String))  # fmt: skip
    listed = pl.DataFrame([{n: a.get(n) for n in SCHEMA} for a in accounts], schema=SCHEMA)
    return make_book(ledger, details, listed)


def found(flag, rows, accounts=()):
    book = book_of(rows, accounts)
    return [tuple(book.ledger.name(a) for a in hit.accounts) for hit in RULES[flag].find(book, red_flags()[flag])]


def buys(purpose, count, amount=20, *, step=1, who="X", **more):
    return [
        row(i * step, who, "S", amount, channel="card", purpose=purpose, **{k: v(i) for k, v in more.items()})
        for i in range(count)
    ]


X = person("X", income=100_000)
PLANTED = {
    "SEX-01": (buys("advert", 6), []),
    "SEX-02": (buys("advert", 2, 600), []),
    "SEX-03": (buys("lodging", 3, 90, step=4, place="ABC".__getitem__), []),
    "SEX-06": (buys("taxi", 16), []),
    "SEX-07": (buys("top_up", 28, reference=lambda i: f"n{i % 2}"), []),
    "SEX-09": (buys("takeaway", 10, step=0.5, place=lambda i: f"p{i % 2}"), []),
    "SEX-10": ([row(i + 0.45, "X", "S", 50, purpose="venue") for i in range(4)], []),
    "SEX-14": (buys("fuel", 5, place="ABCDE".__getitem__), [X]),
    "SEX-17": (buys("advert", 3, place=lambda _: "abroad"), []),
    "SEX-18": (buys("gambling", 3, 600, step=20), [X]),
    "SEX-04": ([row(i, None, "X", 300, channel="cash_in", place="ABC"[i % 3]) for i in range(8)], []),
    "SEX-16": ([row(i * 5, None, "X", 300, channel="cash_in", purpose="cash") for i in range(6)], [X]),
    "SEX-20": (
        [row(i, "X", None, 20, channel="wallet") for i in range(15)] + [row(16, "X", None, 90, purpose="crypto", channel="card")],
        [],
    ),
    "NET-04": ([row(i / 2, None, "X", 300, channel="cash_in", place="ABC"[i]) for i in range(3)], []),
    "NET-10": ([row(i, None, "X", 30, channel="wallet") for i in range(10)], [X]),
    "NET-12": (
        [r for i in range(4) for r in (row(i * 5, "X", "S", 50, purpose="prepaid"), row(i * 5 + 1, "X", "S", 40, purpose="crypto"))],
        [],
    ),
    "NET-13": (
        [row(1, None, "X", 4000, channel="cash_in"), row(20, "X", "S", 6000, channel="card", purpose="vehicle")],
        [person("X", income=50_000)],
    ),
    "CTL-02": (
        [row(30 * m + 5, "F", "X", 500, purpose="wages", reference=f"w{w}") for m in range(2) for w in range(2)],
        [X],
    ),
    "LAB-02": ([row(1, "X", "S", 200, purpose="lodging"), row(2, "X", "S", 800, purpose="supplier")], [shop("X")]),
    "LAB-01": ([row(1, "X", "S", 1000, purpose="supplier")], [shop("X", staff=6)]),
    "LAB-03": (
        [row(i, None, "X", 900, purpose="fee", reference=f"p{i}") for i in range(5)]
        + [row(30 * m, None, "X", 200, purpose="instalment") for m in range(1, 4)],
        [],
    ),
    "LAB-07": ([row(i, "X", f"L{i}", 400, purpose="rent") for i in range(3)], [X]),
    "LAB-08": (buys("ticket", 3, 60, reference=lambda i: f"p{i}"), [X]),
    "LAB-11": ([row(i, None, "X", 600, purpose="benefit", reference=f"p{i}") for i in range(2)], [X]),
    "ORG-01": ([row(1, None, "X", 60_000, purpose="medical", channel="transfer")], [X]),
    "ORG-02": (
        [row(1, None, "X", 60_000, purpose="medical"), row(9, "X", None, 3000, channel="money_transfer", place="abroad")],
        [X],
    ),
    "CASE-02": ([row(i, None, "X", 6000, purpose="cash", channel="cash_in") for i in range(2)], [X]),
}  # fmt: skip


@pytest.mark.parametrize("flag", PLANTED)
def test_a_planted_sign_is_found_and_one_row_of_it_is_not(flag):
    rows, accounts = PLANTED[flag]
    assert found(flag, rows, accounts) == [("X",)]
    if len(rows) > 1:
        assert found(flag, rows[1:2], accounts) == []


def test_cards_used_one_after_another_at_one_machine():
    rows = [
        row(d + i / 1000, f"c{i}", None, 200, channel="cash_out", terminal="K1") for d in range(2) for i in range(3)
    ]
    assert found("CTL-06", rows) == [("c0", "c1", "c2")]
    assert found("CTL-06", rows[:3]) == []


def test_accounts_opened_together_with_one_phone_and_a_chain_of_shops():
    day = dt.date(2026, 1, 1)
    rows = [row(1, f"a{i}", "S", 1) for i in range(4)]
    near = [person(f"a{i}", phone="1", opened=day + dt.timedelta(days=20 * i)) for i in range(3)]
    late = person("a3", phone="1", opened=day + dt.timedelta(days=400))
    assert found("CTL-10", rows, [*near, late]) == [("a0", "a1", "a2")]
    shops = [shop(f"a{i}", owner="R1" if i < 3 else "R2") for i in range(4)]
    assert found("NET-15", rows, shops) == [("a0", "a1", "a2")]


def test_senders_who_share_an_address_pay_one_account():
    rows = [row(i, f"s{i}", "X", 100) for i in range(4)]
    people = [person(f"s{i}", address="one" if i < 2 else f"own{i}") for i in range(4)]
    assert found("NET-02", rows, people) == [("X",)]
    assert found("NET-02", rows, [person(f"s{i}", address=f"own{i}") for i in range(4)]) == []


def test_equal_pay_of_one_address_protects_and_accuses_nobody():
    rows = [row(3, "F", f"w{i}", 380, purpose="wages", channel="transfer") for i in range(4)]
    book = book_of(rows, [person(f"w{i}", address="farm") for i in range(4)])
    mine = [sign for sign in signs(book.ledger, book=book) if sign.flag == "LAB-05"]
    assert [(sign.subjects, len(sign.victims)) for sign in mine] == [((), 4)]


def test_wages_by_another_name_speak_against_who_is_paid_unless_it_is_the_owner():
    rows = [row(7 * i, "B", "X", 2000, purpose="services", channel="transfer") for i in range(5)]
    rows += [row(1, "B", "W", 1500, purpose="wages", channel="transfer")]
    assert found("LAB-06", rows, [shop("B", staff=1, owner="other"), X]) == [("X",)]
    assert found("LAB-06", rows, [shop("B", staff=1, owner="hX"), X]) == []


def test_trade_outside_opening_hours_and_cash_out_of_scale():
    rows = [row(i + 0.45, f"p{i}", "X", 30, channel="card") for i in range(20)]
    assert found("LAB-12", rows, [shop("X", opens=9, closes=20)]) == [("X",)]
    assert found("LAB-12", rows, [shop("X", opens=9, closes=24)]) == []
    cash = [
        row(i, None, f"b{i}", 40_000 if i == 0 else 1000 + i, channel="cash_in", purpose="takings") for i in range(12)
    ]
    assert found("NET-14", cash, [shop(f"b{i}", staff=1) for i in range(12)]) == [("b0",)]


def test_a_shop_is_no_funnel_and_a_buyer_raises_no_alert():
    rows = [
        row(w * 7 + i / 100, f"p{i}", "X", 50, channel="card", purpose="venue") for w in range(4) for i in range(20)
    ]
    bare, told = book_of(rows), book_of(rows, [shop("X")])
    assert "NET-09" in {sign.flag for sign in signs(bare.ledger, book=bare)}
    assert "NET-09" not in {sign.flag for sign in signs(told.ledger, book=told)}
    night = book_of(PLANTED["SEX-10"][0])
    assert {sign.role for sign in signs(night.ledger, book=night)} == {"buyer"}
    assert alerts(night.ledger, signs(night.ledger, book=night), families=1) == []


def test_who_shares_a_phone_is_to_be_clarified_and_never_alerted():
    rows = PLANTED["SEX-01"][0] + PLANTED["SEX-04"][0] + PLANTED["LAB-03"][0] + PLANTED["SEX-06"][0]
    rows += [row(1, "Y", None, 5, channel="card"), row(1, "Z", None, 5, channel="card")]
    book = book_of(rows, [person(name, phone="1", address=name, device=name) for name in "XYZ"])
    mine = signs(book.ledger, book=book)
    assert alerts(book.ledger, mine) == []
    doubtful = to_clarify(book.ledger, mine)
    assert [(book.ledger.name(one.subject), one.role) for one in doubtful] == [("X", "unclear")]
    assert set(doubtful[0].refuted_by) == {sign.flag for sign in doubtful[0].signs}


def test_every_flag_is_a_rule_or_says_what_it_lacks():
    everything = frozenset(column for rule in RULES.values() for column in rule.needs)
    for name, flag in red_flags().items():
        if flag.use == "columns":
            assert missing(name, frozenset())
            assert missing(name, everything) == ()
        elif flag.use == "needs_data":
            assert missing(name, everything) == (NO_RULE[name],)
    assert len([f for f in red_flags().values() if f.use in ("ledger", "columns")]) == 54


def test_takings_out_of_scale_stand_out_in_a_small_sector_and_among_equals():
    def cash(of, count):
        rows = [row(i, None, f"b{i}", of if i == 0 else 1000 + i, channel="cash_in") for i in range(count)]
        return found("NET-14", rows, [shop(f"b{i}", staff=1) for i in range(count)])

    assert cash(40_000, 5) == [("b0",)]
    assert cash(1_100, 5) == []
    assert cash(40_000, 4) == []


def test_pay_that_goes_on_to_a_declared_business_is_rent_but_not_to_a_labour_provider():
    rows = [row(7 * w + 0.1 * i, "F", f"w{i}", 400, purpose="wages") for w in range(4) for i in range(3)]
    rows += [row(7 * w + 1 + 0.1 * i, f"w{i}", "L", 200, purpose="rent") for w in range(4) for i in range(3)]

    def takers(receiver):
        book = book_of(rows, [receiver])
        mine = [sign for sign in signs(book.ledger, book=book) if sign.flag == "CTL-04"]
        return [book.ledger.name(account) for sign in mine for account in sign.subjects]

    assert takers(shop("L", sector="landlord")) == []
    assert takers(shop("L", sector="labour_provider")) == ["L"]
    assert takers(person("L")) == ["L"]
