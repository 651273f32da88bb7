"""Queue webhooks: rows that are written in the transaction of the change that they report."""

import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

import orjson

from src.sandbox.clock import from_rfc3339, now_ms, rfc3339
from src.sandbox.config import SandboxConfig
from src.sandbox.ids import new_ulid
from src.sandbox.portone.payment.model import Cancellation, Payment, Status

MAX_EXECUTIONS: Final = 6
"""The first attempt and 5 retries (docs/vendors/portone.md#webhooks)."""
LEASE_MS: Final = 10_000
"""Lease of a row by one process in milliseconds. It is renewed while the attempt runs; after a kill it ends, and
another process sends the webhook."""

TYPE_OF: Final = {
    Status.READY: "Transaction.Ready",
    Status.PAY_PENDING: "Transaction.PayPending",
    Status.VIRTUAL_ACCOUNT_ISSUED: "Transaction.VirtualAccountIssued",
    Status.PAID: "Transaction.Paid",
    Status.FAILED: "Transaction.Failed",
    Status.PARTIAL_CANCELLED: "Transaction.PartialCancelled",
    Status.CANCELLED: "Transaction.Cancelled",
}


class WebhookMode(StrEnum):
    """Handling of an action's webhook."""

    SEND = "send"
    NONE = "none"
    TWICE = "twice"
    LATE = "late"
    FORGED = "forged"
    BEFORE_REDIRECT = "before_redirect"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, kw_only=True)
class Event:
    """A change of a payment. `at` is in milliseconds; `trigger` is PortOne's term, None for the payment window."""

    type: str
    payment_id: str
    transaction_id: str
    at: int
    cancellation_id: str | None = None
    trigger: str | None = None


def of_status(payment: Payment, *, trigger: str | None = None) -> Event:
    """Return the event for the payment's present status."""
    done = [c.id for c in payment.cancellations or [] if c.status == "SUCCEEDED"]
    cancelled = payment.status in (Status.PARTIAL_CANCELLED, Status.CANCELLED)
    return Event(
        type=TYPE_OF[payment.status],
        payment_id=payment.id,
        transaction_id=payment.transaction_id,
        at=payment.changed_ns // 1_000_000,
        cancellation_id=done[-1] if cancelled and done else None,
        trigger=trigger,
    )


def of_cancel_request(payment: Payment, cancellation: Cancellation) -> Event:
    """Return the event for an asynchronous cancellation that was accepted."""
    return Event(
        type="Transaction.CancelPending",
        payment_id=payment.id,
        transaction_id=payment.transaction_id,
        at=from_rfc3339(payment.updated_at),
        cancellation_id=cancellation.id,
    )


def of_dispute(payment: Payment, *, word: Literal["Created", "Resolved"]) -> Event:
    """Return the event for a dispute that was opened or resolved; the payment's status does not change."""
    return Event(
        type=f"Transaction.Dispute{word}",
        payment_id=payment.id,
        transaction_id=payment.transaction_id,
        at=from_rfc3339(payment.updated_at),
        trigger=f"DISPUTE_{word.upper()}",
    )


@dataclass(frozen=True)
class Delivery:
    """A row that this process has leased."""

    seq: int
    webhook_id: str
    body: bytes
    forged: bool
    executions: int
    max_executions: int


@dataclass(frozen=True)
class _Letter:
    webhook_id: str
    event: Event
    body: bytes
    due_at: int
    owner: str = ""
    forged: bool = False
    after_seq: int | None = None

    @property
    def max_executions(self) -> int:
        """A forged webhook is sent once: a forger does not retry as PortOne does."""
        return 1 if self.forged else MAX_EXECUTIONS


