"""`palermo estimate --world` over many regions: do intervals hold the truth when lists depend and linkage errs?

Run from the checkout: PYTHONPATH=src python benchmarks/truth.py [regions]
Writes benchmarks/results/truth.json.
"""

import json
import sys
import time
from pathlib import Path

from palermo.prevention.formats.trials import as_object
from palermo.prevention.methods.estimation.against_truth import against_truth

RESULTS = Path(__file__).parent / "results"
PEOPLE = 20_000
SETTINGS = {
    "independent lists, true links": {"linked": False},
    "lists of partners depend (log odds ratio 1), true links": {"linked": False, "dependence": 1.0},
    "who tells less is listed less (log odds 2 apart), true links": {"linked": False, "heterogeneity": 2.0},
    "independent lists, linked by name, date, sex and citizenship": {"linked": True},
}


def main() -> None:
    regions = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    rows = {}
    for name, how in SETTINGS.items():
        began = time.process_time()
        found = as_object(against_truth(people=PEOPLE, seeds=range(1, regions + 1), **how))
        found.pop("trials")
        rows[name] = found | {"cpu_seconds": round(time.process_time() - began, 1)}
        print(name, rows[name])
    (RESULTS / "truth.json").write_text(json.dumps({"people": PEOPLE, "settings": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
