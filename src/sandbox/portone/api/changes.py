"""The effects of POST requests to PortOne's REST interface. Each runs in the caller's transaction."""

import sqlite3
from typing import Annotated, Final, TypeVar

import orjson
from pydantic import BaseModel, Field, ValidationError

from src.sandbox.config import SandboxConfig
from src.sandbox.portone.api.calls import Call
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment import cancels, cash_receipts, confirming, escrows, payments
from src.sandbox.portone.payment.model import Wire
from src.sandbox.portone.webhook import events, outbox
from src.sandbox.web import MAX_ID, Answer, Money, Text, as_json, first_problem

M = TypeVar("M", bound=BaseModel)

MOST_RESENDS: Final = 5
"""Limit of manual resends of one webhook. PortOne has a limit but does not document the number."""
Currency = Annotated[Text, Field(pattern=r"^[A-Z]{3}$")]


class PreRegister(Wire):
    """Body of `POST /payments/{id}/pre-register`."""

    store_id: Text | None = None
    total_amount: Money | None = None
    tax_free_amount: Money | None = None
    currency: Currency | None = None


class Resend(Wire):
    """Body of `POST /payments/{id}/resend-webhook`."""

    store_id: Text | None = None
    webhook_id: Annotated[Text, Field(min_length=1, max_length=MAX_ID)] | None = None


class Changes:
    """The effects. An effect raises before it writes anything."""

    def __init__(self, config: SandboxConfig) -> None:
        self._config = config

    def pre_register(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`{totalAmount?, taxFreeAmount?, currency?}` -> `{}`."""
        ask = read_as(PreRegister, call.raw)
        self._check_store(ask.store_id)
        if (ask.tax_free_amount or 0) > (ask.total_amount or 0):
            raise PortOneError("INVALID_REQUEST", "taxFreeAmount: must not be above totalAmount")
        record = payments.load(db, call.payment_id)
        payments.register(record, ask.total_amount, ask.tax_free_amount, ask.currency)
        payments.save(db, record)
        return as_json({})

    def confirm(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`{paymentToken, ...}` -> `{pgTxId, paidAt}`."""
        ask = read_as(confirming.Confirm, call.raw)
        self._check_store(ask.store_id)
        record = payments.load(db, call.payment_id)
        told = confirming.confirm(record, ask, base_url=self._config.base_url)
        payments.save(db, record)
        if not ask.skip_webhook:
            events.enqueue(db, self._config, events.of_status(payments.existing(record)))
        return as_json(told)

    def cancel(self, db: sqlite3.Connection, call: Call, fault: str | None) -> Answer:
        """`{reason, amount?, ...}` -> `{"cancellation": {...}}`."""
        ask = read_as(cancels.CancelRequest, call.raw)
        self._check_store(ask.store_id)
        outcome: cancels.Outcome = "SUCCEEDED"
        if fault == "cancel_requested":
            outcome = "REQUESTED"
        elif fault == "cancel_failed":
            outcome = "FAILED"
        record = payments.load(db, call.payment_id)
        cancellation = cancels.cancel(record, ask, trigger="API", outcome=outcome)
        payments.save(db, record)
        payment = payments.existing(record)
        if outcome == "REQUESTED":
            events.enqueue(db, self._config, events.of_cancel_request(payment, cancellation))
        elif outcome == "SUCCEEDED" and not ask.skip_webhook:
            events.enqueue(db, self._config, events.of_status(payment))
        return as_json({"cancellation": cancellation.wire()})

    def close(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`?storeId=` -> `{"closedAt"}`."""
        self._check_store(call.store_id)
        record = payments.load(db, call.payment_id)
        closed_at = payments.close_account(record)
        payments.save(db, record)
        return as_json({"closedAt": closed_at})

    def issue_receipt(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """-> `{"cashReceipt": {issueNumber, url, pgReceiptId}}`."""
        ask = read_as(cash_receipts.Issue, call.raw)
        self._check_store(ask.store_id)
        return as_json({"cashReceipt": cash_receipts.issue(db, self._config, ask)})

    def cancel_receipt(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`?storeId=` -> `{cancelledAmount, cancelledAt}`."""
        self._check_store(call.store_id)
        return as_json(cash_receipts.cancel(db, call.payment_id))

    def register_escrow(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`{logistics, ...}` -> `{invoiceNumber, sentAt, appliedAt}`."""
        return self._escrow(db, call, is_change=False)

    def change_escrow(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`{logistics, ...}` -> `{invoiceNumber, sentAt, modifiedAt}`."""
        return self._escrow(db, call, is_change=True)

    def _escrow(self, db: sqlite3.Connection, call: Call, *, is_change: bool) -> Answer:
        ask = read_as(escrows.Register, call.raw)
        self._check_store(ask.store_id)
        record = payments.load(db, call.payment_id)
        payment = payments.existing(record)
        answer = escrows.register(payment, ask, is_change=is_change)
        payments.touch(payment)
        payments.save(db, record)
        return as_json(answer)

    def complete_escrow(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """-> `{completedAt}`."""
        self._check_store(read_as(escrows.Complete, call.raw or b"{}").store_id)
        record = payments.load(db, call.payment_id)
        payment = payments.existing(record)
        answer = escrows.complete(payment)
        payments.touch(payment)
        payments.save(db, record)
        return as_json(answer)

    def resend(self, db: sqlite3.Connection, call: Call, _fault: str | None) -> Answer:
        """`{webhookId?}` -> `{"webhook": {...}}`: resend the named webhook, or the payment's newest."""
        ask = read_as(Resend, call.raw)
        self._check_store(ask.store_id)
        payments.existing(payments.load(db, call.payment_id))
        webhook_id = events.latest(db, call.payment_id, ask.webhook_id)
        if webhook_id is None:
            raise PortOneError("WEBHOOK_NOT_FOUND", "웹훅 내역이 존재하지 않습니다.")
        if events.resent(db, webhook_id) >= MOST_RESENDS:
            raise PortOneError("MAX_WEBHOOK_RETRY_COUNT_REACHED", "수동 웹훅 재발송 한도를 초과했습니다.")
        seq = events.resend(db, webhook_id)
        return as_json({"webhook": outbox.wire(outbox.listing(db, seq=seq)[0], self._config.webhook_url)})

    def _check_store(self, store_id: str | None) -> None:
        if store_id not in (None, self._config.store_id):
            raise PortOneError("FORBIDDEN", "storeId: belongs to another merchant")


def issued_for(raw: bytes) -> str:
    """Return the payment id in the body of a request to issue a cash receipt."""
    return read_as(cash_receipts.Issue, raw).payment_id


def read_as(model: type[M], raw: bytes) -> M:
    """Return the JSON as `model`. Raises PortOneError INVALID_REQUEST."""
    try:
        return model.model_validate(orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        raise PortOneError("INVALID_REQUEST", "The request is not JSON.") from error
    except ValidationError as error:
        raise PortOneError("INVALID_REQUEST", first_problem(error)) from error
