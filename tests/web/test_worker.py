"""The worker's app: every work is registered in it, and deferred jobs are fetched and done."""

import pytest

from palermo.office import tasks
from palermo.web.worker import make_app


@pytest.mark.django_db(databases=["default", "owner"])
def test_all_registered_work_is_the_workers(db):
    app = make_app()
    assert {*tasks.REGULAR, *tasks.DEFERRED} <= set(app.tasks)
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons == {name: work.cron for name, work in tasks.REGULAR.items()}
