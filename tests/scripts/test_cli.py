"""``python -m src.cli`` as people run it, on an embedded database of its own."""

import re
import signal
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from tests.conftest import REAL, free_port
from tests.core.configs.test_settings import in_prod
from tests.scripts.conftest import Spawn

pytestmark = pytest.mark.skipif(REAL, reason="the same on both pairs")

PROD = in_prod(DATABASE_URL="mysql://shop:pw@127.0.0.1:1/micgolf", REDIS_URL="redis://127.0.0.1:1/0")


def cli(spawn: Spawn, state: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    process = spawn(sys.executable, "-m", "src.cli", *arguments, STATE_DIR=str(state), **environment)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def test_check_says_ok_or_names_what_is_wrong(spawn: Spawn, tmp_path: Path) -> None:
    assert cli(spawn, tmp_path, "check") == (0, "ok: ENV=local\n")
    status, said = cli(spawn, tmp_path, "check", ENV="prod")
    assert status == 78
    assert said.count("\n") == 21
    assert cli(spawn, tmp_path, "check", **PROD) == (0, "ok: ENV=prod\n")


def test_seed_then_jobs_then_verify(spawn: Spawn, tmp_path: Path) -> None:
    assert cli(spawn, tmp_path, "seed-demo") == (0, "ok: the demo shop is loaded\n")
    assert cli(spawn, tmp_path, "seed-demo") == (0, "nothing changed: the database is not empty\n")
    for moment in ("2031-01-01T00:00:00+09:00", "2031-01-01T00:00:00.5Z", "2001-01-01T00:00:00-11:00"):
        assert cli(spawn, tmp_path, "run-job", "expire-orders", "--as-of", moment) == (0, "expire-orders: 0\n")
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection, connection:
        moments = connection.execute("SELECT started_at FROM job_run ORDER BY id").fetchall()
        assert [row[0][:10] for row in moments] == ["2030-12-31", "2031-01-01", "2001-01-01"]
        connection.execute("UPDATE variant SET stock = stock + 5 WHERE id = 1")
    status, said = cli(spawn, tmp_path, "verify")
    assert status == 1
    assert said.startswith("variant 1: stock ")
    assert said.count("\n") == 1


def test_retention_counts_and_deletes_nothing(spawn: Spawn, tmp_path: Path) -> None:
    assert cli(spawn, tmp_path, "seed-demo")[0] == 0
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection, connection:
        ((member,), (staff,)) = (
            connection.execute(f"SELECT MIN(id) FROM {table}").fetchone() for table in ("users", "staff")
        )
        connection.executemany(
            "INSERT INTO user_memo (body, created_at, author_id, user_id) VALUES ('called', ?, ?, ?)",
            [(f"{year}-05-01 00:00:00+00:00", staff, member) for year in (2030, 2031)],
        )
    status, said = cli(spawn, tmp_path, "retention")
    assert (status, "--dry-run" in said) == (2, True)
    for setting, last in (
        ("report", "total: 1 rows stay: RETENTION=report"),
        ("on", "total: 1 rows will be erased by the next run of enforce-retention"),
    ):
        asked = ("retention", "--dry-run", "--as-of", "2033-06-01T00:00:00+09:00")
        status, said = cli(spawn, tmp_path, *asked, RETENTION=setting)
        assert status == 0
        assert " user_memo: 1 rows until 2030-05-31" in said
        assert said.splitlines()[-1] == last
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM user_memo WHERE body = 'called'").fetchone() == (2,)


def test_the_search_index_is_built_again(spawn: Spawn, tmp_path: Path) -> None:
    assert cli(spawn, tmp_path, "seed-demo") == (0, "ok: the demo shop is loaded\n")
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection, connection:
        (products,) = connection.execute("SELECT COUNT(*) FROM product").fetchone()
        before = connection.execute("SELECT id FROM product_gram ORDER BY id").fetchall()
        connection.execute("DELETE FROM product_gram")
    assert len(before) > products > 0
    assert cli(spawn, tmp_path, "reindex-products") == (0, f"ok: {products} products\n")
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        assert connection.execute("SELECT id FROM product_gram ORDER BY id").fetchall() == before


def test_an_unknown_job_lists_those_there_are(spawn: Spawn, tmp_path: Path) -> None:
    status, said = cli(spawn, tmp_path, "run-job", "expire-everything")
    assert status == 2
    assert said.startswith("there is no job 'expire-everything'; there are: anonymise-former-members, archive-orders, ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "moment", ["tomorrow", "2031-01-01", "2031-01-01T00:00:00", "2031-13-01T00:00:00Z", "2031-01-01T25:00:00+09:00"]
)
def test_a_time_without_offset_or_sense_is_refused(spawn: Spawn, tmp_path: Path, moment: str) -> None:
    status, said = cli(spawn, tmp_path, "run-job", "expire-orders", "--as-of", moment)
    assert (status, said) == (2, f"--as-of '{moment}' is no time: write it like 2026-11-20T09:00:00+09:00\n")


def test_production_refuses_a_job_in_the_future(spawn: Spawn, tmp_path: Path) -> None:
    status, said = cli(spawn, tmp_path, "run-job", "expire-orders", "--as-of", "2091-01-01T00:00:00Z", **PROD)
    assert status == 78
    assert said.startswith("--as-of lies in the future: in production")


def test_a_job_that_needs_the_servers_redis_is_refused_on_the_embedded_one(spawn: Spawn, tmp_path: Path) -> None:
    status, said = cli(spawn, tmp_path, "run-job", "relay-outbox")
    assert status == 78
    assert said.startswith("relay-outbox touches carts or sessions; the embedded Redis lives inside the server")


def test_the_demo_shop_is_not_for_production(spawn: Spawn, tmp_path: Path) -> None:
    status, said = cli(spawn, tmp_path, "seed-demo", **PROD)
    assert (status, said) == (78, "ENV=prod: the demo shop has logins that everybody knows\n")


@pytest.mark.fault("A9")
def test_the_demo_shop_invents_no_opinions_and_no_visitors(spawn: Spawn, tmp_path: Path) -> None:
    assert cli(spawn, tmp_path, "seed-demo") == (0, "ok: the demo shop is loaded\n")
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        assert connection.execute("SELECT SUM(rating), SUM(review_count) FROM product").fetchone() == (0, 0)
        assert connection.execute("SELECT SUM(view_count) FROM event").fetchone() == (0,)


@pytest.mark.fault("S2")
def test_the_shop_is_served_for_development_and_reloads(spawn: Spawn, tmp_path: Path) -> None:
    port = free_port()
    process = spawn(
        sys.executable, "-m", "src.cli", "serve", "--env", "local", "--debug", STATE_DIR=str(tmp_path), PORT=str(port)
    )
    try:
        end = time.monotonic() + 60
        answer = None
        while answer is None and time.monotonic() < end and process.poll() is None:
            with suppress(httpx.TransportError):
                answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/categories", trust_env=False)
            time.sleep(0.2)
        assert answer is not None
        assert answer.status_code == 200
        assert len(answer.json()["items"]) > 3
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    assert "StatReload" in said or "WatchFiles" in said
    assert re.search(r"^\d\d:\d\d:\d\d 200 GET /api/v1/categories [0-9.]+ ms ", said, re.MULTILINE)


@pytest.mark.fault("S2")
def test_serving_for_development_is_refused_where_the_shop_is_real(spawn: Spawn, tmp_path: Path) -> None:
    status, said = cli(spawn, tmp_path, "serve", "--env", "prod", **PROD)
    assert status == 78
    assert said == "ENV=prod: `serve` is for development, ./start_gunicorn.sh for the rest\n"
