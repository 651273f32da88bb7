"""Reads of refunds by their ids."""

from collections.abc import Sequence

from tortoise.exceptions import DoesNotExist

from src.app.payment.models import Payment, Refund


async def by_id(refund_id: int) -> tuple[Refund, Payment]:
    """Return a live refund and its payment. Raises DoesNotExist."""
    refund = await Refund.get(id=refund_id)
    return refund, await Payment.get(id=refund.payment_id)


async def promised(causes: Sequence[str]) -> dict[str, int]:
    """Return the won of the live refunds with these causes, by cause."""
    found = await Refund.filter(cause__in=list(causes)).values_list("cause", "amount")
    return {cause: amount for cause, amount in found if cause}


async def by_ids(refund_ids: Sequence[int]) -> dict[int, tuple[Refund, Payment]]:
    """Return live refunds and their payments by the refund's id, in two queries. Raises DoesNotExist if one is
    missing."""
    refunds = await Refund.filter(id__in=list(refund_ids))
    payments = {row.id: row for row in await Payment.filter(id__in=[refund.payment_id for refund in refunds])}
    if missing := set(refund_ids) - {refund.id for refund in refunds if refund.payment_id in payments}:
        raise DoesNotExist(f"refunds {sorted(missing)}")
    return {refund.id: (refund, payments[refund.payment_id]) for refund in refunds}
