"""The worker: fetches jobs with the owner's login, does them with the application's.

Several workers may run: the queue gives each job to one of them, and each turn of regular work to one of them.
"""

import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils.module_loading import autodiscover_modules
from psycopg import OperationalError

from palermo.office.tasks import DEFERRED, REGULAR, perform
from palermo.vocabulary.errors import Refusal
from palermo.web.database import ensure_running

#: Seconds between two looks at the queue. It announces nothing (office/grants.py).
LOOKS = 5.0
#: Work that fails is tried again so often, each time after a longer wait.
TRIES = 5


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"worker: {line}\n")


def _guarded(name: str, body: Callable[[], object]) -> None:
    try:
        body()
    except Exception as error:
        # The kind of the fault, and a refusal's own words; a database error may quote a row.
        say(f"{name} failed: {error if isinstance(error, Refusal) else type(error).__name__}")
        raise
    finally:
        connections.close_all()


def _regular(name: str, timestamp: int) -> None:
    del timestamp  # the turn; the work asks its own clock
    _guarded(name, REGULAR[name].body)


def _deferred(name: str, agency: str, ids: dict[str, str]) -> None:
    known = {key: UUID(value) for key, value in ids.items()}
    _guarded(name, partial(perform, name, agency=UUID(agency), ids=known))


def make_app(*, turns: bool = True) -> Any:
    """Procrastinate's app with all registered work, on the owner's login; `turns` puts regular work in the queue."""
    import procrastinate  # noqa: PLC0415 -- the site never needs it
    from procrastinate.contrib.django.utils import connector_params  # noqa: PLC0415 -- as above

    autodiscover_modules("tasks")
    # Its reports quote arguments and database errors; ours say which work failed and why.
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(kwargs=connector_params("owner"), min_size=1, max_size=3)
    )
    for work in REGULAR.values():
        task = app.task(name=work.name, queue="regular", queueing_lock=work.name)(partial(_regular, work.name))
        if turns:
            app.periodic_registry.register_task(task=task, cron=work.cron, periodic_id="", configure_kwargs={})
    retry = procrastinate.RetryStrategy(max_attempts=TRIES, exponential_wait=4)
    for name in DEFERRED:
        app.task(name=name, queue="deferred", retry=retry)(partial(_deferred, name))
    return app


def work_once() -> dict[str, str]:
    """Do all regular work now and what waits in the queue, then return: work → `done` or what went wrong."""
    app = make_app(turns=False)
    results: dict[str, str] = {}
    for name, work in sorted(REGULAR.items()):
        try:
            _guarded(name, work.body)
        except (Refusal, DatabaseError) as error:
            results[name] = str(error) if isinstance(error, Refusal) else type(error).__name__
        else:
            results[name] = "done"
    app.run_worker(wait=False, queues=["deferred"], listen_notify=False, delete_jobs="successful")
    return results


def work(*, signals: bool = True) -> None:
    """Work until stopped. A server that went away is started again and waited for.

    Args:
        signals: stop at SIGINT and SIGTERM; only possible in a process's main thread.
    """
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 -- the site never needs it

    while True:
        try:
            make_app().run_worker(
                listen_notify=False,
                fetch_job_polling_interval=LOOKS,
                delete_jobs="successful",
                install_signal_handlers=signals,
            )
        except (ConnectorException, OperationalError, DatabaseError, OSError) as error:
            say(f"the database went away ({type(error).__name__}); trying again")
            time.sleep(2)
            ensure_running()
        else:
            return
