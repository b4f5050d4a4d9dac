"""Loops that columns cannot express, compiled by numba and kept on disk where there is somewhere to keep them."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` on first use, caching the machine code beside the source or in the user's cache.

    On a read-only install with no home directory there is nowhere to write: then each process compiles anew,
    which costs seconds but never fails.
    """
    compiled: Any
    try:
        compiled = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        compiled = njit(nogil=True)(function)
    return compiled  # type: ignore[no-any-return]
