"""`Idempotency-Key` as at PortOne (docs/vendors/portone.md#idempotency): quoted, 16 to 256 characters; answers are kept
for 3 hours."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from src.sandbox.clock import now_ms
from src.sandbox.portone.errors import PortOneError
from src.sandbox.web import Answer

KEPT_MS: Final = 3 * 3_600_000
_QUOTED: Final = re.compile(r'"([\x20\x21\x23-\x5b\x5d-\x7e]{16,256})"')


@dataclass(frozen=True)
class Key:
    """A key and the fingerprint of the request that came with it."""

    text: str
    fingerprint: str


def parse(header: str) -> str:
    """Return the key without its quotes. Raises PortOneError INVALID_REQUEST without quotes (RFC 8941 string) or with
    another length or alphabet."""
    match = _QUOTED.fullmatch(header)
    if match is None:
        raise PortOneError(
            "INVALID_REQUEST", 'Idempotency-Key: must be "<16 to 256 ASCII characters>", quotes included'
        )
    return match[1]


def kept(db: sqlite3.Connection, key: Key) -> Answer | None:
    """Return the stored answer. None for a new key, and for a key whose process was killed before it stored one.

    Raises PortOneError if the key was used for another request, or if its request is still running.
    """
    now = now_ms()
    db.execute("DELETE FROM portone_answers WHERE created_at < ?", (now - KEPT_MS,))
    row = db.execute("SELECT * FROM portone_answers WHERE key = ?", (key.text,)).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != key.fingerprint:
        raise PortOneError("INVALID_REQUEST", "Idempotency-Key: was used for another request")
    if row["busy_until"] > now:
        raise PortOneError("IDEMPOTENCY_OUTSTANDING_REQUEST", "같은 멱등 키의 요청이 처리 중입니다.")
    return None if row["status"] is None else Answer(row["status"], row["body"])


def keep(db: sqlite3.Connection, key: Key, answer: Answer | None, *, busy_ms: int = 0) -> None:
    """Store the answer in the transaction of its effect. For `busy_ms` the request still counts as running."""
    now = now_ms()
    db.execute(
        "INSERT OR REPLACE INTO portone_answers (key, fingerprint, created_at, busy_until, status, body)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (key.text, key.fingerprint, now, now + busy_ms, answer and answer.status, answer and answer.body),
    )
