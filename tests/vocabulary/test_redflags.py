"""The red flags as a vocabulary."""

from palermo.vocabulary.redflags import red_flags


def test_all_are_there_with_source_family_and_use():
    flags = red_flags()
    assert len(flags) == 66
    assert {flag.use for flag in flags.values()} == {"ledger", "columns", "needs_data", "off"}
    assert [name for name, flag in flags.items() if flag.use == "off"] == ["SEX-05", "SEX-13"]
    assert all(flag.source and flag.sign and flag.family and flag.needs for flag in flags.values())
    assert {flag.grade for flag in flags.values()} == {"A", "B", "C"}


def test_what_a_ledger_shows_says_what_is_innocent_and_what_would_refute_it():
    assert [
        name
        for name, flag in red_flags().items()
        if flag.use in ("ledger", "columns") and not (flag.innocent and flag.refuted_by) and name != "CASE-03"
    ] == []
