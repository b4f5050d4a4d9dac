"""The sentence that says a figure, as it was printed."""

from palermo.partnership.methods.sayings import Saying, sayings_in


def said(text, name, **more):
    return {"text": text, "strong": True, "note": "", "figure": name, **more}


def test_the_sentence_that_holds_a_figure_and_no_other():
    parts = ["Last year was calm. We visited ", said("three", "p.visits"), " States. Nobody replied."]
    found = sayings_in([{"kind": "text", "parts": parts}], 2017)
    assert found == [Saying("p.visits", 2017, "We visited three States.")]


def test_two_figures_of_one_sentence_and_the_year_of_each():
    parts = [said("Nine", "f.replied"), " replied, ", said("seven", "f.replied", year=2016), " the year before."]
    sentence = "Nine replied, seven the year before."
    assert sayings_in([{"kind": "list", "items": [parts]}], 2017) == [
        Saying("f.replied", 2017, sentence),
        Saying("f.replied", 2016, sentence),
    ]


def test_rows_of_tables_and_nothing_of_headings():
    table = {"kind": "table", "names": ["p.visits"], "columns": ["What", "Figure"], "rows": [["Visits.", "3"]]}
    blocks = [{"kind": "heading", "level": 1, "text": "Visits"}, table]
    assert sayings_in(blocks, 2017) == [Saying("p.visits", 2017, "Visits. 3", row=True)]
