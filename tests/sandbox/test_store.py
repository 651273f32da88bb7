"""Transactions of the sandbox: which thread runs them, and what is left of a cancelled one."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from src.sandbox.store import CHECKPOINT_WRITES, Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path / "s.db", {"notes": "CREATE TABLE notes_lines (text TEXT NOT NULL)"})
    await store.open()
    yield store
    await store.close()


def add(db: sqlite3.Connection, text: str, then: type[Exception] | None = None) -> int:
    """Insert a line and return the thread's number."""
    db.execute("INSERT INTO notes_lines VALUES (?)", (text,))
    if then is not None:
        raise then
    return threading.get_ident()


def lines(db: sqlite3.Connection) -> list[str]:
    return [row["text"] for row in db.execute("SELECT text FROM notes_lines ORDER BY rowid")]


async def test_write_runs_in_the_loop_and_one_that_fails_leaves_nothing(store: Store) -> None:
    assert await store.write(partial(add, text="a")) == threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        await store.write(partial(add, text="b", then=ZeroDivisionError))
    assert await store.read(lines) == ["a"]


async def test_writer_of_another_process_is_waited_for_in_the_thread(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writes = [asyncio.create_task(store.write(partial(add, text=text))) for text in "abc"]
        await asyncio.sleep(0.1)  # the loop is free
        assert not any(write.done() for write in writes)
        other.execute("COMMIT")
        assert threading.get_ident() not in await asyncio.gather(*writes)
    assert await store.read(lines) == ["a", "b", "c"]
    assert await store.write(partial(add, text="d")) == threading.get_ident()


async def test_cancelled_write_in_the_thread_ends_before_the_next_begins(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = asyncio.create_task(store.write(partial(add, text="a")))
        await asyncio.sleep(0.05)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        second = asyncio.create_task(store.write(partial(add, text="b")))
        await asyncio.sleep(0.05)
        other.execute("COMMIT")
        await second
    assert first.cancelled()
    assert await store.read(lines) == ["a", "b"]


async def test_many_writes_move_the_log_into_the_file_outside_of_the_loop(store: Store, tmp_path: Path) -> None:
    ran = [await store.write(partial(add, text=f"{number}")) for number in range(5 * CHECKPOINT_WRITES)]
    assert sum(thread != threading.get_ident() for thread in ran) == 5
    # A write changes one or two pages of 4 KiB; the log begins anew after it was moved.
    assert (tmp_path / "s.db-wal").stat().st_size < 3 * CHECKPOINT_WRITES * 4096
    assert (tmp_path / "s.db").stat().st_size > 4096
    assert len(await store.read(lines)) == 5 * CHECKPOINT_WRITES


async def test_closed_store_runs_nothing(store: Store) -> None:
    await store.close()
    for call in (store.read, store.write):
        with pytest.raises(RuntimeError, match="not started"):
            await call(lines)
    await store.open()
    assert await store.read(lines) == []
