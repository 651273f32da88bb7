"""SQL of the webhook queue: claim, renew and finish rows. Only one process at a time holds a row's lease."""

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import orjson

from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.portone.webhook.events import LEASE_MS, TYPE_OF, Delivery

_READY: Final = (
    "state = 'PENDING' AND due_at <= :now AND lease_until <= :now AND (after_seq IS NULL OR EXISTS"
    " (SELECT 1 FROM portone_deliveries AS first WHERE first.seq = portone_deliveries.after_seq"
    " AND first.executions > 0))"
)


# Both statements contain only constants of this module; every value is bound.
_ANY_READY: Final = f"SELECT 1 FROM portone_deliveries WHERE {_READY} LIMIT 1"  # noqa: S608
_CLAIM: Final = (
    "UPDATE portone_deliveries SET lease_owner = :owner, lease_until = :until WHERE seq IN"  # noqa: S608
    f" (SELECT seq FROM portone_deliveries WHERE {_READY} ORDER BY due_at, seq LIMIT :limit)"
    " RETURNING seq, webhook_id, body, forged, executions, max_executions"
)


STATUS_OF: Final = {word: status.value for status, word in TYPE_OF.items()}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Result of one attempt. `retry_at` is in milliseconds; None means no further attempt."""

    state: str
    report: dict[str, Any]
    retry_at: int | None


def next_due(db: sqlite3.Connection) -> int | None:
    """Return the time in milliseconds at which a row may be ready: now if one is, None if none will become due."""
    now = now_ms()
    if any_ready(db, now):
        return now
    row = db.execute("SELECT min(due_at) FROM portone_deliveries WHERE state = 'PENDING' AND due_at > ?", (now,))
    due: int | None = row.fetchone()[0]
    return due


def any_ready(db: sqlite3.Connection, now: int) -> bool:
    """Return True if a row can be claimed at `now`, in milliseconds."""
    return db.execute(_ANY_READY, {"now": now}).fetchone() is not None


def claim(db: sqlite3.Connection, owner: str, limit: int) -> list[Delivery]:
    """Lease up to `limit` ready rows to `owner`, and return them in the order of `seq`."""
    now = now_ms()
    rows = db.execute(_CLAIM, {"owner": owner, "until": now + LEASE_MS, "now": now, "limit": limit}).fetchall()
    return sorted((_delivery(row) for row in rows), key=lambda delivery: delivery.seq)


def renew(db: sqlite3.Connection, owner: str, seqs: list[int]) -> None:
    """Extend the leases of rows whose attempts still run."""
    until = now_ms() + LEASE_MS
    db.executemany(
        "UPDATE portone_deliveries SET lease_until = ? WHERE seq = ? AND lease_owner = ? AND state = 'PENDING'",
        [(until, seq, owner) for seq in seqs],
    )


def finish(db: sqlite3.Connection, owner: str, seq: int, outcome: Outcome) -> bool:
    """Record an attempt, and end the row or set its next attempt. A row that another process has claimed since is not
    changed. Return True if a row can be claimed now, such as one that waited for this attempt."""
    db.execute(
        "UPDATE portone_deliveries SET executions = executions + 1, attempts = json_insert(attempts, '$[#]', json(?)),"
        " state = ?, due_at = coalesce(?, due_at), lease_owner = '', lease_until = 0 WHERE seq = ? AND lease_owner = ?",
        (
            orjson.dumps(outcome.report).decode(),
            outcome.state if outcome.retry_at is None else "PENDING",
            outcome.retry_at,
            seq,
            owner,
        ),
    )
    return any_ready(db, now_ms())


def release(db: sqlite3.Connection, owner: str) -> None:
    """End all leases of `owner`, so that other processes need not wait for them to expire."""
    db.execute(
        "UPDATE portone_deliveries SET lease_owner = '', lease_until = 0 WHERE state = 'PENDING' AND lease_owner = ?",
        (owner,),
    )


def listing(
    db: sqlite3.Connection, *, payment_id: str | None = None, seq: int | None = None, limit: int = 200
) -> list[dict[str, Any]]:
    """Return the newest `limit` deliveries with their attempts, oldest first."""
    rows = db.execute(
        "SELECT * FROM (SELECT * FROM portone_deliveries WHERE (:payment IS NULL OR payment_id = :payment)"
        " AND (:seq IS NULL OR seq = :seq) ORDER BY seq DESC LIMIT :limit) ORDER BY seq",
        {"payment": payment_id, "seq": seq, "limit": limit},
    ).fetchall()
    return [_shown(row) for row in rows]


def wire(item: dict[str, Any], url: str) -> dict[str, Any]:
    """Return a listed delivery in PortOne's format. A pending delivery has no `status`."""
    told = {
        "id": item["id"],
        "url": url,
        "paymentStatus": STATUS_OF.get(item["type"]),
        "status": None if item["status"] == "PENDING" else item["status"],
        "isAsync": item["trigger"] is not None and item["trigger"] != "MANUAL",
        "currentExecutionCount": item["executions"],
        "maxExecutionCount": item["max_executions"],
        "trigger": item["trigger"],
        "request": {"body": item["body"]},
        "triggeredAt": item["triggered_at"],
    }
    return {name: value for name, value in told.items() if value is not None}


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    waiting = row["state"] == "PENDING"
    return {
        "id": row["webhook_id"],
        "delivery": row["seq"],
        "payment_id": row["payment_id"],
        "type": row["type"],
        "trigger": row["trigger_word"],
        "forged": bool(row["forged"]),
        "status": row["state"],
        "executions": row["executions"],
        "max_executions": row["max_executions"],
        "triggered_at": rfc3339(row["created_at"]),
        "next_attempt_at": rfc3339(row["due_at"]) if waiting else None,
        "body": bytes(row["body"]).decode(),
        "attempts": orjson.loads(row["attempts"]),
    }


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        seq=row["seq"],
        webhook_id=row["webhook_id"],
        body=bytes(row["body"]),
        forged=bool(row["forged"]),
        executions=row["executions"],
        max_executions=row["max_executions"],
    )
