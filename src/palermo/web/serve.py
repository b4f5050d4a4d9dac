"""To serve the site on this machine: gunicorn, and beside it a companion that works and keeps the database alive."""

import os
import socket
import subprocess
import sys
from typing import Any, NoReturn

from gunicorn.app.base import BaseApplication

from palermo.vocabulary.errors import Refusal

HERE = "127.0.0.1"


def open_port(port: int) -> socket.socket:
    """Take the port, before anything long is done.

    Raises:
        Refusal: another program has it.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HERE, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise Refusal(
            f"the port cannot be had: {str(reason).lower()}.",
            where=f"{HERE}:{port}",
            remedy="Stop the program that has it, or choose another with --port.",
        ) from error
    listener.set_inheritable(True)
    return listener


class _Site(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        from palermo.web.wsgi import application  # noqa: PLC0415 -- loaded once, before the workers fork

        return application


def serve(listener: socket.socket, *, workers: int = 2) -> NoReturn:
    """Serve at an open port until stopped; background work runs all the while (web/companion.py).

    The process is begun anew for it: the threads of what a command did before (a ledger read in columns) would not be
    there in the workers that fork, and these would wait for them for ever.
    """
    from django.db import connections  # noqa: PLC0415 -- a command may ask for help without Django

    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "palermo.web.serve", str(listener.fileno()), str(workers)]
    os.execve(sys.executable, command, _environment())  # noqa: S606 -- this interpreter, words of our own


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def main() -> None:
    """Serve at the open port whose number is given, with so many workers."""
    number, workers = (int(word) for word in sys.argv[1:3])
    companion = subprocess.Popen(
        [sys.executable, "-m", "palermo.web.companion"],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C is ours; it leaves when we do
    )
    options = {"workers": workers, "threads": 4, "loglevel": "warning", "preload_app": True}
    try:
        _Site({"bind": f"fd://{number}", **options}).run()
    finally:
        companion.terminate()


if __name__ == "__main__":
    main()