def enqueue(
    db: sqlite3.Connection,
    config: SandboxConfig,
    event: Event,
    mode: WebhookMode = WebhookMode.SEND,
    *,
    earlier: Event | None = None,
    owner: str = "",
) -> list[Delivery]:
    """Insert the rows for `event`. Lease those that are due at once to `owner`, which must send them, and return them;
    without an owner, any process claims them."""
    now = now_ms()
    letter = _Letter(new_webhook_id(), event, body_of(event, config.store_id), due_at=now, owner=owner)
    match mode:
        case WebhookMode.NONE:
            letters = []
        case WebhookMode.LATE:
            letters = [replace(letter, due_at=now + round(config.late_webhook_seconds * 1000), owner="")]
        case WebhookMode.TWICE:
            letters = [letter, letter]
        case WebhookMode.FORGED:
            letters = [replace(letter, forged=True)]
        case _:
            letters = [letter]
    rows = [_insert(db, one) for one in letters]
    if mode is WebhookMode.OUT_OF_ORDER and earlier is not None:
        body = body_of(earlier, config.store_id)
        _insert(db, _Letter(new_webhook_id(), earlier, body, due_at=now, after_seq=rows[0].seq))
    return [row for row, one in zip(rows, letters, strict=True) if one.owner]


def latest(db: sqlite3.Connection, payment_id: str, webhook_id: str | None) -> str | None:
    """Return `webhook_id` if it belongs to the payment, else None; for `webhook_id` None, the payment's newest webhook
    id."""
    row = db.execute(
        "SELECT webhook_id FROM portone_deliveries WHERE payment_id = ? AND (? IS NULL OR webhook_id = ?)"
        " ORDER BY seq DESC LIMIT 1",
        (payment_id, webhook_id, webhook_id),
    ).fetchone()
    return None if row is None else row["webhook_id"]


def resent(db: sqlite3.Connection, webhook_id: str) -> int:
    """Return the number of times a webhook was sent again by hand."""
    row = db.execute(
        "SELECT count(*) FROM portone_deliveries WHERE webhook_id = ? AND trigger_word = 'MANUAL'", (webhook_id,)
    ).fetchone()
    return int(row[0])


def resend(db: sqlite3.Connection, webhook_id: str) -> int | None:
    """Queue a manual resend: same id and bytes, one attempt. Return its row, or None for an unknown id."""
    cursor = db.execute(
        "INSERT INTO portone_deliveries (webhook_id, payment_id, type, trigger_word, body, forged, state,"
        " max_executions, created_at, due_at, lease_owner, lease_until)"
        " SELECT webhook_id, payment_id, type, 'MANUAL', body, forged, 'PENDING', 1, ?, ?, '', 0"
        " FROM portone_deliveries WHERE webhook_id = ? ORDER BY seq LIMIT 1",
        (now_ms(), now_ms(), webhook_id),
    )
    return cursor.lastrowid if cursor.rowcount == 1 else None


def body_of(event: Event, store_id: str) -> bytes:
    """Return the payload of version 2024-04-25, without status or amount (docs/vendors/portone.md#webhooks)."""
    data = {"storeId": store_id, "paymentId": event.payment_id, "transactionId": event.transaction_id}
    if event.cancellation_id is not None:
        data["cancellationId"] = event.cancellation_id
    return orjson.dumps({"type": event.type, "timestamp": rfc3339(event.at), "data": data})


def new_webhook_id() -> str:
    """Return a new, opaque `webhook-id`."""
    return f"wh_{new_ulid()}"


def _insert(db: sqlite3.Connection, letter: _Letter) -> Delivery:
    now = now_ms()
    cursor = db.execute(
        "INSERT INTO portone_deliveries (webhook_id, payment_id, type, trigger_word, body, forged, state,"
        " max_executions, created_at, due_at, after_seq, lease_owner, lease_until)"
        " VALUES (?, ?, ?, ?, ?, ?, 'PENDING', ?, ?, ?, ?, ?, ?)",
        (
            letter.webhook_id,
            letter.event.payment_id,
            letter.event.type,
            letter.event.trigger,
            letter.body,
            letter.forged,
            letter.max_executions,
            now,
            letter.due_at,
            letter.after_seq,
            letter.owner,
            now + LEASE_MS if letter.owner else 0,
        ),
    )
    seq = int(cursor.lastrowid or 0)
    return Delivery(seq, letter.webhook_id, letter.body, letter.forged, 0, letter.max_executions)
