"""Signs in who shares what: phones, addresses, owners, opening days."""

import polars as pl

from palermo.prosecution.methods.redflags.book import Book
from palermo.prosecution.methods.redflags.windows import Hit, dense
from palermo.vocabulary.redflags import RedFlag

CONTACTS = ("phone", "address", "device")


def _contacts(book: Book) -> pl.DataFrame:
    """Account, holder and one contact a row."""
    known = [name for name in CONTACTS if name in book.accounts.columns]
    parts = [
        book.accounts.select("account", "holder", kind=pl.lit(name), value=pl.col(name)).drop_nulls("value")
        for name in known
    ]
    return pl.concat(parts)


def linked_senders(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-02: several senders to one, of whom some share a contact and not a name."""
    few, window = int(flag.params["m"]), int(flag.params["window_d"])
    rows = book.got(pl.col("source").is_not_null())
    shared = rows.join(_contacts(book).rename({"account": "other", "kind": "contact"}), on="other")
    groups = shared.group_by("account", "contact", "value").agg(
        pl.col("other").n_unique().alias("senders"), pl.col("holder").n_unique(), pl.col("row").unique().sort()
    )
    groups = groups.filter(pl.col("senders") >= few, pl.col("holder") >= few)
    groups = groups.sort("account", "senders", "contact", "value", descending=[False, True, False, False])
    best = groups.unique("account", keep="first", maintain_order=True)
    theirs = rows.join(best.select("account"), on="account", how="semi")
    many = {
        hit.accounts[0]: hit.why for hit in dense(theirs, "payments", days=window, distinct={"other": flag.params["n"]})
    }
    return [
        Hit(
            (one["account"],),
            tuple(one["row"]),
            f"{one['senders']} senders share the {one['contact']}; {many[one['account']]}",
        )
        for one in best.iter_rows(named=True)
        if one["account"] in many
    ]


def opened_together(book: Book, flag: RedFlag) -> list[Hit]:
    """CTL-10: accounts opened within days of each other with one contact."""
    rows = _contacts(book).join(book.accounts.select("account", "opened"), on="account").drop_nulls("opened")
    rows = rows.sort("kind", "value", "opened")
    groups = rows.group_by("kind", "value", maintain_order=True).agg("account", "opened", pl.col("holder").n_unique())
    out = []
    for one in groups.filter(pl.col("holder") >= flag.params["n"]).iter_rows(named=True):
        days = [day.toordinal() for day in one["opened"]]
        ends = [sum(d <= first + flag.params["d"] for d in days[i:]) for i, first in enumerate(days)]
        best = max(range(len(ends)), key=ends.__getitem__)
        if ends[best] >= flag.params["n"]:
            some = tuple(one["account"][best : best + ends[best]])
            out.append(
                Hit(some, (), f"{len(some)} accounts opened within {flag.params['d']} days with one {one['kind']}")
            )
    return out


def chain_of_shops(book: Book, flag: RedFlag) -> list[Hit]:
    """NET-15: businesses with one owner, phone or address."""
    shops = book.accounts.filter(pl.col("kind") == "business")
    parts = [
        shops.select("account", link=pl.lit(name), value=pl.col(name)).drop_nulls("value")
        for name in ("owner", *CONTACTS)
        if name in shops.columns
    ]
    groups = pl.concat(parts).group_by("link", "value").agg(pl.col("account").sort())
    groups = groups.filter(pl.col("account").list.len() >= flag.params["n"]).sort("link", "value")
    return [
        Hit(tuple(one["account"]), (), f"{len(one['account'])} businesses with one {one['link']}")
        for one in groups.iter_rows(named=True)
    ]
