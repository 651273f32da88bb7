"""The personal part of deliveries ends before the deliveries do. Answers go with it: a receiver may repeat what it
got."""

from typing import Final

from tortoise.queryset import QuerySet

from src.app.outbound.models import OutboundAttempt, OutboundDelivery
from src.common import clock

BATCH: Final = 500


async def forget_webhook(webhook_id: int) -> None:
    """Empty the deliveries of a webhook that shall have no personal data, inside the open transaction."""
    await forget(OutboundDelivery.filter(webhook_id=webhook_id, personal__isnull=False))


async def forget(found: QuerySet[OutboundDelivery]) -> int:
    """Remove the personal part and the member from these deliveries, inside the open transaction; how many."""
    ids = [row_id for (row_id,) in await found.order_by("id").values_list("id")]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        # The rows first: whoever notes a try meanwhile waits for them, or had its answer in before they are emptied.
        await OutboundDelivery.filter(id__in=some).update(personal=None, member_id=None, forgotten_at=clock.now())
        await OutboundAttempt.filter(delivery_id__in=some).update(answer="")
    return len(ids)
