"""The SQLite file of the sandbox, shared by all worker processes."""

import asyncio
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

BUSY_SECONDS: Final = 15.0
"""Time for which a writer waits for the writer of another process before the request becomes a 503."""


class Store:
    """Run short transactions on one connection in its own thread.

    Each piece of work is one plain function that runs in that thread as a whole: the event loop never waits for the
    disk, and a cancelled request cannot leave a transaction half done. `parts` maps a vendor to its DDL; all tables of
    a vendor start with `<vendor>_`.
    """

    def __init__(self, file: Path, parts: Mapping[str, str]) -> None:
        self._file = file
        self._parts = parts
        self._thread: ThreadPoolExecutor | None = None
        self._db: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open the file and create its tables. Several processes may do so at the same time."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-store")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connect)

    async def close(self) -> None:
        """Close the file after the work that is already queued. Does nothing if the file is not open."""
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        await asyncio.get_running_loop().run_in_executor(thread, self._disconnect)
        thread.shutdown()

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a BEGIN IMMEDIATE transaction: committed when it returns, rolled back when it raises."""
        return await self._run(self._transaction, work)

    async def read(self, work: Work[T]) -> T:
        """Run `work`, which must only read, without a transaction: each of its SELECTs has its own snapshot."""
        return await self._run(self._plain, work)

    async def _run(self, how: Callable[[Work[T]], T], work: Work[T]) -> T:
        if self._thread is None:
            raise RuntimeError("the sandbox is not started")
        return await asyncio.get_running_loop().run_in_executor(self._thread, how, work)

    def _plain(self, work: Work[T]) -> T:
        return work(self._connection())

    def _transaction(self, work: Work[T]) -> T:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            result = work(db)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return result

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise RuntimeError("the sandbox is not started")
        return self._db

    def _connect(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self._file, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
        self._db.row_factory = sqlite3.Row
        _use_wal(self._db)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._transaction(self._make_tables)

    def _disconnect(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _make_tables(self, db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE IF NOT EXISTS schema_parts (part TEXT PRIMARY KEY, hash TEXT NOT NULL)")
        for part, ddl in self._parts.items():
            digest = hashlib.sha256(ddl.encode()).hexdigest()
            found = db.execute("SELECT hash FROM schema_parts WHERE part = ?", (part,)).fetchone()
            if found is not None and found["hash"] == digest:
                continue
            if found is not None:
                log.warning("the tables of %s changed their shape: their simulated contents start anew", part)
                _drop_tables(db, part)
            # Not executescript(): it would commit the transaction that makes other starting processes wait.
            for statement in ddl.split(";"):
                if statement.strip():
                    db.execute(statement)
            db.execute("INSERT OR REPLACE INTO schema_parts (part, hash) VALUES (?, ?)", (part, digest))


def _use_wal(db: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not run its busy handler for this switch, so two starting processes can collide."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _drop_tables(db: sqlite3.Connection, part: str) -> None:
    names = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, ?) = ?", (len(part) + 1, f"{part}_")
    ).fetchall()
    for (name,) in names:
        db.execute(f'DROP TABLE "{name}"')
