"""Red flags on planted histories: what is found, what is let alone, who is protected."""

import polars as pl

from palermo.prosecution.methods.ledger import make_ledger
from palermo.prosecution.methods.patterns.graph import DAY
from palermo.prosecution.methods.redflags import alerts, signs

HOUR = DAY // 24


def ledger_of(rows):
    rows = sorted(rows, key=lambda row: row[0])
    frame = pl.DataFrame(
        {
            "id": [str(i) for i in range(len(rows))],
            "time": pl.Series([int(row[0]) for row in rows], dtype=pl.Int64).cast(pl.Datetime("us")),
            "source": pl.Series([row[1] for row in rows], dtype=pl.String),
            "target": pl.Series([row[2] for row in rows], dtype=pl.String),
            "amount": pl.Series([row[3] for row in rows], dtype=pl.Int64),
        }
    )
    return make_ledger(frame, currency="EUR")


def month(k):
    return 30 * k * DAY


def gang():
    """Three workers whose pay goes to one man, who also collects, structures cash and passes money through."""
    rows = []
    for k in range(3):
        for w in range(3):
            rows += [(month(k) + w, "farm", f"w{w}", 120_000), (month(k) + HOUR + w, f"w{w}", "boss", 110_000)]
        rows += [(month(k) + DAY + i * HOUR, None, "boss", 600_000) for i in range(3)]
        rows += [(month(k) + 2 * DAY + i * 20 * HOUR, "boss", "abroad", 590_000) for i in range(3)]
    return rows


def families(found, ledger):
    return {
        (sign.flag, tuple(ledger.name(a) for a in sign.subjects), tuple(ledger.name(a) for a in sign.victims))
        for sign in found
    }


def test_pay_that_goes_to_one_man_speaks_against_him_and_for_the_workers():
    ledger = ledger_of(gang())
    found = families(signs(ledger), ledger)
    assert ("CTL-04", ("boss",), ("w0", "w1", "w2")) in found
    assert {one for one in found if one[0] == "CTL-03"} == {("CTL-03", (), (f"w{w}",)) for w in range(3)}
    assert ("NET-05", ("boss",), ()) in found


def test_an_alert_needs_several_families_and_never_names_a_victim():
    ledger = ledger_of(gang())
    raised = alerts(ledger, signs(ledger))
    assert [ledger.name(alert.subject) for alert in raised] == ["boss"]
    assert raised[0].families == ("moving", "pay", "structuring")
    assert [ledger.name(account) for account in raised[0].victims] == ["w0", "w1", "w2"]
    assert all(alert.innocent for alert in raised)
    assert alerts(ledger, signs(ledger), families=9) == []


def test_a_victim_made_to_move_money_is_no_subject():
    moved = [
        row
        for k in range(3)
        for row in (
            (month(k) + 5 * DAY, "w0", "w1", 50_000),
            (month(k) + 6 * DAY, "w1", "x", 49_000),
            (month(k) + 7 * DAY, "x", "w0", 48_000),
        )
    ]
    ledger = ledger_of([*gang(), *moved])
    found = signs(ledger)
    assert ("NET-08", ("w0",), ()) in families(found, ledger)
    assert "w0" not in [ledger.name(alert.subject) for alert in alerts(ledger, found, families=1)]


def test_pay_that_goes_back_to_the_employer():
    rows = [
        row
        for k in range(3)
        for w in range(2)
        for row in ((month(k) + w, "farm", f"w{w}", 120_000), (month(k) + 3 * DAY + w, f"w{w}", "farm", 40_000))
    ]
    ledger = ledger_of(rows)
    assert ("CTL-05", ("farm",), ("w0", "w1")) in families(signs(ledger), ledger)


def test_transfers_just_below_the_record_keeping_limit_from_several_payers():
    ledger = ledger_of([(i * DAY, f"p{i % 3}", "X", 250_000 + i) for i in range(4)])
    assert families(signs(ledger), ledger) == {("NET-03", ("X",), ())}
    assert signs(ledger_of([(i * DAY, "p", "X", 250_000 + i) for i in range(4)])) == []


def test_ordinary_life_raises_no_alert():
    rows = []
    for k in range(6):
        for w in range(10):
            rows += [(month(k) + w, "firm", f"p{w}", 200_000 + w)]
            rows += [
                (month(k) + (3 + w) * DAY, f"p{w}", "landlord", 80_000 + w),
                (month(k) + (4 + w) * DAY, f"p{w}", "shop", 9_000),
            ]
    ledger = ledger_of(rows)
    assert alerts(ledger, signs(ledger)) == []


def test_a_steady_stream_of_payers_is_seen():
    ledger = ledger_of([(w * 7 * DAY + i, f"p{i}", "X", 5_000) for w in range(4) for i in range(20)])
    assert ("NET-09", ("X",), ()) in families(signs(ledger), ledger)
