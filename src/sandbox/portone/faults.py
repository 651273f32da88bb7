"""Switches that make the simulated PortOne misbehave a given number of times. No amount triggers a fault."""

import sqlite3
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, model_validator

from src.sandbox import switches
from src.sandbox.portone.errors import STATUS
from src.sandbox.web import MAX_ID, Text

Operation = Literal[
    "get",
    "pre_register",
    "cancel",
    "close",
    "confirm",
    "cash_receipt",
    "escrow",
    "issue_receipt",
    "cancel_receipt",
    "resend_webhook",
    "transactions",
    "list",
    "any",
]

INSTEAD: Final = switches.INSTEAD
"""Answers given without running the effect. No answer is stored for the idempotency key."""
SHAPES: Final = frozenset(
    {"other_store", "other_currency", "other_amount", "live_channel", "version_v1", "unknown_status", "extra_fields"}
)
"""Faults that change the answer to one GET of a payment, but not the payment."""
CANCEL_OUTCOMES: Final = {"cancel_requested": "REQUESTED", "cancel_failed": "FAILED"}
AROUND: Final = switches.AROUND
ALIASES: Final = {"pg_error_502": "PG_PROVIDER"}


class Fault(BaseModel):
    """One switch. `kind` is one of `KINDS` or a documented PortOne error type, such as PAYMENT_NOT_PAID."""

    model_config = ConfigDict(extra="forbid")

    operation: Operation
    kind: Annotated[Text, Field(max_length=100)]
    times: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 1
    payment_id: Annotated[Text, Field(min_length=1, max_length=MAX_ID)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Fault":
        if self.kind in SHAPES:
            allowed = "get"
        elif self.kind in CANCEL_OUTCOMES:
            allowed = "cancel"
        elif self.kind in INSTEAD or self.kind in AROUND or self.kind in ALIASES or self.kind in STATUS:
            return self
        else:
            raise ValueError(f"kind: unknown; one of {', '.join(KINDS)} or a PortOne error type")
        if self.operation == "any":
            self.operation = "get" if allowed == "get" else "cancel"
        if self.operation != allowed:
            raise ValueError(f"kind {self.kind} works on the operation {allowed} only")
        return self


KINDS: Final = sorted([*INSTEAD, *SHAPES, *CANCEL_OUTCOMES, *AROUND, *ALIASES])


def put_in(db: sqlite3.Connection, faults: list[Fault]) -> None:
    """Add switches after those that are set."""
    db.executemany(
        "INSERT INTO portone_faults (operation, kind, payment_id, left_over) VALUES (?, ?, ?, ?)",
        [(fault.operation, fault.kind, fault.payment_id, fault.times) for fault in faults],
    )


def clear(db: sqlite3.Connection) -> None:
    """Remove all switches."""
    db.execute("DELETE FROM portone_faults")


def listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return the switches in the order in which they are tried; `left` is how often each still applies."""
    rows = db.execute("SELECT operation, kind, payment_id, left_over FROM portone_faults ORDER BY seq").fetchall()
    return [
        {"operation": row["operation"], "kind": row["kind"], "payment_id": row["payment_id"], "left": row["left_over"]}
        for row in rows
    ]


def any_set(db: sqlite3.Connection) -> bool:
    """Return True if a read must check for faults."""
    return db.execute("SELECT 1 FROM portone_faults WHERE left_over > 0 LIMIT 1").fetchone() is not None


def take(db: sqlite3.Connection, operation: Operation, payment_id: str | None) -> str | None:
    """Use the first matching switch once, in the caller's write transaction, and return its kind; None if none
    matches."""
    row = db.execute(
        "UPDATE portone_faults SET left_over = left_over - 1 WHERE seq ="
        " (SELECT seq FROM portone_faults WHERE left_over > 0 AND operation IN (?, 'any')"
        " AND (payment_id IS NULL OR payment_id = ?) ORDER BY seq LIMIT 1) RETURNING kind",
        (operation, payment_id),
    ).fetchone()
    if row is None:
        return None
    kind: str = row["kind"]
    return ALIASES.get(kind, kind)


def reshape(doc: bytes, kind: str) -> bytes:
    """Return the payment's JSON changed by `kind`, one of `SHAPES`."""
    payment: dict[str, Any] = orjson.loads(doc)
    match kind:
        case "other_store":
            payment["storeId"] = "store-of-somebody-else"
        case "other_currency":
            payment["currency"] = "USD"
        case "other_amount":
            payment["amount"]["total"] += 1
        case "live_channel":
            payment["channel"]["type"] = "LIVE"
        case "version_v1":
            payment["version"] = "V1"
        case "unknown_status":
            payment["status"] = "SOMETHING_NEW"
        case _:
            payment["somethingNew"] = {"added": ["later", 1, None]}
    return orjson.dumps(payment)
