"""`palermo partnership import`: one JSON object, one clear error; the verbs behind it are tested with the room."""

import subprocess
import sys

import pytest

COMMAND = "from palermo.cli import main; main()"


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "partnership", "import", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"[office]\nname = 'O'\nyear = 2017\n[[events]]\n",
            "year.toml, [events], line 4: there is no table “events”.",
        ),
        (b"\xff\xfe", "year.toml, line 1: the file is not UTF-8."),
        (b"x = " + b"[\n" * 100_000, "year.toml: lists or tables stand too deep in each other."),
        (b"#" * 2_000_000, "year.toml: the file has more than 1000000 bytes."),
    ],
)
def test_a_file_that_is_wrong_gets_one_error(tmp_path, data, message):
    file = tmp_path / "year.toml"
    file.write_bytes(data)
    done = run(file, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"palermo: {message}")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path):
    assert run(tmp_path / "none.toml").returncode == 1


def test_wrong_usage():
    assert run().returncode == 2


def test_the_commitments_are_loaded_for_an_office_that_is_named():
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "partnership", "commitments"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "--office" in done.stderr
