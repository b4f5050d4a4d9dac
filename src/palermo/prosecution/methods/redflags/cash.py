"""Signs in cash, wallets and branches."""

import polars as pl

from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.windows import Hit, by_account, dense
from palermo.vocabulary.redflags import RedFlag


def branches(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-04: one beneficiary, several branches, consecutive days."""
    rows = book.got(pl.col("channel").is_in(["cash_in", "money_transfer"]), pl.col("place").is_not_null())
    return dense(rows, "payments at branches", days=flag.params["d"], distinct={"place": flag.params["b"]})


def fee_like_cash(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-04."""
    low, high = (int(flag.params[end]) * book.unit for end in ("lo", "hi"))
    rows = book.got(pl.col("channel") == "cash_in", pl.col("amount").is_between(low, high))
    return dense(rows, f"cash deposits of {flag.params['lo']} to {flag.params['hi']}", days=flag.params["d"],
                 fewest=flag.params["n"], distinct={"place": flag.params["p"]})  # fmt: skip


def cash_alone(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-16: cash comes in, and nothing of the ordinary: no direct debit, no pay, no benefit."""
    rows = book.only(book.got(pl.col("channel") == "cash_in"), "person")
    ordinary = pl.concat(
        [
            book.paid(pl.col("channel") == "direct_debit").select("account"),
            book.got(pl.col("purpose").is_in(["wages", "benefit"])).select("account"),
        ]
    )
    return dense(rows.join(ordinary, on="account", how="anti"), "cash deposits and no ordinary payments",
                 days=flag.params["d"], fewest=flag.params["n"])  # fmt: skip


def cash_then_asset(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-13: cash paid in before a thing of value that known income does not reach."""
    assets = book.only(book.paid(pl.col("purpose").is_in(["vehicle", "property", "luxury"])), "person")
    assets = assets.select("account", when="time", price="amount", bought="row")
    assets = assets.join(book.accounts.select("account", pl.col("income").fill_null(0)), on="account")
    cash = book.got(pl.col("channel") == "cash_in").select("account", "time", "amount", "row")
    pairs = assets.join(cash, on="account").filter(
        pl.col("time") <= pl.col("when"), pl.col("time") >= pl.col("when") - pl.duration(days=flag.params["d"])
    )
    found = pairs.group_by("account", "bought", "price", "income").agg(pl.col("amount").sum(), pl.col("row").sort())
    found = found.filter(
        pl.col("amount") >= pl.col("price") * float(flag.params["f"]),
        pl.col("income") * (flag.params["d"] / 30.4) < pl.col("price"),
        pl.col("price") >= 500 * book.unit,
    )
    found = found.sort("account", "bought")
    found = found.with_columns(row=pl.concat_list("row", "bought")).unique("account", keep="first", maintain_order=True)
    return by_account(
        found, f"cash of {flag.params['f']:.0%} of the price or more in the {flag.params['d']} days before"
    )


def hidden_payers(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-10: most credits through a wallet or processor, many without the real payer."""
    rows = book.only(book.got(), "person")
    through = pl.col("channel") == "wallet"
    share = rows.group_by("account").agg(
        pl.len(), through.mean().alias("share"), pl.col("other").is_null().filter(through).mean().alias("hidden"),
        pl.col("row").filter(through).sort(),
    )  # fmt: skip
    found = share.filter(
        pl.col("len") >= flag.params["n"], pl.col("share") >= flag.params["s"], pl.col("hidden") >= flag.params["u"]
    )
    return by_account(found, "{share:.0%} of {len} credits through wallets, the payer unknown in {hidden:.0%} of these")


def small_wallet(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-20: many small movements of a wallet, beside crypto."""
    small = book.paid(pl.col("channel") == "wallet", pl.col("amount") < 100 * book.unit)
    crypto = book.paid(pl.col("purpose") == "crypto").select("account").unique()
    return dense(
        small.join(crypto, on="account", how="semi"), "small wallet payments", days=30, fewest=flag.params["n"]
    )


def one_machine(book: Book, flag: RedFlag) -> list[Hit]:
    """CTL-06: different cards at one machine within minutes, on several days."""
    rows = book.paid(pl.col("channel") == "cash_out", pl.col("terminal").is_not_null()).sort("terminal", "time")
    if not rows.height:
        return []
    near = rows.rolling("time", period=f"{flag.params['m']}m", group_by="terminal", closed="both").agg(
        pl.col("account").unique().alias("cards"), pl.col("row")
    )
    near = near.filter(pl.col("cards").list.len() >= flag.params["n"]).with_columns(day=pl.col("time").dt.date())
    found = near.group_by("terminal").agg(
        pl.col("day").n_unique(), pl.col("cards").explode(), pl.col("row").explode().unique().sort()
    ).filter(pl.col("day") >= flag.params["k"]).sort("terminal")  # fmt: skip
    out = []
    for one in found.iter_rows(named=True):
        often = pl.Series(one["cards"]).value_counts(sort=True)
        cards = often.filter(pl.col("count") >= flag.params["k"]).to_series(0).sort().to_list()
        if len(cards) >= flag.params["n"]:
            near_by = f"within {flag.params['m']} minutes on {one['day']} days"
            why = f"{len(cards)} cards at machine {one['terminal']} {near_by}"
            out.append(Hit(tuple(cards), tuple(one["row"]), why))
    return out


def no_living_costs(book: Book, flag: RedFlag) -> list[Hit]:
    """CTL-11: pay comes, cash goes, nothing is bought."""
    paid = book.only(book.got(pl.col("purpose") == "wages"), "person").select("account").unique()
    out = book.paid().join(paid, on="account", how="semi")
    living = pl.col("purpose").is_in(["groceries", "rent", "utilities", "fuel", "ticket", "meals", "top_up"])
    share = out.group_by("account").agg(
        pl.len(), (pl.col("amount").filter(living).sum() / pl.col("amount").sum()).alias("living"),
        (pl.col("amount").filter(pl.col("channel") == "cash_out").sum() / pl.col("amount").sum()).alias("cash"),
        pl.col("row").sort(), (pl.col("time").max() - pl.col("time").min()).dt.total_days().alias("days"),
    )  # fmt: skip
    found = share.filter(
        pl.col("living") <= flag.params["s"],
        pl.col("cash") >= flag.params["c"],
        pl.col("days") >= flag.params["w"] * 7 - 14,
    )
    return by_account(found, "{cash:.0%} of what leaves is cash, {living:.0%} is living costs")


def paying_in_cash(book: Book, flag: RedFlag) -> list[Hit]:
    """SEX-19: many persons pay in, cash goes out, and there are no costs of a business."""
    people = book.accounts.filter(pl.col("kind") == "person").select(other="account")
    given = book.only(book.got(pl.col("channel") == "transfer"), "person").join(people, on="other", how="semi")
    many = dense(given, "payments from persons", days=flag.params["d"], fewest=flag.params["n"])
    out = book.paid().group_by("account").agg(
        (pl.col("amount").filter(pl.col("channel") == "cash_out").sum() / pl.col("amount").sum()).alias("cash"),
        pl.col("purpose").is_in(["supplier", "tax", "wages"]).any().alias("costs"),
    )  # fmt: skip
    fits = set(out.filter(pl.col("cash") >= flag.params["c"], ~pl.col("costs"))["account"].to_list())
    return [hit for hit in many if hit.accounts[0] in fits]
