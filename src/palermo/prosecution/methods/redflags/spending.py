"""Signs in what an account buys: adverts, lodging, taxis, top-ups, others' living costs, luxury; and where."""

import polars as pl

from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.windows import Hit, by_account, dense
from palermo.vocabulary.redflags import RedFlag

GROUPS = {
    "lodging": "lodging", "ticket": "travel", "taxi": "travel", "medical": "health", "pharmacy": "health",
    "clothes": "clothes", "groceries": "food", "takeaway": "food", "top_up": "phones",
}  # fmt: skip


def _bought(book: Book, *purposes: str) -> pl.DataFrame:
    return book.paid(pl.col("purpose").is_in(purposes))


def adverts_often(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-01."""
    return dense(_bought(book, "advert"), "payments for adverts", days=flag.params["d"], fewest=flag.params["n"])


def adverts_much(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-02; the lower figure of the source's range."""
    least = int(flag.params["soft"])
    return dense(_bought(book, "advert"), "payments for adverts", days=30, total=least * book.unit, money=f"{least}")


def adverts_abroad(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-17."""
    rows = _bought(book, "advert").filter(pl.col("place") == "abroad")
    return dense(rows, "payments for adverts abroad", days=flag.params["d"], fewest=flag.params["n"])


def lodging(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-03: much in a month, or in several towns within days."""
    rows, much = _bought(book, "lodging"), int(flag.params["A"])
    towns = dense(rows, "payments for lodging", days=flag.params["d"], distinct={"place": flag.params["c"]})
    seen = {hit.accounts for hit in towns}
    spent = dense(rows, "payments for lodging", days=30, total=much * book.unit, money=f"{much}")
    return towns + [hit for hit in spent if hit.accounts not in seen]


def taxis(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-06."""
    return dense(_bought(book, "taxi"), "taxi rides", days=30, fewest=flag.params["n"] + 1)


def top_ups(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-07: several a week, in several weeks, for several numbers."""
    rows = _bought(book, "top_up").with_columns(week=pl.col("time").dt.truncate("1w"))
    weeks = rows.group_by("account", "week").agg(pl.len(), pl.col("row"), pl.col("reference"))
    busy = weeks.filter(pl.col("len") >= flag.params["n"]).group_by("account").agg(
        pl.len().alias("weeks"), pl.col("row").explode().sort(), pl.col("reference").explode().n_unique().alias("names")
    )  # fmt: skip
    busy = busy.filter(pl.col("weeks") >= flag.params["k"], pl.col("names") >= flag.params["m"])
    return by_account(busy, f"at least {flag.params['n']} top-ups in each of {{weeks}} weeks, for {{names}} numbers")


def out_of_profile(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-08: cosmetics, clothes and pharmacy out of line with others, beside lodging or adverts."""
    return far_out(profiles(book), flag)


def profiles(book: Book) -> pl.DataFrame:
    """By person's account the share of card spending that SEX-08 asks of: `account share beside row`."""
    rows = book.only(book.paid(pl.col("channel") == "card"), "person")
    kind = pl.col("purpose").is_in(["cosmetics", "clothes", "pharmacy"])
    share = rows.group_by("account").agg(
        (pl.col("amount").filter(kind).sum() / pl.col("amount").sum()).alias("share"), pl.len(),
        pl.col("row").filter(kind).sort(), pl.col("purpose").is_in(["lodging", "advert"]).any().alias("beside"),
    )  # fmt: skip
    return share.filter(pl.col("len") >= 10).drop("len").sort("account")


def far_out(share: pl.DataFrame, flag: RedFlag) -> list[Hit]:
    """Those far from all others, in order of accounts so that the same shares give the same deviations."""
    z = (pl.col("share") - pl.col("share").mean()) / pl.col("share").std()
    odd = share.with_columns(z=z).filter(pl.col("z") >= flag.params["z"], pl.col("beside"))
    return by_account(odd, "cosmetics, clothes and pharmacy are {share:.0%} of card spending, {z:.1f} deviations out")


def takeaways(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-09: many a week in several towns, or one large order."""
    rows = _bought(book, "takeaway")
    many = dense(rows, "takeaway orders", days=7, fewest=flag.params["n"], distinct={"place": 2})
    large = rows.filter(pl.col("amount") >= int(flag.params["A"]) * book.unit)
    seen = {hit.accounts for hit in many}
    one = dense(large, "large takeaway orders", days=30)
    return many + [hit for hit in one if hit.accounts not in seen]


def at_night(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-10: paid at venues at night; a sign of a buyer or of who brings them, so it counts for no alert."""
    hour = pl.col("time").dt.hour()
    rows = _bought(book, "venue", "beauty").filter((hour >= 22) | (hour < 6))
    return dense(rows, "payments at venues at night", days=flag.params["d"], fewest=flag.params["n"])


def town_after_town(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-14: persons alone; for a business towns mean nothing."""
    rows = book.only(book.paid(pl.col("place").is_not_null(), pl.col("place") != "abroad"), "person")
    return dense(rows, "payments on the spot", days=flag.params["d"], distinct={"place": flag.params["c"]})


def others_costs(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-15: several groups of living costs, in one month, far above the account's own other months."""
    rows = book.only(book.paid(pl.col("purpose").is_in(list(GROUPS))), "person")
    rows = rows.with_columns(group=pl.col("purpose").replace_strict(GROUPS), month=pl.col("time").dt.truncate("30d"))
    spent = rows.group_by("account", "group", "month").agg(pl.col("amount").sum(), pl.col("row"))
    months = int(book.months)
    base = (pl.col("amount").sum().over("account", "group") - pl.col("amount")) / max(months - 1, 1)
    above = spent.with_columns(base=base).filter(
        pl.col("amount") >= pl.col("base") * float(flag.params["f"]), pl.col("amount") >= 50 * book.unit
    )
    many = above.group_by("account", "month").agg(pl.len().alias("groups"), pl.col("row").explode().sort())
    many = many.filter(pl.col("groups") >= flag.params["k"]).sort("groups", "month", descending=[True, False])
    return by_account(
        many.unique("account", keep="first", maintain_order=True),
        "{groups} groups of living costs far above the own other months",
    )


def luxury(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-18: against the known income of the same time."""
    rows = _bought(book, "gambling", "luxury").join(
        book.accounts.filter(pl.col("income") > 0).select("account", "income"), on="account"
    )
    share = flag.params["d"] / 30.4 * float(flag.params["s"])
    found = rows.sort("account", "time").rolling("time", period=f"{flag.params['d']}d", group_by="account").agg(
        pl.col("amount").sum(), pl.col("income").first(), pl.col("row")
    )  # fmt: skip
    found = found.filter(pl.col("amount") >= pl.col("income") * share).sort(
        "amount", descending=True, maintain_order=True
    )
    best = found.unique("account", keep="first", maintain_order=True)
    return by_account(
        best, f"gambling and luxury are at least {flag.params['s']:.0%} of known income in {flag.params['d']} days"
    )


def prepaid(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-12: prepaid cards, and crypto or adverts within hours of them, time and again."""
    first = _bought(book, "prepaid").select("account", "time", "row", cards="time").sort("time")
    then = _bought(book, "crypto", "advert").select("account", "time", next_row="row").sort("time")
    pairs = then.join_asof(first, on="time", by="account", tolerance=f"{flag.params['h']}h", check_sortedness=False)
    pairs = pairs.drop_nulls("row").with_columns(amount=pl.lit(0)).with_columns(row="next_row")
    often = dense(
        pairs,
        "buys of crypto or adverts soon after prepaid cards",
        days=flag.params["window_d"],
        fewest=flag.params["k"],
    )
    cards = dense(
        first.with_columns(amount=pl.lit(0)), "prepaid cards", days=flag.params["window_d"], fewest=flag.params["n"]
    )
    enough = {hit.accounts for hit in cards}
    return [hit for hit in often if hit.accounts in enough]


def tickets(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-08: for several different people."""
    rows = book.only(_bought(book, "ticket"), "person")
    return dense(rows, "tickets", days=flag.params["d"], distinct={"reference": flag.params["n"]})


def rents(book: Book, flag: RedFlag) -> list[Hit]:
    """LAB-07: rent to several landlords from a private account."""
    rows = book.only(_bought(book, "rent"), "person")
    return dense(rows, "payments of rent", days=60, distinct={"other": flag.params["n"]})
