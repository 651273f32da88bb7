"""Manual approval: the shop confirms a payment that the shopper has authorised (`confirm`)."""

from typing import Annotated

from pydantic import Field, StrictBool

from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment.model import Wire
from src.sandbox.portone.payment.payments import Record, approve, existing
from src.sandbox.web import Money, Text


class Confirm(Wire):
    """Body of `POST /payments/{id}/confirm`: the token, and values that must match the payment."""

    payment_token: Annotated[Text, Field(min_length=1, max_length=1000)]
    tx_id: Text | None = None
    currency: Text | None = None
    total_amount: Money | None = None
    tax_free_amount: Money | None = None
    is_test: StrictBool | None = None
    skip_webhook: StrictBool = False
    store_id: Text | None = None


def confirm(record: Record, ask: Confirm, *, base_url: str) -> dict[str, str]:
    """Approve the payment and return `{pgTxId, paidAt}`. Raises PortOneError before it changes anything."""
    payment = existing(record)
    if payment.paid_at is not None:
        raise PortOneError("ALREADY_PAID", "결제가 이미 완료되었습니다.")
    if record.payment_token is None or ask.payment_token != record.payment_token:
        raise PortOneError("INVALID_PAYMENT_TOKEN", "결제 토큰이 유효하지 않습니다.")
    told = (
        (ask.tx_id, payment.transaction_id),
        (ask.currency, payment.currency),
        (ask.total_amount, payment.amount.total),
        (ask.tax_free_amount, payment.amount.tax_free),
        (ask.is_test, payment.channel.type == "TEST"),
    )
    if any(theirs is not None and theirs != ours for theirs, ours in told):
        raise PortOneError("INFORMATION_MISMATCH", "결제 건의 정보와 일치하지 않습니다.")
    approve(record, base_url=base_url)
    return {"pgTxId": f"{payment.pg_tx_id}", "paidAt": f"{payment.paid_at}"}
