"""Signs in pay, fees and businesses: wages that go elsewhere, fronts, trading at odd hours, recruiters."""

import polars as pl

from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.windows import Hit, by_account, dense
from palermo.vocabulary.redflags import RedFlag


def _names_in_months(rows: pl.DataFrame, names: int, months: int, what: str) -> list[Hit]:
    by_month = rows.with_columns(month=pl.col("time").dt.truncate("30d")).group_by("account", "month").agg(
        pl.col("reference").drop_nulls().n_unique().alias("names"), pl.col("row")
    )  # fmt: skip
    busy = by_month.filter(pl.col("names") >= names).group_by("account").agg(
        pl.len().alias("months"), pl.col("names").max(), pl.col("row").explode().sort()
    )  # fmt: skip
    return by_account(
        busy.filter(pl.col("months") >= months), f"{what} of {{names}} people in each of {{months}} months"
    )


def pay_of_many(book: Book, flag: RedFlag) -> list[Hit]:
    """CTL-02."""
    rows = book.only(book.got(pl.col("purpose") == "wages"), "person")
    return _names_in_months(rows, flag.params["n"], flag.params["months"], "pay")


def benefits_of_many(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-11."""
    rows = book.only(book.got(pl.col("purpose") == "benefit"), "person")
    return _names_in_months(rows, flag.params["n"], 1, "benefits")


def fees(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-03: alike sums from several persons once, and instalments in several months."""
    low, high = 300 * book.unit, 20_000 * book.unit
    once = book.got(pl.col("purpose") == "fee", pl.col("amount").is_between(low, high))
    many = dense(once, "fees", days=365, distinct={"reference": flag.params["n"]})
    later = book.got(pl.col("purpose") == "instalment").with_columns(month=pl.col("time").dt.truncate("30d"))
    paid = later.group_by("account").agg(pl.col("month").n_unique()).filter(pl.col("month") >= flag.params["k"])
    fits = set(paid["account"].to_list())
    return [hit for hit in many if hit.accounts[0] in fits]


def same_pay_same_home(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-05: to protect; seasonal housing is lawful."""
    rows = book.got(pl.col("purpose") == "wages").join(book.accounts.select("account", "address"), on="account")
    rows = rows.drop_nulls("address").with_columns(day=pl.col("time").dt.date())
    groups = rows.group_by("other", "day", "amount", "address").agg(
        pl.col("account").unique().sort(), pl.col("row").sort()
    )
    groups = groups.filter(pl.col("account").list.len() >= flag.params["n"]).sort("other", "day", "amount", "address")
    first = groups.unique("address", keep="first", maintain_order=True)
    return [
        Hit(
            tuple(one["account"]),
            tuple(one["row"]),
            f"{len(one['account'])} people of one address got equal pay on one day",
        )
        for one in first.iter_rows(named=True)
    ]


def wages_by_another_name(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-06: a business pays a person for services, again and again, a large part of what its wages would be."""
    people = book.accounts.filter(pl.col("kind") == "person").select(other="account")
    rows = book.only(book.paid(pl.col("purpose") == "services"), "business").join(people, on="other", how="semi")
    pairs = rows.group_by("account", "other").agg(pl.len(), pl.col("amount").sum(), pl.col("row").sort())
    pairs = pairs.join(book.accounts.select("account", "staff", "owner"), on="account")
    owner = book.accounts.select(other="account", boss="holder")
    pairs = pairs.join(owner, on="other").filter(pl.col("owner").ne_missing(pl.col("boss")))
    bill = pl.col("staff").fill_null(0).clip(1) * book.whole.wages * book.months
    found = pairs.filter(pl.col("len") >= 4, pl.col("amount") >= bill * float(flag.params["s"])).sort(
        "account", "other"
    )
    return [
        Hit(
            (one["other"],),
            tuple(one["row"]),
            f"{one['len']} payments for services from {book.ledger.name(one['account'])}, a business",
        )
        for one in found.iter_rows(named=True)
    ]


def no_payroll(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-01."""
    staff_costs = pl.col("purpose").is_in(["wages", "tax"])
    out = book.only(book.paid(), "business").group_by("account").agg(
        (pl.col("amount").filter(staff_costs).sum() / pl.col("amount").sum()).alias("pay"),
        pl.col("row").sort(),
    )  # fmt: skip
    found = out.join(book.accounts.select("account", "staff"), on="account")
    found = found.filter(pl.col("staff") >= flag.params["n"], pl.col("pay") <= flag.params["s"])
    return by_account(found, "{staff} staff, and {pay:.0%} of what leaves is pay or tax")


def unrelated_costs(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-02."""
    odd = pl.col("purpose").is_in(["lodging", "vehicle", "pharmacy", "taxi", "advert"])
    out = book.only(book.paid(), "business").group_by("account").agg(
        (pl.col("amount").filter(odd).sum() / pl.col("amount").sum()).alias("odd"), pl.col("row").filter(odd).sort()
    )  # fmt: skip
    return by_account(
        out.filter(pl.col("odd") >= flag.params["s"]), "{odd:.0%} of costs are lodging, vehicles, pharmacy"
    )


def out_of_scale(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-14: cash takings a head of staff, against the other businesses of the same sector.

    Mean and spread are those of the others: with itself in the spread no business of a sector of nine could ever lie
    three deviations out, however much it takes.
    """
    cash = book.only(book.got(pl.col("channel") == "cash_in"), "business")
    sums = cash.group_by("account").agg(pl.col("amount").sum(), pl.col("row").sort())
    sums = sums.join(book.accounts.select("account", "sector", "staff"), on="account").drop_nulls("sector")
    sums = sums.with_columns(head=pl.col("amount") / (pl.col("staff").fill_null(0) + 1))
    others = pl.len().over("sector") - 1
    mean = (pl.col("head").sum().over("sector") - pl.col("head")) / others
    sums = sums.sort("account").filter(others >= 4).with_columns(peers=mean, square=pl.col("head") ** 2)
    square = (pl.col("square").sum().over("sector") - pl.col("square")) - others * pl.col("peers") ** 2
    # Takings are never steadier than a tenth: equal peers would make any difference infinite.
    spread = pl.max_horizontal((square / (others - 1)).clip(lower_bound=0).sqrt(), pl.col("peers") / 10)
    sums = sums.with_columns(spread=spread)
    z = (pl.col("head") - pl.col("peers")) / pl.col("spread")
    return by_account(
        sums.filter(pl.col("spread") > 0).with_columns(z=z).filter(pl.col("z") >= flag.params["z"]),
        "cash a head {z:.1f} deviations above its sector",
    )


def _outside_hours(rows: pl.DataFrame, book: Book) -> pl.DataFrame:
    hours = book.accounts.select("account", "opens", "closes").drop_nulls()
    hour = pl.col("time").dt.hour()
    return rows.join(hours, on="account").with_columns(shut=(hour < pl.col("opens")) | (hour >= pl.col("closes")))


def cash_at_night(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-11: cash paid in outside the opening hours, and more of it than 95 in 100 of the sector."""
    rows = _outside_hours(book.only(book.got(pl.col("channel") == "cash_in"), "business"), book)
    sums = rows.group_by("account").agg(
        pl.col("shut").mean(), pl.col("amount").sum(), pl.col("row").filter(pl.col("shut")).sort()
    )
    sums = sums.join(book.accounts.select("account", "sector"), on="account")
    high = pl.col("amount").quantile(0.95).over("sector")
    found = sums.with_columns(high=high).filter(pl.col("shut") >= flag.params["s"], pl.col("amount") >= pl.col("high"))
    return by_account(found, "{shut:.0%} of cash deposits outside opening hours")


def trade_at_night(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-12."""
    rows = _outside_hours(book.only(book.got(pl.col("channel") == "card"), "business"), book)
    shares = rows.group_by("account").agg(pl.len(), pl.col("shut").mean(), pl.col("row").filter(pl.col("shut")).sort())
    found = shares.filter(pl.col("len") >= 20, pl.col("shut") >= flag.params["s"])
    return by_account(found, "{shut:.0%} of {len} card payments outside opening hours")


def labour_provider(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-10: young, nothing stays, many payees."""
    end = pl.lit(book.whole.last, dtype=pl.Int64).cast(pl.Datetime("us"))
    young = book.accounts.filter(
        pl.col("sector") == "labour_provider",
        pl.col("opened") >= end.dt.date() - pl.duration(days=365 * flag.params["y"]),
    )
    out = book.paid().join(young.select("account"), on="account", how="semi")
    paid = out.group_by("account").agg(
        pl.col("amount").sum(), pl.col("other").n_unique().alias("payees"), pl.col("row").sort()
    )
    got = book.got().group_by("account").agg(pl.col("amount").sum().alias("in"))
    found = paid.join(got, on="account").with_columns(ratio=pl.col("amount") / pl.col("in"))
    found = found.filter(pl.col("ratio").is_between(0.9, 1.1), pl.col("payees") >= flag.params["n"])
    return by_account(found, "a young labour provider pays {payees} payees, {ratio:.0%} of what comes in")


def sent_to_one(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-09: after pay day several workers send money to one beneficiary."""
    pay = book.got(pl.col("purpose") == "wages").select("account", "time", paid="row").sort("time")
    sent = book.paid(pl.col("channel") == "money_transfer", pl.col("target").is_not_null()).sort("time")
    near = sent.join_asof(
        pay, on="time", by="account", tolerance=f"{flag.params['d']}d", check_sortedness=False
    ).drop_nulls("paid")
    groups = near.group_by("other").agg(pl.col("account").unique().sort(), pl.col("row").sort())
    groups = groups.filter(pl.col("account").list.len() >= flag.params["n"]).sort("other")
    return [
        Hit((one["other"],), tuple(one["row"]), f"{len(one['account'])} workers send pay to one", tuple(one["account"]))
        for one in groups.iter_rows(named=True)
    ]


def beyond_income(book: Book, flag: RedFlag) -> list[Hit]:
    """CASE-02: what comes in beyond known income, for persons whose income is known."""
    known = book.accounts.filter(pl.col("kind") == "person").drop_nulls("income").select("account", "income")
    given = book.got(~pl.col("purpose").is_in(["wages", "benefit"]).fill_null(value=False))
    sums = (
        given.join(known, on="account").group_by("account", "income").agg(pl.col("amount").sum(), pl.col("row").sort())
    )
    found = sums.filter(
        pl.col("amount") >= int(flag.params["A"]) * book.unit, pl.col("amount") > pl.col("income") * book.months * 0.25
    )
    return by_account(found, f"more than {flag.params['A']} beyond known income came in")


def transplant_price(book: Book, flag: RedFlag) -> list[Hit]:
    """ORG-01: the price of an organ, to or through an account that is no clinic."""
    least = int(flag.params["lo"]) * book.unit
    what = pl.col("purpose") == "medical"
    sides = [book.only(side, "person") for side in (book.paid(what), book.got(what))]
    rows = pl.concat([side.select("account", "row", "time", "amount") for side in sides])
    return dense(rows, "medical payments", days=flag.params["d"], total=least, money=f"{flag.params['lo']}")


def broker_keeps(book: Book, flag: RedFlag) -> list[Hit]:
    """ORG-02: a large receipt, and a small payout abroad after it, beside medical payments."""
    receipts = book.only(book.got(pl.col("amount") >= 20_000 * book.unit), "person").select(
        "account", when="time", got="amount", row="row"
    )
    small = book.paid(pl.col("place") == "abroad", pl.col("channel") == "money_transfer")
    medical = pl.concat(
        [
            side.select("account")
            for side in (book.paid(pl.col("purpose") == "medical"), book.got(pl.col("purpose") == "medical"))
        ]
    )
    pairs = receipts.join(small.select("account", "time", "amount", out="row"), on="account").filter(
        pl.col("time") >= pl.col("when"), pl.col("time") <= pl.col("when") + pl.duration(days=flag.params["d"]),
        pl.col("amount") <= pl.col("got") * float(flag.params["f"]),
    ).join(medical.unique(), on="account", how="semi")  # fmt: skip
    found = pairs.group_by("account").agg(pl.concat_list("row", "out").explode().unique().sort().alias("row"))
    return by_account(
        found, f"a payout abroad of at most {flag.params['f']:.0%} of a receipt within {flag.params['d']} days"
    )
