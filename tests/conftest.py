"""What every test may ask for: a real PostgreSQL, a house of agencies, SQL as owner or as the application, a browser.

Tests work on a cluster of their own (never the one of `make demo`), or on the server that `DATABASE_URL` names. The
database is made by `palermo_owner`; tests act as `palermo_app`, which owns nothing. The connection itself belongs to an
administrator who changes over by `SET SESSION AUTHORIZATION`, so that a test can act as owner in its own transaction;
so does `acting_as` for members who work through `palermo_door`.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
UNDER_CI = os.environ.get("CI") == "true"
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "live_server",
    "django_db_setup",
    "owner_sql",
    "as_owner",
    "as_app",
    "as_door",
}


#: What takes minutes on end begins first, so that no worker is left alone with it at the end.
LONGEST = ("test_routes.py", "test_demonstration.py", "test_demo_command.py", "test_against_truth.py")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, object, object]:
    """Mark what needs the database, so that `-m database` selects it without anybody remembering to; then put in order."""
    for item in items:
        if DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
    result = yield
    # After pytest-django, which puts what uses no database last.
    items.sort(key=lambda item: item.path.name not in LONGEST)
    return result


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: uses PostgreSQL; set by tests/conftest.py, CI runs it on two servers")
    import hypothesis
    from django.conf import settings

    from palermo.web.database.state import scratch_directory

    # A machine that is busy with something else fails no test.
    busy = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("palermo", deadline=None, suppress_health_check=busy)
    hypothesis.settings.load_profile("palermo")

    state = scratch_directory(CHECKOUT)
    os.environ["PALERMO_STATE"] = str(state)
    # pytest-django has read the settings by now.
    settings.PALERMO_KEYS = state / "keys.json"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the tests' server after the last test, unless another run still works with it."""
    if hasattr(config, "workerinput") or "DATABASE_URL" in os.environ:
        return
    from palermo.web.database.cluster import Cluster
    from palermo.web.database.launcher import stop_if_idle
    from palermo.web.database.state import state_directory

    stop_if_idle(Cluster(state_directory()))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[None]:
    """A migrated database for this worker; both of Django's connections lead there."""
    from django.db import connections
    from django.db.backends.signals import connection_created

    from palermo.web.database import databases, ensure_running
    from palermo.web.database.spaces import drop, fresh_space

    worker = getattr(request.config, "workerinput", {}).get("workerid", "single")
    name = f"test_palermo_{os.getppid() if worker != 'single' else os.getpid()}_{worker}"
    with django_db_blocker.unblock():
        server = ensure_running(scratch=True)
        for alias, settings in databases().items():
            connections[alias].close()
            connections[alias].settings_dict.update(settings | {"NAME": name})
        fresh_space(name, scratch=True)
        default = connections["default"].settings_dict
        default.update(USER=server.admin["user"], PASSWORD=server.admin.get("password", ""), CONN_MAX_AGE=0)
        connection_created.connect(act_as_app)
        with _renewed_after_transactional_tests(name), _one_connection_for_both_logins():
            yield
        connection_created.disconnect(act_as_app)
        connections.close_all()
        with server.connect() as admin:
            drop(admin, name)


def act_as_app(*, connection: Any, **_: Any) -> None:
    """Every new connection of Django's, in any thread, belongs to the application's login from its first statement."""
    if connection.alias == "default":
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION AUTHORIZATION palermo_app")


@contextmanager
def _one_connection_for_both_logins() -> Iterator[None]:
    """Let `acting_as` change the login on the connection it finds, whose transaction holds what the test made."""
    from palermo.office.domain import logins

    before = logins.through
    logins.through, one_connection.in_use = one_connection, before
    try:
        yield
    finally:
        logins.through = before


@contextmanager
def one_connection(login: str) -> Iterator[bool]:
    """What `logins.through` does, on one connection. Its statements are not counted."""
    import psycopg
    from django.db import connection

    def say(statement: str) -> str:
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else ""

    wanted = {"default": "palermo_app", "door": "palermo_door"}[login]
    before = say("SELECT session_user::text")
    if before == wanted:
        yield False
        return
    say(f"SET SESSION AUTHORIZATION {wanted}")
    try:
        yield True
    finally:
        if not connection.needs_rollback:
            say(f"SET SESSION AUTHORIZATION {before}")


@contextmanager
def _renewed_after_transactional_tests(name: str) -> Iterator[None]:
    """After a test that commits, the database is as new: the application may not truncate, nor should it learn to."""
    from django.db import connections
    from django.test import TransactionTestCase
    from renewal import Fresh

    from palermo.web.database import fresh_space, server

    with server().connect(name) as raw:
        fresh = Fresh.of(raw)

    def renew(self: TransactionTestCase) -> None:
        connections.close_all()
        with server().connect(name) as raw:
            restored = fresh.restore(raw)
        if not restored:
            fresh_space(name, scratch=True)

    before = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = renew
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = before


