"""Locks that the kernel takes back when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def try_lock(path: Path) -> int | None:
    """An open, exclusively locked file descriptor, or None while another process holds the lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def held(path: Path) -> bool:
    """Whether a living process holds the lock."""
    if not path.exists():
        return False
    descriptor = try_lock(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def locked(path: Path, *, waiting: Callable[[float], None]) -> Iterator[None]:
    """Hold the lock; `waiting(seconds)` is called now and then while somebody else does."""
    began, descriptor = time.monotonic(), try_lock(path)
    while descriptor is None:
        time.sleep(0.05)
        waiting(time.monotonic() - began)
        descriptor = try_lock(path)
    try:
        yield
    finally:
        os.close(descriptor)
