"""`palermo estimate --world` over many regions: do intervals hold the truth when lists depend and linkage errs?

Run from the checkout: PYTHONPATH=src python benchmarks/truth.py [regions] [regions that are linked] [words of a setting]
Writes benchmarks/results/truth.json after each setting. Resamples are 400 a group, not 1,000, so that it can be run.
Seeds start at 3001: rates of warnings were chosen on others (1001 to 1320, then 2001 to 2200), so these are fresh.
"""

import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from palermo.prevention.formats.trials import as_object
from palermo.prevention.methods.estimation.against_truth import against_truth

RESULTS = Path(__file__).parent / "results" / "truth.json"
PEOPLE, RESAMPLES, FIRST = 20_000, 400, 3001
SETTINGS: dict[str, dict[str, Any]] = {
    "independent lists, true links": {"linked": False},
    "lists of partners depend (log odds ratio 1), true links": {"linked": False, "dependence": 1.0},
    "who tells less is listed less (log odds 2 apart), true links": {"linked": False, "heterogeneity": 2.0},
    "independent lists, linked, links taken as certain": {"linked": True, "carry": False},
    "independent lists, linked, doubt of links carried": {"linked": True, "carry": True},
}


def main() -> None:
    true, linked = (int(sys.argv[at]) if len(sys.argv) > at else 200 for at in (1, 2))
    for name, how in SETTINGS.items():
        if len(sys.argv) > 3 and sys.argv[3] not in name:
            continue
        began = time.process_time()
        seeds = range(FIRST, FIRST + (linked if how["linked"] else true))
        found = as_object(against_truth(people=PEOPLE, seeds=seeds, resamples=RESAMPLES, **how))
        found.pop("trials")
        held = round(found["coverage"] * found["regions"])
        found |= {"held": held, "missed": found["regions"] - held, "seeds": [seeds[0], seeds[-1]]}
        found["told"] = {words: {"missed": missed, "held": sound} for words, (missed, sound) in found["told"].items()}
        rows = json.loads(RESULTS.read_text())["settings"] if RESULTS.exists() else {}  # another run may have written
        rows[name] = found | {"cpu_seconds": round(time.process_time() - began, 1)}
        print(name, rows[name], flush=True)
        machine = {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}
        report = {"people": PEOPLE, "resamples": RESAMPLES, "level": 0.95, "machine": machine, "settings": rows}
        RESULTS.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
