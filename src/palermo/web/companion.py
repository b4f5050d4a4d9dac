"""`python -m palermo.web.companion`: runs beside a serving process, and leaves when that does.

It does the background work, and starts the embedded database again if somebody killed it.
"""

import os
import signal
import threading
import time

#: Seconds between two looks at whether parent and database live. Reads two small files; asks the database nothing.
LOOKS = 2.0


def _watch(parent: int) -> None:
    from palermo.vocabulary.errors import Refusal  # noqa: PLC0415 -- after the thread began
    from palermo.web.database import ensure_running, server  # noqa: PLC0415 -- as above
    from palermo.web.worker import say  # noqa: PLC0415 -- as above

    cluster = server().embedded
    while os.getppid() == parent:
        if cluster and cluster.postmaster() is None:
            say("the database server is gone; starting it again")
            try:
                ensure_running(say=say)
            except Refusal as refusal:
                say(str(refusal))
        time.sleep(LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)  # whatever is being done is finished first
    time.sleep(10)
    os._exit(0)


def main() -> None:
    """Work until told to stop or until the parent is gone."""
    parent = os.getppid()
    import django  # noqa: PLC0415 -- as a command does

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
    django.setup()
    from palermo.web.worker import work  # noqa: PLC0415 -- as above

    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    work()


if __name__ == "__main__":
    main()
