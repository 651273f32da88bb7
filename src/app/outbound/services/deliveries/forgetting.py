"""Erase the personal part of deliveries, and the stored answers too: a receiver may repeat the data in its answer."""

from typing import Final

from tortoise.queryset import QuerySet

from src.app.outbound.models import OutboundAttempt, OutboundDelivery
from src.common import clock

BATCH: Final = 500


async def forget_webhook(webhook_id: int) -> None:
    """Erase the personal part of all deliveries of a webhook, inside the open transaction."""
    await forget(OutboundDelivery.filter(webhook_id=webhook_id, personal__isnull=False))


async def forget(found: QuerySet[OutboundDelivery]) -> int:
    """Erase the personal part, the member and the answers of these deliveries; return the number of deliveries.

    Runs inside the open transaction and locks the rows, BATCH at a time.
    """
    ids = [row_id for (row_id,) in await found.order_by("id").values_list("id")]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        # Deliveries first: `outcomes.note` either waits for these rows and then keeps no answer, or has committed its
        # answer already, and the next statement empties it.
        await OutboundDelivery.filter(id__in=some).update(personal=None, member_id=None, forgotten_at=clock.now())
        await OutboundAttempt.filter(delivery_id__in=some).update(answer="")
    return len(ids)
