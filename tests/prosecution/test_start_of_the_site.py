"""Prosecution's addresses load without what computes: a page imports it when a trace, picture or report is asked for.

Those of prevention load numba, scipy and polars still; the start of the whole site is open.
"""

import subprocess
import sys

HEAVY = {"duckdb", "lxml", "networkx", "numba", "polars", "pyarrow", "scipy"}
LOOK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.web.settings"
import django
django.setup()
import palermo.prosecution.pages.urls
print(" ".join(sorted(sys.modules)))
"""


def test_the_addresses_of_prosecution_import_nothing_that_computes():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "palermo.prosecution.pages.findings" in loaded
    assert loaded & HEAVY == set()