@pytest.fixture
def as_owner(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner(): …` acts as `palermo_owner` in the test's own transaction; an error undoes the block."""
    from django.db import connection, transaction

    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("db")

    @contextmanager
    def acting() -> Iterator[None]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET SESSION AUTHORIZATION palermo_owner")
            yield
            cursor.execute("SET SESSION AUTHORIZATION palermo_app")

    return acting


@pytest.fixture
def owner_sql(as_owner: Callable[[], AbstractContextManager[None]]) -> Callable[..., list[tuple[Any, ...]]]:
    """`owner_sql(query, params)` runs SQL as `palermo_owner` in the test's own transaction and returns its rows."""
    from django.db import connection

    def run(query: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def as_app(transactional_db: None) -> Iterator[Any]:
    """A psycopg connection that logged in as `palermo_app` itself (autocommit): what stolen credentials could do.

    It sees only what the test committed; the database is made anew after the test.
    """
    from django.db import connection

    from palermo.web.database import server

    with server().connect_as("palermo_app", connection.settings_dict["NAME"]) as raw:
        yield raw


@pytest.fixture
def own_connections(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """Change logins as in use, by a connection for each; the test names both in `django_db(databases=…)`."""
    from palermo.office.domain import logins

    monkeypatch.setattr(logins, "through", one_connection.in_use)


@pytest.fixture
def as_door(transactional_db: None) -> Iterator[Any]:
    """The same as `palermo_door`, through which the public and migration enforcement work."""
    from django.db import connection

    from palermo.web.database import server

    with server().connect_as("palermo_door", connection.settings_dict["NAME"]) as raw:
        yield raw


@pytest.fixture
def keys(settings: Any, tmp_path: Path, as_owner: Callable[[], AbstractContextManager[None]]) -> Path:
    """A fitted, simulated space with a key file and a cache of its own, and cheap passwords."""
    from palermo.office.domain.keyring import fit_space

    settings.PALERMO_KEYS = tmp_path / "keys.json"
    settings.PALERMO_SPACE = "simulated"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path / "cache"}}
    with as_owner():
        fit_space(simulated=True, using="default")
    return settings.PALERMO_KEYS


@pytest.fixture(scope="session")
def first_house() -> Any:
    """The house as this worker founded it once."""
    from house import found_house
    from remembered import Remembered

    return Remembered(found_house)


@pytest.fixture
def house(keys: Path, first_house: Any, as_owner: Callable[[], AbstractContextManager[None]]) -> Any:
    """Agencies and members: `house.shelter` is an agency, `house.shelter_worker` one of its members (support/house.py)."""
    return first_house.again(as_owner)


@pytest.fixture
def world(house: Any) -> Any:
    """The house by its shorter names: `world.agency["shelter"]`, `world.worker`, the site `world.harbour`."""
    return house


@pytest.fixture
def do() -> Callable[..., Any]:
    """`do(member, verb, **arguments)` does one verb as the member."""
    import records

    return records.do


@pytest.fixture
def make(house: Any) -> Any:
    """`make.case(…)`, `make.consent(case)`, `make.referral(case, …)`: what tests begin with, made through verbs."""
    from records import maker

    return maker(house)


@pytest.fixture
def register(house: Any, do: Callable[..., Any]) -> Callable[..., Any]:
    """`register(path="adult", …)` opens a file of Reception."""
    from palermo.office.domain.persons import register_person

    def make(member: Any = None, **values: Any) -> Any:
        return do(member or house.reception_responder, register_person, **({"path": "adult", "age": 30} | values))

    return make


@pytest.fixture
def person(register: Callable[..., Any]) -> Any:
    """A file whose name stands in it in Cyrillic."""
    from palermo.office.methods.identity import Identity

    return register(identity=Identity(given_name="Ивана", family_name="Примерова", phones=("+302101234567",)))


@pytest.fixture
def enter() -> Callable[..., AbstractContextManager[Any]]:
    """`with enter(as_app, member): …` a raw connection as `palermo_app` with the member's live pass; None has no pass."""
    from palermo.office.domain.acting import sign_pass

    @contextmanager
    def entering(raw: Any, member: Any, signed: str | None = None) -> Iterator[Any]:
        signed = signed if signed is not None else (sign_pass(member.id) if member else "")
        with raw.transaction():
            raw.execute("SELECT set_config('palermo.pass', %s, true)", [signed])
            yield raw

    return entering


@pytest.fixture
def browser(client: Any, keys: Path, as_owner: Callable[[], AbstractContextManager[None]]) -> Callable[[Any], Any]:
    """`browser(member)` is a client in which the member has signed in with both factors; None signs out."""
    from records import second_factor, sign_in

    def signed_in(member: Any) -> Any:
        if member is not None:
            with as_owner():
                second_factor(member)
        return sign_in(client, member)

    return signed_in


@pytest.fixture
def client_of(browser: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same by another name."""
    return browser


@pytest.fixture
def later(keys: Path) -> Callable[..., AbstractContextManager[None]]:
    """`with later(hours=30): …` is that much later, for pages and database alike."""
    from django.utils import timezone

    from palermo.office import clock

    return lambda **span: clock.at(timezone.now() + dt.timedelta(**span))


@pytest.fixture
def statements(
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], AbstractContextManager[Any]]:
    """`with statements(7): …` counts a page's own statements; what other rooms count in the navigation is theirs."""

    def counted(number: int) -> AbstractContextManager[Any]:
        monkeypatch.setattr("palermo.ui.navigation._entries", {})
        return django_assert_num_queries(number)

    return counted


@contextmanager
def state_folder() -> Iterator[Path]:
    """An empty state folder. pytest's own tmp_path is closed to the account that runs the database under root."""
    from palermo.web.database.cluster import Cluster
    from palermo.web.database.launcher import stop

    shelf = Path(os.environ["PALERMO_STATE"]).parent
    shelf.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=shelf, prefix="t"))
    yield folder
    stop(Cluster(folder))
    shutil.rmtree(folder)


@pytest.fixture
def state() -> Iterator[Path]:
    """The state folder of a cluster to break."""
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def lasting_state() -> Iterator[Path]:
    """The same for all tests of a module."""
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; its tests are skipped where there is none, and fail under CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    message = "There is no Chromium on this machine; on Debian: apt-get install chromium"
    if UNDER_CI:
        pytest.fail(message)
    pytest.skip(message)
