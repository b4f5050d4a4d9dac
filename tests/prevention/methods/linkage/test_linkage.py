"""One region, three agencies, five scripts: records linked without labels."""

import numpy as np
import polars as pl
import pytest

from palermo.prevention.methods import linkage
from palermo.prevention.methods.linkage.hashed import KEYS, record_code
from palermo.prevention.methods.linkage.link import narrowed
from palermo.prevention.methods.linkage.records import bones, prepare
from palermo.vocabulary.errors import Refusal

GIVEN = ["Olga", "Ольга", "Mohammed", "محمد", "Ioana", "Joy", "Blessing", "Thanh", "Нино", "Natalia", "Наталья", "Ahmed",
         "أحمد", "Maria", "Elena", "Елена", "Grace", "Fatima", "فاطمة", "Viktor", "Виктор", "Amina", "Sofia", "Dmitri"]  # fmt: skip
SAME = {"Ольга": "Olga", "محمد": "Mohammed", "Наталья": "Natalia", "أحمد": "Ahmed", "Елена": "Elena", "فاطمة": "Fatima", "Виктор": "Viktor"}  # fmt: skip
SYLLABLES = ["ka", "ro", "mi", "sha", "ven", "tov", "li", "dar", "nov", "pe", "zan", "gur", "be", "tal", "ish", "fer"]


def town(people: int, seed: int) -> tuple[pl.DataFrame, list[int]]:
    """Records of invented people on three lists, with spellings, swaps, slips and unknown days."""
    rng = np.random.default_rng(seed)
    other = {latin: script for script, latin in SAME.items()}
    rows, truth = [], []
    for person in range(people):
        given = str(rng.choice(GIVEN))
        family = "".join(rng.choice(SYLLABLES, size=3)).title()
        birth = f"{rng.integers(1960, 2008)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
        place, citizen, sex = f"town {rng.integers(60)}", f"C{rng.integers(12)}", str(rng.choice(["f", "m"]))
        for source in ("police", "shelter", "hotline"):
            if rng.random() > 0.5:
                continue
            first = other.get(given, given) if rng.random() < 0.3 else SAME.get(given, given)
            name = f"{family} {first}" if rng.random() < 0.2 else f"{first} {family}"
            shown = birth[:4] + "-01-01" if rng.random() < 0.15 else birth
            if rng.random() < 0.05:
                shown = birth[:-1] + str(rng.integers(10))
            rows.append(
                (f"{source}-{person}", source, name, shown, place if rng.random() < 0.8 else None, citizen, sex)
            )
            truth.append(person)
    columns = ("record", "source", "name", "birth_date", "place", "citizenship", "sex")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return linkage.standardise(frame, source="town").with_columns(source=frame["source"]), truth


TOWN, TRUTH = town(1500, 4)


@pytest.fixture(scope="module")
def links() -> linkage.Links:
    return linkage.link(TOWN)


def test_people_are_found_across_scripts(links):
    scores = linkage.pair_scores(links.records["cluster"].to_list(), TRUTH)
    assert scores["f1"] > 0.97
    assert links.records["record"].to_list() == TOWN["record"].to_list()


def test_every_pair_shows_what_its_weight_is_made_of(links):
    """The waterfall: prior and parts add up to the weight."""
    parts = [c for c in links.pairs.columns if c.startswith("mw_")]
    assert {"mw_name", "mw_birth", "mw_place", "mw_citizenship", "mw_sex"} <= set(parts)
    total = links.prior + links.pairs.select(parts).sum_horizontal()
    assert np.abs((total - links.pairs["weight"]).to_numpy()).max() < 1e-6
    assert links.pairs["weight"].is_sorted(descending=True)


def test_only_counts_leave(links):
    lists = linkage.overlaps(links.records)
    true = linkage.overlaps(TOWN.select("record", "source").with_columns(cluster=pl.Series(TRUTH)))
    assert lists.names == ("hotline", "police", "shelter")
    assert lists.counts == pytest.approx(true.counts, abs=0.1 * true.counts.max())


def test_doubt_of_links_is_carried(links):
    told = linkage.carried(links, draws=6, resamples=40)
    assert told.lower < told.estimate < told.upper
    assert told.lenient <= told.strict  # fewer links make more people
    assert told.estimate == pytest.approx(1500, rel=0.03)
    assert told.shared[0] <= linkage.overlaps(links.records).shared <= told.shared[1]


SECRET = bytes(range(32))


def test_hashes_alone_link_nearly_as_well():
    sent = linkage.hashed(TOWN, secret=SECRET)
    assert sent.columns == ["source", "record", "key_id", *KEYS]
    assert {len(value) for key in KEYS for value in sent[key] if value is not None} == {16}
    codes = {record_code(SECRET, source, record): person for (source, record), person in
             zip(TOWN.select("source", "record").iter_rows(), TRUTH, strict=True)}  # fmt: skip
    found = linkage.link_hashed(sent)
    scores = linkage.pair_scores(found.records["cluster"].to_list(), [codes[code] for code in found.records["record"]])
    assert scores["precision"] > 0.98
    assert scores["recall"] > 0.85
    assert (found.pairs["keys"] >= found.pairs["asked"]).all()


def test_another_secret_gives_other_hashes_and_they_are_not_compared():
    few = TOWN.head(30)
    first, second = (linkage.hashed(few, secret=bytes([k] * 32)) for k in (1, 2))
    for key in ("record", *KEYS):
        assert not set(first[key].drop_nulls()) & set(second[key].drop_nulls())
    with pytest.raises(Refusal, match="different secrets"):
        linkage.link_hashed(pl.concat([first, second]))


