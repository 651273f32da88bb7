"""Pushes of scans to the shop: a queue in the file, of which each process sends the rows that it has leased."""

import asyncio
import logging
import secrets
import sqlite3
from enum import StrEnum
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import orjson
from ulid import ULID

from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.config import SandboxConfig
from src.sandbox.store import Store
from src.sandbox.tracking import parcels
from src.sandbox.tracking.parcels import Parcel

if TYPE_CHECKING:
    from src.sandbox.portone.webhook.posting import Poster

log = logging.getLogger(__name__)

WAITS: Final = (0, 1, 4, 16, 64, 256)
"""Waits before the first attempt and before each retry, in units of `retry_unit_seconds`."""
AT_ONCE: Final = 16
POLL_SECONDS: Final = 1.0
LEASE_MS: Final = 90_000
"""Longer than an attempt can take."""
LISTED: Final = 500
SECRET_HEADER: Final = "x-tracking-secret"
ID_HEADER: Final = "x-message-id"


class PushMode(StrEnum):
    """Whether and how a push is sent. FORGED carries another secret, once; TWICE is one message sent two times."""

    SEND = "send"
    NONE = "none"
    TWICE = "twice"
    LATE = "late"
    FORGED = "forged"


def enqueue(db: sqlite3.Connection, config: SandboxConfig, parcel: Parcel, mode: PushMode) -> None:
    """Insert the rows for the parcel as it is now; none without an address to push to."""
    if mode is PushMode.NONE or config.tracking is None or not config.tracking.push_url:
        return
    due = now_ms() + (round(config.late_webhook_seconds * 1000) if mode is PushMode.LATE else 0)
    message_id, body = f"tp_{ULID()}", orjson.dumps(parcels.told(db, parcel))
    row = (message_id, parcel.courier, parcel.number, body, mode is PushMode.FORGED, due)
    db.executemany(
        "INSERT INTO tracking_pushes (message_id, courier, number, body, forged, state, due_at)"
        " VALUES (?, ?, ?, ?, ?, 'PENDING', ?)",
        [row] * (2 if mode is PushMode.TWICE else 1),
    )


def listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the newest pushes with their attempts, oldest first."""
    rows = db.execute(
        "SELECT * FROM (SELECT * FROM tracking_pushes ORDER BY seq DESC LIMIT ?) ORDER BY seq", (LISTED,)
    ).fetchall()
    return [
        {
            "id": row["message_id"],
            "courier": row["courier"],
            "tracking_no": row["number"],
            "forged": bool(row["forged"]),
            "status": row["state"],
            "body": bytes(row["body"]).decode(),
            "attempts": orjson.loads(row["attempts"]),
        }
        for row in rows
    ]


class Pusher:
    """Sends due pushes until it is stopped; what was not sent stays in the file."""

    def __init__(self, config: SandboxConfig, store: Store) -> None:
        self._config = config
        self._store = store
        self._owner = secrets.token_hex(8)
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start sending, if there is an address to push to. The store must be open."""
        if self._config.tracking is None or not self._config.tracking.push_url:
            return
        self._wake = asyncio.Event()
        self._loop = asyncio.create_task(self._run(self._config.tracking.push_url), name="sandbox-pushes")

    async def stop(self) -> None:
        """End the attempts that run, and give the leases back."""
        if self._loop is None:
            return
        self._loop.cancel()
        await asyncio.gather(self._loop, return_exceptions=True)
        self._loop = None
        await self._store.write(partial(_release, owner=self._owner))

    def wake(self) -> None:
        """Look for due pushes now."""
        self._wake.set()

    async def _run(self, url: str) -> None:
        # Imported here: aiohttp takes a third of a second, and not every process that knows the sandbox starts it.
        from src.sandbox.portone.webhook.posting import Poster

        poster = Poster(url, connections=AT_ONCE)
        try:
            while True:
                self._wake.clear()
                try:
                    claimed = await self._due()
                except sqlite3.OperationalError:
                    log.warning("pushes put off: another process holds the file", exc_info=True)
                    claimed = []
                await asyncio.gather(*(self._attempt(poster, row) for row in claimed))
                if not claimed:
                    await self._sleep()
        finally:
            await poster.close()

    async def _due(self) -> list[sqlite3.Row]:
        """Lease what is due. Looking is only a read: others write the file meanwhile."""
        if not await self._store.read(_any_due):
            return []
        return await self._store.write(partial(_claim, owner=self._owner))

    async def _sleep(self) -> None:
        pause = min(POLL_SECONDS, max(0.01, self._config.retry_unit_seconds))
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _attempt(self, poster: "Poster", row: sqlite3.Row) -> None:
        service = self._config.tracking
        secret = service.push_secret if service and not row["forged"] else secrets.token_urlsafe(32)
        headers = {"content-type": "application/json", ID_HEADER: row["message_id"], SECRET_HEADER: secret}
        started = rfc3339(now_ms())
        told = await poster.post(bytes(row["body"]), headers)
        answer = {"error": told} if isinstance(told, str) else {"code": told[0]}
        number = row["executions"] + 1
        is_done = answer.get("code") == HTTPStatus.OK
        is_last = is_done or row["forged"] or number >= len(WAITS)
        wait = 0 if is_last else round(WAITS[number] * self._config.retry_unit_seconds * 1000)
        state = ("SUCCEEDED" if is_done else "FAILED") if is_last else "PENDING"
        report = orjson.dumps({"number": number, "requested_at": started, **answer}).decode()
        await self._store.write(
            partial(_finish, seq=row["seq"], owner=self._owner, state=state, due_at=now_ms() + wait, report=report)
        )


def _any_due(db: sqlite3.Connection) -> bool:
    now = now_ms()
    found = db.execute(
        "SELECT 1 FROM tracking_pushes WHERE state = 'PENDING' AND due_at <= ? AND lease_until <= ? LIMIT 1", (now, now)
    ).fetchone()
    return found is not None


def _claim(db: sqlite3.Connection, owner: str) -> list[sqlite3.Row]:
    now = now_ms()
    return db.execute(
        "UPDATE tracking_pushes SET lease_owner = :owner, lease_until = :until WHERE seq IN (SELECT seq FROM"
        " tracking_pushes WHERE state = 'PENDING' AND due_at <= :now AND lease_until <= :now ORDER BY due_at, seq"
        " LIMIT :most) RETURNING *",
        {"owner": owner, "until": now + LEASE_MS, "now": now, "most": AT_ONCE},
    ).fetchall()


def _finish(db: sqlite3.Connection, *, seq: int, owner: str, state: str, due_at: int, report: str) -> None:
    db.execute(
        "UPDATE tracking_pushes SET executions = executions + 1, state = ?, due_at = ?, lease_owner = '',"
        " lease_until = 0, attempts = json_insert(attempts, '$[#]', json(?)) WHERE seq = ? AND lease_owner = ?",
        (state, due_at, report, seq, owner),
    )


def _release(db: sqlite3.Connection, owner: str) -> None:
    db.execute("UPDATE tracking_pushes SET lease_owner = '', lease_until = 0 WHERE lease_owner = ?", (owner,))
