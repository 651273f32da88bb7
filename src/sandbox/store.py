"""The SQLite file of the sandbox, shared by all worker processes."""

import asyncio
import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

BUSY_SECONDS: Final = 15.0
"""Time for which a writer waits for the writer of another process before the request becomes a 503."""
CHECKPOINT_WRITES: Final = 1000
"""After so many transactions, SQLite moves the log's pages into the file. That waits for the disk."""


class Store:
    """Run short transactions on one connection: at once in the event loop, as handing them to a thread takes more time
    than most of them. The store's own thread runs what may wait: for the disk, or for another process that writes.

    Each piece of work is one plain function that runs as a whole, so a cancelled request cannot leave a transaction
    half done. `parts` maps a vendor to its DDL; all tables of a vendor start with `<vendor>_`.
    """

    def __init__(self, file: Path, parts: Mapping[str, str]) -> None:
        self._file = file
        self._parts = parts
        self._thread: ThreadPoolExecutor | None = None
        self._db: sqlite3.Connection | None = None
        self._held = 1
        """Above 0, the connection belongs to the thread: work that it has not finished, and 1 while the file is not
        open."""
        self._written = 0

    async def open(self) -> None:
        """Open the file and create its tables. Several processes may do so at the same time."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-store")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connect)
        self._held = 0

    async def close(self) -> None:
        """Close the file after the work that is already queued. Does nothing if the file is not open."""
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        self._held += 1
        await asyncio.get_running_loop().run_in_executor(thread, self._disconnect)
        thread.shutdown()

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a BEGIN IMMEDIATE transaction: committed when it returns, rolled back when it raises."""
        self._written += 1
        if self._written >= CHECKPOINT_WRITES:
            self._written = 0
            return await self._wait(self._transaction_and_checkpoint, work)
        if self._held == 0 and _begun(self._connection()):
            return self._finish(work)
        return await self._wait(self._transaction, work)

    async def read(self, work: Work[T]) -> T:
        """Run `work`, which must only read, without a transaction: each of its SELECTs has its own snapshot."""
        if self._held == 0:
            try:
                return self._plain(work)
            except sqlite3.OperationalError as error:
                if not _is_busy(error):
                    raise
        return await self._wait(self._plain, work)

    async def _wait(self, how: Callable[[Work[T]], T], work: Work[T]) -> T:
        if self._thread is None:
            raise RuntimeError("the sandbox is not started")
        done = asyncio.get_running_loop().run_in_executor(self._thread, self._waiting, how, work)
        self._held += 1
        done.add_done_callback(self._returned)
        # Shielded: work that the thread has begun goes on when the request is cancelled.
        return await asyncio.shield(done)

    def _returned(self, _done: asyncio.Future[Any]) -> None:
        self._held -= 1

    def _waiting(self, how: Callable[[Work[T]], T], work: Work[T]) -> T:
        db = self._connection()
        db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
        try:
            return how(work)
        finally:
            db.execute("PRAGMA busy_timeout = 0")

    def _plain(self, work: Work[T]) -> T:
        return work(self._connection())

    def _transaction(self, work: Work[T]) -> T:
        self._connection().execute("BEGIN IMMEDIATE")
        return self._finish(work)

    def _transaction_and_checkpoint(self, work: Work[T]) -> T:
        try:
            return self._transaction(work)
        finally:
            self._connection().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _finish(self, work: Work[T]) -> T:
        db = self._connection()
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
        # One thread at a time uses it: see `_held`.
        self._db = sqlite3.connect(
            self._file, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False
        )
        self._db.row_factory = sqlite3.Row
        _use_wal(self._db)
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA wal_autocheckpoint = 0")
        self._waiting(self._transaction, self._make_tables)

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


def _begun(db: sqlite3.Connection) -> bool:
    """Begin a transaction that writes. Return False if another process is writing."""
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if _is_busy(error):
            return False
        raise
    return True


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


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