def test_a_value_that_many_records_share_is_not_sent():
    frame = pl.DataFrame(
        {"name": ["Ana Popa"] * 30, "dob": ["1990-02-03"] * 30, "phone": [f"0711 000 0{k:02}" for k in range(30)]}
    )
    sent = linkage.hashed(linkage.standardise(frame, source="x"), secret=SECRET)
    assert sent["name_birth"].null_count() == 30
    assert sent["phone"].null_count() == 0


def test_a_phone_is_the_same_with_and_without_its_country():
    frame = pl.DataFrame(
        {"name": ["A B", "C D"], "phone": ["+40 711 222 333", "0711-222333"], "passport": ["ab 12-3", "AB123"]}
    )
    ready = prepare(linkage.standardise(frame, source="x"))
    assert ready["phone"].n_unique() == ready["document"].n_unique() == 1


def test_verdicts_part_and_join(links):
    pair = links.pairs.filter(pl.col("probability") > 0.999).row(0)[:2]
    clusters = dict(linkage.decided(links, {pair: "different"}).select("record", "cluster").iter_rows())
    assert clusters[pair[0]] != clusters[pair[1]]
    apart = (links.records["record"][0], links.records["record"][-1])
    joined = dict(linkage.decided(links, {apart: "same"}).select("record", "cluster").iter_rows())
    assert joined[apart[0]] == joined[apart[1]]
    same = linkage.decided(links, {pair: "cannot tell"})
    assert same["cluster"].to_list() == links.records["cluster"].to_list()


def test_the_most_doubtful_pair_comes_first(links):
    pairs = linkage.doubtful(links, most=10)
    assert pairs.height == 10
    assert pairs["worth"].is_sorted(descending=True)
    assert pairs["probability"].is_between(0.01, 0.99).all()


def test_a_verdict_on_a_pair_that_is_not_here_is_refused(links):
    with pytest.raises(Refusal, match="No such pair"):
        linkage.decided(links, {("nobody", "no one"): "same"})


def test_first_of_january_stands_for_an_unknown_day():
    frame = pl.DataFrame({"name": ["A B", "A B", "A B"], "dob": ["1990-01-01", "1990", "1990-3-7"]})
    ready = prepare(linkage.standardise(frame, source="x"))
    assert ready.select("year", "birth", "day").rows() == [
        ("1990", None, None),
        ("1990", None, None),
        ("1990", "1990-03-07", "03-07"),
    ]


@pytest.mark.parametrize(
    "spellings",
    [
        ("zhdanovich", "jdanovitch", "zdanovich", "shdanowitsch"),
        ("qadaaf", "kadaf"),
        ("khokhilova", "hohilova", "khohilowa"),
        ("yaghizouri", "iaghizuri", "yagizoory"),
        ("tsvetan", "tzwetan", "zvetan"),
    ],
)
def test_romanisations_of_one_name_have_the_same_bones(spellings: tuple[str, ...]):
    assert len({bones(spelling) for spelling in spellings}) == 1


def test_bones_tell_names_apart():
    assert len({bones(name) for name in ("olga", "natalia", "mohammed", "viktor", "sofia", "dmitri", "amina")}) == 7
    assert bones("ayo") == "ayo"  # a name of vowels stays itself


def test_one_doubtful_pair_does_not_chain_two_people():
    left = np.array([0, 0, 1, 3, 3, 4, 2])
    right = np.array([1, 2, 2, 4, 5, 5, 3])
    weights = np.array([9.0, 9, 9, 9, 9, 9, 2])
    groups = linkage.cluster(6, left, right, weights, floor=-3.0, cut=0.0, cap=12.0)
    assert groups.tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pl.DataFrame({"dob": ["1990"]}), "There is no column of names."),
        (pl.DataFrame({"id": ["1", "1"], "name": ["A", "B"]}), "The record '1' stands twice."),
    ],
)
def test_unusable_tables_are_refused(frame: pl.DataFrame, message: str):
    with pytest.raises(Refusal) as refused:
        linkage.standardise(frame, source="x")
    assert refused.value.message == message


def test_a_rule_that_looks_at_too_many_pairs_asks_for_more():
    ready = pl.DataFrame({"birth": ["1990-02-02"] * 60, "met": [f"M{k % 20}" for k in range(60)], "sex": ["f"] * 60})
    assert narrowed(ready, [("birth",), ("birth", "met")]) == [("birth", "met")]
    assert narrowed(ready.head(10), [("birth",), ("sex",)]) == [("birth",), ("sex",)]


def test_too_few_records_and_names_alone_are_refused():
    with pytest.raises(Refusal, match="3 records are too few"):
        linkage.link(TOWN.head(3))
    with pytest.raises(Refusal, match="nothing but names"):
        linkage.link(linkage.standardise(pl.DataFrame({"name": [f"A {k}" for k in range(30)]}), source="x"))
    with pytest.raises(Refusal, match="The secret has 4 bytes"):
        linkage.hashed(TOWN.head(2), secret=b"1234")


@pytest.mark.slow
def test_historical_figures(shared):
    """50,578 records of 5,156 people: Splink 5 out of the box has a cluster F1 of 0.83."""
    frame = pl.read_parquet(shared / "linkage" / "historical_figures_with_errors_50k.parquet")
    records = linkage.standardise(frame.drop("first_and_surname", "first_name", "surname", "cluster"), source="x")
    found = linkage.link(records)
    assert linkage.pair_scores(found.records["cluster"].to_list(), frame["cluster"].to_list())["f1"] > 0.90
