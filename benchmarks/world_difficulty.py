"""How hard a world is: the full screening on worlds of 20,000 people, by the dials `noise` and `disclosure`.

`python benchmarks/world_difficulty.py [seed]` prints, for answers at intake, the share of victims presumed
(sensitivity), of others not presumed (specificity), of presumptions that are right, and the area under the curve of a
mere count of yes answers; and, for the default dials, the same by form, stage, reticence and route, at the interview,
and for the facts (what would be answered with full trust and no error: the ceiling).
"""

import sys

import numpy as np

from palermo.protection.methods.frame_score import NO, NOT_KNOWN, YES
from palermo.protection.methods.scheme import default_scheme
from palermo.protection.methods.screening_frame import FrameScreener
from palermo.world import World, make_world

PEOPLE = 20_000
SCREENER = FrameScreener(default_scheme())


def codes(table):
    """Answers in the order of the screener's items and in its codes."""
    of_world = np.array([NO, YES, NOT_KNOWN], dtype=np.uint8)
    return np.stack(
        [of_world[table[item].to_numpy(zero_copy_only=False).astype(int)] for item in SCREENER.scheme.items]
    )


def presumed(world: World, table):
    people = world.tables["people"]
    ages = np.where(people["age_known"].to_numpy(), people["age"].to_numpy(), -1).astype(np.int16)
    result = SCREENER.screen(codes(table), ages)["presumption"].to_numpy()
    return result == "presumed", (codes(table) == YES).sum(axis=0)


def curve(score, label):
    _, position, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[position]
    positive = label.sum()
    return (rank[label].sum() - positive * (positive + 1) / 2) / (positive * (len(label) - positive))


def line(name, found, score, victim):
    shares = (found[victim].mean(), 1 - found[~victim].mean(), victim[found].mean(), curve(score, victim))
    print(f"{name:<34}" + "".join(f"{share:>8.3f}" for share in shares))


def main(seed: int) -> None:
    print(f"{'':<34}{'sens.':>8}{'spec.':>8}{'right':>8}{'AUC':>8}")
    for noise in (0.5, 1.0, 2.0, 4.0):
        for disclosure in (0.3, 0.6, 0.9):
            world = make_world(people=PEOPLE, seed=seed, noise=noise, disclosure=disclosure)
            victim = world.truth["persons"]["victim"].to_numpy()
            line(f"noise {noise}, disclosure {disclosure}", *presumed(world, world.answers), victim)
    world = make_world(people=PEOPLE, seed=seed)
    persons = world.truth["persons"]
    victim = persons["victim"].to_numpy()
    for name, table in (("interview", world.answers_interview), ("facts", world.truth["facts"])):
        line(name, *presumed(world, table), victim)
    found, score = presumed(world, world.answers)
    line("labels shuffled", found, score, np.random.default_rng(seed).permutation(victim))
    for name in ("form", "stage"):
        values = np.array(persons[name].to_pylist(), dtype=object)
        for value in sorted({value for value in values if value}):
            print(f"sensitivity, {value:<21}{found[values == value].mean():>8.3f}")
    reticence = persons["reticence_intake"].to_numpy()
    for low in (0.0, 0.25, 0.5, 0.75):
        inside = victim & (reticence >= low) & (reticence < low + 0.25)
        print(f"sensitivity, reticence {low:.2f} to {low + 0.25:.2f}{found[inside].mean():>7.3f}")
    routes = np.array(world.tables["people"]["route"].to_pylist())
    for route in sorted(set(routes)):
        print(f"specificity, {route:<21}{1 - found[~victim & (routes == route)].mean():>8.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
