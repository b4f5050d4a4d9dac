"""The site starts without what computes: a page imports it when somebody asks for a trace, a picture or a report."""

import subprocess
import sys

HEAVY = {"duckdb", "lxml", "networkx", "numba", "polars", "pyarrow", "scipy"}
LOOK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.web.settings"
import django
django.setup()
from django.urls import get_resolver
assert get_resolver().reverse_dict is not None
print(" ".join(sorted(sys.modules)))
"""


def test_the_table_of_addresses_imports_nothing_that_computes():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "palermo.prosecution.pages.findings" in loaded
    assert loaded & HEAVY == set()
