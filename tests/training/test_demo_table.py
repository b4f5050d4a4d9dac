"""The table that the demonstration prints: every line says what it is, in the same order at every run."""

from palermo.cli.demo import interval_in_words, rate_rows


def rate(hits=1):
    return {"value": 0.5, "hits": hits, "of": 2, "interval": [0.2, 0.8]}


def test_subgroups_are_labelled_and_in_one_order():
    groups = {
        "form": {"labour": rate(), "begging": rate()},
        "age": {"30 and over": rate(), "under 15": rate(), "15 to 17": rate(), "18 to 29": rate()},
        "reticence": {"low": rate(), "high": rate(), "middle": rate()},
    }
    rates = {"sensitivity": rate(), "specificity": rate(), "sensitivity_by": groups}
    # As JSONB gives it back: keys by their length.
    again = {by: dict(sorted(found.items(), key=lambda pair: (len(pair[0]), pair))) for by, found in groups.items()}
    labels = [label for label, _ in rate_rows(rates)]
    assert labels == [label for label, _ in rate_rows({**rates, "sensitivity_by": dict(reversed(again.items()))})]
    assert labels[2:] == [
        "sensitivity, form: begging",
        "sensitivity, form: labour",
        "sensitivity, age: under 15",
        "sensitivity, age: 15 to 17",
        "sensitivity, age: 18 to 29",
        "sensitivity, age: 30 and over",
        "sensitivity, reticence: low",
        "sensitivity, reticence: middle",
        "sensitivity, reticence: high",
    ]


def test_a_wide_interval_says_that_few_were_counted():
    assert interval_in_words([0.5, 0.6]) == "0.50 to 0.60"
    assert interval_in_words([0.2, 0.8]) == "0.20 to 0.80 (few)"
    assert interval_in_words(None) == "–"
