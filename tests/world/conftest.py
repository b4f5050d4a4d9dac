import numpy as np
import pytest

from palermo.world import make_world


@pytest.fixture(scope="session")
def world():
    return make_world(people=40_000, seed=11, money=True)


@pytest.fixture(scope="session")
def people(world):
    return {name: np.array(world.tables["people"][name].to_pylist()) for name in world.tables["people"].column_names}


@pytest.fixture(scope="session")
def persons(world):
    return {name: np.array(world.truth["persons"][name].to_pylist()) for name in world.truth["persons"].column_names}


@pytest.fixture(scope="session")
def victims(world):
    return {name: np.array(world.truth["victims"][name].to_pylist()) for name in world.truth["victims"].column_names}
