"""What the demonstration costs: statements a person and CPU-seconds of Python and PostgreSQL (``demo.py [people]``).

Runs the whole of it (arrivals → screening → case → referral, all through verbs, policies, history and log) in a state
folder of its own and writes ``benchmarks/results/demo.json``. The cast and the world are counted apart.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

from _cluster import own_state, server_seconds

RESULTS = Path(__file__).parent / "results"
#: The aim for 5,000 people on two idle cores.
AIM = {"people": 5000, "seconds": 150}


def measure(people: int, seed: int = 7) -> dict[str, object]:
    import django

    django.setup()
    from django.db import connection

    from palermo.office.domain.audit import verify_log
    from palermo.office.domain.keyring import fit_space
    from palermo.training.domain.demonstration import hold_demonstration
    from palermo.web.database import DATABASES, fresh_space, prepare

    prepare("simulated")
    fresh_space(DATABASES["simulated"])
    fit_space(simulated=True)
    kinds: Counter[str] = Counter()

    def count(execute, sql, params, many, context):
        kinds[" ".join(str(sql).split()[:3])[:40]] += 1
        return execute(sql, params, many, context)

    began, python, server = time.perf_counter(), time.process_time(), server_seconds()
    with connection.execute_wrapper(count):
        held, _ = hold_demonstration(people=people, seed=seed, tell=lambda _: None)
    python, server = time.process_time() - python, server_seconds() - server
    wall = time.perf_counter() - began
    verdict = verify_log()
    return {
        "people": people,
        "seed": seed,
        "statements_a_person": round(kinds.total() / people, 2),
        "savepoint_statements_a_person": round(sum(n for k, n in kinds.items() if "SAVEPOINT" in k) / people, 2),
        "log_lines_a_person": round(verdict.lines / people, 2),
        "log_whole": verdict.ok,
        "cpu_seconds_python": round(python, 1),
        "cpu_seconds_postgresql": round(server, 1),
        "cpu_milliseconds_a_person": round(1000 * (python + server) / people, 1),
        "wall_seconds": round(wall, 1),
        "load_before": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
        "figures": {k: v for k, v in held.figures.items() if k != "rates"},
        "aim": AIM,
    }


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with own_state():
        report = measure(people)
    if people == 1000:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "demo.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
