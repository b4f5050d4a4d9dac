"""How many of the simulated region's victims the forms find, and how many others they clear: ``python benchmarks/gate.py``.

The world's answers are asked by each form (a question is answered yes where something that it covers is so) and
screened; the truth is looked at only afterwards. Writes ``benchmarks/results/gate.json``.
"""

import json
import sys
from pathlib import Path

import numpy as np
import polars as pl

from palermo.protection.methods.answers import ADULT_AT
from palermo.protection.methods.answers import Path as AgePath
from palermo.protection.methods.forms import load_form
from palermo.protection.methods.frame_score import NO, NOT_KNOWN, YES
from palermo.protection.methods.scheme import default_scheme
from palermo.protection.methods.screening_frame import FrameScreener
from palermo.world import CODES, make_world

SEED = 7
BANDS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 1.0))
LIST_RULE = {"dimension", "one_sign", "implied"}
"""What is left of the gate if an element needs a positive dimension, or an item that names it."""


def ask(name: str, answers: pl.DataFrame, child: np.ndarray) -> np.ndarray:
    items = default_scheme().items
    codes = np.zeros((len(items), len(answers)), np.uint8)
    for question in load_form(name).questions:
        said = np.stack([answers[item].to_numpy() for item in question.covers])
        yes, no = (said == CODES["yes"]).any(axis=0), (said == CODES["no"]).any(axis=0)
        asked = np.isin(child, [path is AgePath.CHILD for path in question.paths])
        if question.after:
            asked &= codes[items.index(question.after)] == YES
        row = codes[items.index(question.items[0])]
        row[asked] = np.where(yes, YES, np.where(no, NO, NOT_KNOWN))[asked]
    return codes


def rates(presumed: np.ndarray, victim: np.ndarray) -> dict[str, float]:
    return {
        "sensitivity": round(float(presumed[victim].mean()), 3),
        "specificity": round(float(1 - presumed[~victim].mean()), 3),
    }


def measure(name: str, answers: pl.DataFrame, ages: np.ndarray, truth: pl.DataFrame) -> dict[str, object]:
    child = ages < ADULT_AT
    result = FrameScreener(default_scheme()).screen(ask(name, answers, child), ages)
    presumed = (result["presumption"] == "presumed").to_numpy()
    by_list = {element: result[element].is_in(LIST_RULE).to_numpy() for element in ("act", "means", "purpose")}
    listed = by_list["act"] & (by_list["means"] | child) & by_list["purpose"]
    victim, held = truth["victim"].to_numpy(), truth[f"reticence_{name}"].to_numpy()
    shuffled = np.random.default_rng(SEED).permutation(victim)
    return {
        "gate": rates(presumed, victim),
        "list_rule_alone": rates(presumed & listed, victim),
        "adults": rates(presumed[~child], victim[~child]),
        "children": rates(presumed[child], victim[child]),
        "sensitivity_by_share_held_back": {
            f"{low:.1f}–{high:.1f}": round(float(presumed[victim & (held >= low) & (held < high)].mean()), 3)
            for low, high in BANDS
            if (victim & (held >= low) & (held < high)).any()
        },
        "truth_shuffled": rates(presumed, shuffled),
    }


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    world = make_world(people=people, seed=SEED)
    seen, truth = pl.from_arrow(world.tables["people"]), pl.from_arrow(world.truth["persons"])
    ages = np.where(seen["age_known"].to_numpy(), seen["age"].fill_null(-1).to_numpy(), -1).astype(np.int16)
    report: dict[str, object] = {"people": people, "seed": SEED, "victims": int(truth["victim"].sum())}
    for name, table in (("intake", "answers"), ("interview", "answers_interview")):
        report[name] = measure(name, pl.from_arrow(world.tables[table]), ages, truth)
    target = Path(__file__).parent / "results" / "gate.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
