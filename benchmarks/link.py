"""Linkage of simulated multi-script records at the world's own rates of error, with Splink's defaults beside it.

Run from the checkout: PYTHONPATH=src python benchmarks/link.py [records] [ours|splink|both]
Writes benchmarks/results/link.json, one row for each number of records. Each method runs in a process of its own, so
that the peak of memory is its own.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

HERE = Path(__file__).parent
ROWS_A_PERSON = 0.7  # rows of agencies' lists that a world of one person gives, about


def made(records: int, folder: Path) -> Path:
    """Lists of a world with at least so many rows, cut to the number; the true person beside each."""
    from palermo.world import make_world

    people = int(records / ROWS_A_PERSON)
    while True:
        world = make_world(people=people, seed=5)
        if len(world.tables["lists"]) >= records:
            break
        people = int(people * 1.1 * records / len(world.tables["lists"])) + 1000
    lists, owners = (pl.from_arrow(t) for t in (world.tables["lists"], world.truth["list_links"]))
    sheet = lists.join(owners.select("list_row", "person_id"), on="list_row").select(
        record="list_row", source=pl.col("agency").cast(pl.String), given="given_name", family="family_name",
        birth_date=pl.col("birth_date").cast(pl.String), sex=pl.col("sex").cast(pl.String),
        citizenship=pl.col("citizenship").cast(pl.String), place_met="tile", person="person_id",
    )  # fmt: skip
    # whole persons are kept, so that no true pair is cut
    kept = sheet["person"].unique(maintain_order=True).to_list()
    sizes = dict(sheet["person"].value_counts().iter_rows())
    total, until = 0, 0
    while total < records:
        total += sizes[kept[until]]
        until += 1
    out = folder / "sheet.parquet"
    sheet.filter(pl.col("person").is_in(kept[:until])).write_parquet(out)
    return out


def ours(sheet: pl.DataFrame) -> tuple[list[int], dict[str, object]]:
    from palermo.prevention.methods.linkage import link, standardise

    links = link(standardise(sheet.drop("person"), source="lists"), seed=1)
    order = dict(zip(links.records["record"], links.records["cluster"], strict=True))
    return [order[r] for r in sheet["record"]], {"pairs_kept": links.pairs.height}


def splink_defaults(sheet: pl.DataFrame) -> tuple[list[int], dict[str, object]]:
    """Splink's own name and date comparisons with the rules of its tutorial, raw names; clusters at 0.95."""
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as cl

    connection = duckdb.connect(config={"memory_limit": "6GB", "threads": 2})
    table = sheet.drop("person").rename({"record": "unique_id"}).to_arrow()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given"),
            cl.NameComparison("family"),
            cl.DateOfBirthComparison("birth_date", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("citizenship").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given", "family"), block_on("family", "birth_date"), block_on("given", "birth_date"),
        ],
    )  # fmt: skip
    linker = Linker(DuckDBAPI(connection).register(table), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "family", "birth_date")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("given", "family"), block_on("birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = linker.inference.predict(threshold_match_probability=0.01)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold_match_probability=0.95)
    rows = connection.execute(f"select unique_id, cluster_id from {found.physical_name}").fetchall()
    order = dict(rows)
    numbers: dict[object, int] = {}
    return [numbers.setdefault(order[r], len(numbers)) for r in sheet["record"]], {}


def one(path: str, how: str) -> None:
    """Run in a process of its own; prints one object."""
    import warnings

    from palermo.prevention.methods.linkage import pair_scores

    warnings.simplefilter("ignore")
    sheet = pl.read_parquet(path)
    wall, cpu = time.perf_counter(), time.process_time()
    found, more = (ours if how == "ours" else splink_defaults)(sheet)
    took = {"cpu_seconds": round(time.process_time() - cpu, 1), "wall_seconds": round(time.perf_counter() - wall, 1)}
    scores = {k: round(v, 4) for k, v in pair_scores(found, sheet["person"].to_list()).items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({**scores, **took, "peak_gigabytes": round(peak, 2), **more}))


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:4])
        return
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    which = sys.argv[2] if len(sys.argv) > 2 else "both"
    out = HERE / "results" / "link.json"
    report = json.loads(out.read_text()) if out.exists() else {"rows": []}
    row = next((r for r in report["rows"] if r["asked"] == records), None) or {"asked": records}
    with tempfile.TemporaryDirectory() as folder:
        sheet = made(records, Path(folder))
        frame = pl.read_parquet(sheet)
        row |= {"records": frame.height, "people": frame["person"].n_unique()}
        for how in ("ours", "splink") if which == "both" else (which,):
            done = subprocess.run(
                [sys.executable, __file__, "--one", str(sheet), how], capture_output=True, text=True, check=False
            )
            row[how] = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr[-400:]
            print(how, row[how], flush=True)
    report = {
        "what": "pairs that clusters imply against the true persons; lists of a simulated region at its default errors",
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "rows": sorted([r for r in report["rows"] if r["asked"] != records] + [row], key=lambda r: r["asked"]),
    }
    out.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
