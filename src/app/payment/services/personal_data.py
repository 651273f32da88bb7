"""Personal data of a member in the payment domain: payment attempts, the accounts issued for them, and the accounts
that refunds go to."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import JsonValue

from src.app.order.services import queries as orders
from src.app.payment.models import Payment, Refund, RefundAccount, RefundAccountArchive
from src.app.payment.services.queries import of_orders, refunds_of
from src.app.payment.services.retention import periods
from src.app.payment.services.retention.anonymising import anonymise_member
from src.common.clock import korean
from src.common.crypto import unseal
from src.common.records.archiving import rows_of
from src.common.records.retention import Rule

RULES: Final[Sequence[Rule]] = periods.RULES
BATCH: Final = 200


async def export(member_id: int) -> Mapping[str, Any]:
    """Return every payment attempt of the member's orders, the newest order first: method, amounts, times, account,
    refunds."""
    exported: list[JsonValue] = []
    accounts: list[JsonValue] = []
    offset = 0
    while page := (await orders.of_member(member_id, status=None, since=None, until=None, window=(offset, BATCH)))[0]:
        offset += len(page)
        held = await of_orders([order.id for order in page])
        for order in page:
            payments = held.get(order.id, [])
            refunds = await refunds_of(payments)
            exported += [_payment(payment, order.order_no, refunds.get(payment.id, [])) for payment in payments]
        given = await rows_of(RefundAccount, RefundAccountArchive, "order_id", [order.id for order in page])
        accounts += [_account(row, order.order_no) for order in page for row in given.get(order.id, [])]
    return {"payments": exported, "refund_accounts": accounts}


async def erase(member_id: int) -> int:
    """Anonymise the payments of the member's ended orders; return how many. See `anonymise_member`."""
    return await anonymise_member(member_id)


def _account(row: RefundAccount, order_no: str) -> dict[str, Any]:
    return {
        "order_no": order_no,
        "bank": row.bank,
        "number": unseal(row.number_sealed) if row.number_sealed else None,
        "holder": row.holder,
        "created_at": korean(row.created_at),
    }


def _payment(payment: Payment, order_no: str, refunds: Sequence[Refund]) -> dict[str, Any]:
    account = {
        "bank": payment.account_bank,
        "number": payment.account_number,
        "holder": payment.account_holder,
        "due_at": None if payment.account_due_at is None else korean(payment.account_due_at),
    }
    return {
        "order_no": order_no,
        "payment_id": payment.payment_id,
        "pay_method": payment.pay_method.value,
        "paid_with": None if payment.paid_with is None else payment.paid_with.value,
        "status": payment.status.value,
        "total_amount": payment.total_amount,
        "paid_amount": payment.paid_amount,
        "cancelled_amount": payment.cancelled_amount,
        "created_at": korean(payment.created_at),
        "paid_at": None if payment.paid_at is None else korean(payment.paid_at),
        "receipt_url": payment.receipt_url or None,
        "refunds": [_refund(refund) for refund in refunds],
        "virtual_account": account if payment.account_number else None,
    }


def _refund(refund: Refund) -> dict[str, Any]:
    return {
        "reason": refund.reason.value,
        "amount": refund.amount,
        "status": refund.status.value,
        "requested_at": korean(refund.created_at),
        "done_at": None if refund.done_at is None else korean(refund.done_at),
    }
