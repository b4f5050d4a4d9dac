"""Compiled loops are cached where that is possible and work where it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src"
SCRIPT = """
from palermo.prosecution.methods.compiled import kernel

@kernel
def double(n: int) -> int:
    return 2 * n

print(double(21))
"""


@pytest.mark.parametrize("writable", [True, False])
def test_a_kernel_runs_with_and_without_a_place_for_its_cache(tmp_path, writable):
    (tmp_path / "loop.py").write_text(SCRIPT)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA")}
    environment |= {"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
    if not writable:
        (tmp_path / "__pycache__").write_text("a file where the cache would be")
        environment |= {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null/none"}
    done = subprocess.run(
        [sys.executable, "loop.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("42\n", 0), done.stderr
    assert (tmp_path / "__pycache__").is_dir() == writable
