"""What all tests share: a real server on loopback over an empty database and Redis.

``TEST_PAIR=embedded`` (default) runs on SQLite and the Redis inside the process; ``TEST_PAIR=real`` on the servers at
``TEST_DATABASE_URL`` and ``TEST_REDIS_URL``, in a database of its own that is dropped at the end; ``TEST_PAIR=none``
is for what scripts/checks.py runs once: there the shop cannot be asked for.
"""

import asyncio
import contextlib
import functools
import gc
import os
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncmy
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from tortoise import Tortoise

from src.core.configs import Settings, use
from src.core.configs.groups import (
    DatabaseSettings,
    OrderSettings,
    PortOneSettings,
    RedisSettings,
    SecuritySettings,
    ServerSettings,
)
from src.core.database.schema import prepared
from src.core.redis import redis
from tests import answers, network
from tests.factories.forms import FormClient

PAIR = os.environ.get("TEST_PAIR", "embedded")
REAL = PAIR == "real"
MYSQL_URL = os.environ.get("TEST_DATABASE_URL", "mysql://root:@127.0.0.1:3306/")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
# Runs side by side do not meet.
PORTS_FROM = int(os.environ.get("TEST_PORTS_FROM") or {"real": 20_000, "embedded": 23_000, "none": 26_000}[PAIR])

# A client reads all certificates of the system when it is made, 20 ms that nothing here needs: tests make thousands.
httpx.create_ssl_context = functools.cache(httpx.create_ssl_context)
httpx._transports.default.create_ssl_context = httpx.create_ssl_context  # type: ignore[attr-defined]

gc.set_threshold(10_000, 20, 50)  # as in src/gunicorn_conf.py: the default costs a twentieth of the tests

answers.install()
network.install()

_given: set[int] = set()


