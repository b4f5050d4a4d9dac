"""One door to the compiler, so that compiled functions keep their types."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile with numba, kept on disk between runs; division by zero gives inf as in numpy."""
    return cast("F", njit(cache=True, error_model="numpy")(function))
