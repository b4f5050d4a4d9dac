"""Passwords are made once, however many processes ask at the same time."""

from concurrent.futures import ProcessPoolExecutor

from palermo.web.database.secrets import make_passwords, passwords


def test_processes_that_ask_at_once_end_with_the_same_passwords(tmp_path):
    file = tmp_path / "pgpass"
    with ProcessPoolExecutor(max_workers=4) as pool:
        made = list(pool.map(make_passwords, [file] * 12, ["palermo_owner"] * 12, ["palermo_app"] * 12))
    assert made == [passwords(file)] * 12
