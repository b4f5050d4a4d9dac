"""docs/settings.md names what the code reads from its environment: all of it, and nothing else."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
READS = re.compile(r"environ(?:\.(?:get|setdefault|pop)\(|\[)\"([A-Z_]+)\"|\"([A-Z_]+)\" (?:not )?in os\.environ")


def test_every_setting_is_documented_and_every_documented_one_is_read():
    sources = [*CHECKOUT.glob("src/**/*.py"), *CHECKOUT.glob("tests/**/*.py"), *CHECKOUT.glob("benchmarks/**/*.py")]
    read = {name for path in sources for found in READS.findall(path.read_text()) for name in found if name}
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (CHECKOUT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert documented == read - {"HOME"}
