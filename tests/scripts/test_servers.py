"""scripts/servers.py: tests drop what is theirs and never anything else; private servers end with the run."""

import os
import shutil
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import MYSQL_URL, REAL, REDIS_URL
from tests.scripts.conftest import load

servers = load("servers")
needs_mysql = pytest.mark.skipif(not (REAL or os.environ.get("TEST_DATABASE_URL")), reason="needs MySQL")


def databases(url: str = MYSQL_URL) -> set[str]:
    return {name for (name,) in servers.sql(url, "SHOW DATABASES")}


@needs_mysql
def test_only_old_databases_of_runs_and_those_of_this_run_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", MYSQL_URL)
    monkeypatch.setenv("TEST_REDIS_URL", REDIS_URL)
    now = int(time.time())
    left, running = f"shop_test_{now - 7 * 3600:08x}_1_x", f"shop_test_{now - 300:08x}_2_x"
    of_others = {"shop_test_mine", "shop_tester_0000000f_x", "shopxtest_0000000f_x"}
    made = {left, running, *of_others}
    try:
        for name in made:
            servers.sql(MYSQL_URL, f"CREATE DATABASE `{name}`")
        with servers.servers(tmp_path) as found:
            assert found.missing == []
            assert made - databases() == {left}
            own = f"{found.prefix}abc"
            servers.sql(MYSQL_URL, f"CREATE DATABASE `{own}`")
        assert own not in databases()
        assert made - databases() == {left}
    finally:
        for name in made:
            servers.sql(MYSQL_URL, f"DROP DATABASE IF EXISTS `{name}`")


def test_servers_that_are_named_but_absent_are_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", f"mysql://root:@127.0.0.1:{servers.free_port()}/")
    with servers.servers(tmp_path) as found:
        assert found.missing == ["MySQL: the one at TEST_DATABASE_URL does not answer, or not to this user"]
        assert found.mysql == ""


@pytest.mark.parametrize(
    ("installed", "answers", "url", "missing"),
    [
        ("/usr/sbin/mariadbd", True, "private", 0),
        ("", True, "mysql://root:@127.0.0.1:3306/", 0),
        ("", False, "", 1),
    ],
)
def test_a_server_that_need_not_wait_for_the_disk_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: str, answers: bool, url: str, missing: int
) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(servers, "_program", lambda name: installed)
    monkeypatch.setattr(servers, "_private_mysql", lambda program, folder, stack: "private")
    monkeypatch.setattr(servers, "_answers", lambda found: answers)
    monkeypatch.setattr(servers, "_drop", lambda found, which: None)
    monkeypatch.setattr(servers, "_redis", lambda folder, found, stack: "")
    with servers.servers(tmp_path) as found:
        assert (found.mysql, len(found.missing)) == (url, missing)


@needs_mysql
@pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server")
def test_private_servers_answer_and_are_gone_afterwards(tmp_path: Path) -> None:
    with ExitStack() as stack:
        program = servers._program("mariadbd") or servers._program("mysqld")
        if not program:
            pytest.skip("needs mariadbd or mysqld")
        mysql = servers._private_mysql(program, tmp_path / "mysql", stack)
        cache = servers._private_redis(shutil.which("redis-server"), tmp_path / "redis", stack)
        assert servers.sql(mysql, "SELECT 1 + 1") == [(2,)]
        with servers.redis.Redis.from_url(cache) as client:
            assert client.dbsize() == 0
    assert not servers._answers(mysql)
    with servers.redis.Redis.from_url(cache) as client:
        assert not servers._pongs(client)
