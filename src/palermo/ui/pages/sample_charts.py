"""One chart of each kind, with invented numbers."""

from math import exp, sin
from typing import Any

from django.http import HttpRequest

from palermo.ui.charts import kinds
from palermo.ui.maps.tiles import cell_map, positions, state_map

SOURCE = "invented for this gallery"


def _days() -> list[dict[str, Any]]:
    rows = []
    for n in range(60):
        day = f"2026-{9 + n // 30:02d}-{1 + n % 30:02d}"
        for shift, agency in enumerate(("First reception", "Asylum", "Labour inspectorate")):
            value = round(14 + 6 * sin(n / 6 + shift * 2) - 4 * shift + (n * 7 + shift) % 5)
            rows.append(
                {"day": day, "agency": agency, "persons": None if agency == "Asylum" and 20 < n < 26 else value}
            )
    return rows


def _first() -> list[Any]:
    forms = [
        ("Labour exploitation", 118),
        ("Sexual exploitation", 74),
        ("Domestic servitude", 39),
        ("Forced begging", 22),
    ]
    parts = [
        {"form": form, "path": path, "persons": round(count * share)}
        for form, count in forms
        for path, share in (("adult women", 0.42), ("adult men", 0.31), ("girls", 0.17), ("boys", 0.1))
    ]
    stages = [("Arrived", 5000), ("Screened", 4630), ("Presumed", 412), ("Referred", 377), ("Accepted", 341)]
    waits = [36 * exp(-n / 40) * (1 + (n * 37 % 11) / 8) for n in range(180)]
    late = sum(wait > 24 for wait in waits)
    lead = f"{180 - late} of 180 answers came within 24 hours."
    heads = {"form": "Form", "persons": "Persons", "path": "Person"}
    return [
        kinds.funnel(stages, title="From arrival to acceptance", source=SOURCE),
        kinds.waiting(waits, deadline=24, title="How long a referral waited", lead=lead, source=SOURCE),
        kinds.bars(
            [{"form": form, "persons": count} for form, count in forms],
            category="form",
            value="persons",
            title="Presumed by form",
            labels=heads,
            source=SOURCE,
        ),
        kinds.stacked(
            parts, category="form", value="persons", part="path", title="Who they are", labels=heads, source=SOURCE
        ),
    ]


def charts(_request: HttpRequest) -> dict[str, Any]:
    labels = {"day": "Day", "agency": "Agency", "persons": "Persons"}
    values = {row["iso2"]: (n * 37) % 260 for n, row in enumerate(positions()) if n % 9}
    cells = [
        {"code": f"{chr(65 + r)}{c + 1}", "name": f"Facility {chr(65 + r)}{c + 1}", "column": c, "row": r}
        | {"value": None if (r, c) == (1, 3) else (r * 13 + c * 29) % 90}
        for r in range(5)
        for c in range(7)
    ]
    figures = [
        *_first(),
        kinds.lines(
            _days(), time="day", value="persons", series="agency", title="Screened a day", labels=labels, source=SOURCE
        ),
        kinds.multiples(
            _days(), time="day", value="persons", panel="agency", title="Screened a day, by agency", labels=labels
        ),
        state_map(values, title="Answers by State", partners=True, value_label="Answers", source=SOURCE),
        cell_map(cells, title="People in each facility", value_label="Persons", source=SOURCE),
    ]
    return {"figures": figures}