def free_port() -> int:
    """A port of loopback that nobody listens on, and that nobody here was given before.

    Below those that the system gives to clients, so that no outgoing connection takes it until the server listens.
    """
    while True:
        port = PORTS_FROM + secrets.randbelow(1_500)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def is_busy() -> bool:
    """Whether this machine has other work than one test: then the clock on the wall tells nothing."""
    return os.getloadavg()[0] > 0.75 * (os.cpu_count() or 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", choices=("first", "further"), help="first case of each test function, or the others")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the half of the tests that ``--cases`` names: together the halves are all tests, and no test is in both."""
    wanted = config.getoption("cases")
    if wanted is None:
        return
    first = {id(item) for item in {item.nodeid.partition("[")[0]: item for item in reversed(items)}.values()}
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (kept if (id(item) in first) == (wanted == "first") else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture(autouse=True)
def every_answer_is_in_the_contract(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the test is about: each answer that it got must be one that docs/openapi.json promises."""
    answers.WATCH.taken()
    yield
    found = answers.WATCH.taken()
    if request.node.get_closest_marker("off_contract") is None:
        assert found == [], "not in docs/openapi.json; after a change: python -m src.contract"


@pytest.fixture(autouse=True)
def nothing_outside_is_reached() -> Iterator[None]:
    """Whatever came of it: no test asks for a machine or a name outside."""
    network.OUTSIDE.taken()
    yield
    assert network.OUTSIDE.taken() == [], "tests reach no network"


@pytest.fixture(scope="session")
def shop_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of the whole test run."""
    state: Path = tmp_path_factory.mktemp("state")
    # A run of ./test.sh sets the prefix, and drops what a killed test left behind by it.
    name = f"{os.environ.get('TEST_DATABASE_PREFIX', 'shop_test_')}{secrets.token_hex(4)}"
    url = f"{MYSQL_URL.rsplit('/', 1)[0]}/{name}" if REAL else ""
    chosen = Settings(
        server=ServerSettings(env="test", port=free_port(), state_dir=state, workers=1, log_level="WARNING"),
        database=DatabaseSettings(url=url, host=""),
        # Generous: a machine that is busy with the other lane may answer late, and no test counts on the default.
        redis=RedisSettings(url=REDIS_URL if REAL else "", timeout_seconds=20),
        portone=PortOneSettings(pre_register_timeout_seconds=20, get_timeout_seconds=20),
        security=SecuritySettings(bcrypt_rounds=4),
        # Virtual accounts are offered where a test says so (`accounts_offered`).
        orders=OrderSettings(pay_methods=("CARD", "EASY_PAY", "TRANSFER", "MOBILE")),
    )
    with use(chosen):
        yield chosen


async def on_server(statement: str) -> None:
    """Run one statement on the MySQL server, outside any database."""
    address = DatabaseSettings(url=f"{MYSQL_URL.rsplit('/', 1)[0]}/mysql").mysql
    assert address is not None
    connection = await asyncmy.connect(
        host=address.host, port=address.port, user=address.user, password=address.password
    )
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(statement)
    finally:
        connection.close()


@pytest.fixture(scope="session")
async def app(shop_settings: Settings) -> AsyncIterator[FastAPI]:
    """The app, served on loopback, with the sandbox and without the runner: tests run jobs themselves."""
    assert PAIR != "none", "ONCE in scripts/checks.py names folders whose tests ask for no database and no Redis"
    mysql = shop_settings.database.mysql
    if mysql is not None:
        await on_server(f"CREATE DATABASE {mysql.database} CHARACTER SET utf8mb4")
    try:
        async with prepared(shop_settings):
            pass
        from src.main import create_app

        made = create_app(shop_settings, with_runner=False)
        config = uvicorn.Config(
            made,
            host="127.0.0.1",
            port=shop_settings.server.port,
            log_config=None,
            lifespan="on",
            ws="none",
            timeout_keep_alive=20,  # as gunicorn_conf.py
        )
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        serving = asyncio.create_task(server.serve())
        while not server.started:
            assert not serving.done(), "the server did not start"
            await asyncio.sleep(0.01)
        yield made
        server.should_exit = True
        await serving
    finally:
        if mysql is not None:
            await on_server(f"DROP DATABASE IF EXISTS {mysql.database}")


@functools.cache
def rows_anywhere() -> str:
    """The statement that names the tables with rows. Most tests write few of them: one read and one commit cost a
    fraction of a delete for every table."""
    tables = [model._meta.db_table for model in Tortoise.apps["models"].values() if model._meta.db_table != "aerich"]
    form = "({})" if REAL else "SELECT * FROM ({})"
    return " UNION ALL ".join(form.format(f"SELECT '{table}' AS name FROM `{table}` LIMIT 1") for table in tables)


@pytest.fixture
async def empty(app: FastAPI) -> None:
    """No rows, no keys."""
    connection = Tortoise.get_connection("default")
    if written := [row["name"] for row in await connection.execute_query_dict(rows_anywhere())]:
        deletes = ";".join(f"DELETE FROM `{table}`" for table in written)
        off, on = (
            ("SET FOREIGN_KEY_CHECKS=0", "SET FOREIGN_KEY_CHECKS=1")
            if REAL
            else ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
        )
        await connection.execute_script(f"{off};BEGIN;{deletes};COMMIT;{on}")
    await redis().flushdb()
    from src.app.checkout.services import hot_variants
    from src.app.payment.services.channels import memory as payment_channels
    from src.common.http import public_cache, rate_limits
    from src.core.configs import settings

    hot_variants._short.clear()
    payment_channels.keep([])
    rate_limits.open_limiter(settings())
    public_cache.invalidate_all()


@pytest.fixture
async def client(app: FastAPI, empty: None, shop_settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the running shop, without cookies or tokens."""
    base = f"http://127.0.0.1:{shop_settings.server.port}"
    async with FormClient(base_url=base, timeout=60, trust_env=False) as made:
        yield made


@pytest.fixture
def accounts_offered(shop_settings: Settings) -> Iterator[None]:
    """The shop offers virtual accounts."""
    from tests.factories.orders import offering_accounts

    with offering_accounts():
        yield
