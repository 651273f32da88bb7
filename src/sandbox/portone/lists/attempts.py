"""`GET /payments/{id}/transactions`: all attempts of one payment id, oldest first."""

import sqlite3

import orjson

from src.sandbox.portone.errors import PortOneError


def attempts_of(db: sqlite3.Connection, payment_id: str) -> bytes:
    """Return `{"items": [...]}`: each item is a payment with the attempt's id as `id`. Raises PortOneError
    PAYMENT_NOT_FOUND."""
    rows = db.execute(
        "SELECT doc FROM portone_transactions WHERE payment_id = ? ORDER BY seq", (payment_id,)
    ).fetchall()
    if not rows:
        raise PortOneError("PAYMENT_NOT_FOUND", "결제 건이 존재하지 않습니다.")
    items = []
    for row in rows:
        attempt = orjson.loads(row["doc"])
        attempt["paymentId"], attempt["id"] = attempt["id"], attempt.pop("transactionId")
        items.append(attempt)
    return orjson.dumps({"items": items})
