"""The personal part of deliveries ends before the deliveries do. Answers go with it: a receiver may repeat what it got."""

from typing import Final

from tortoise.queryset import QuerySet

from src.app.outbound.models import OutboundAttempt, OutboundDelivery
from src.common import clock
from src.core.database import unit_of_work

BATCH: Final = 500


async def forget_member(member_id: int) -> None:
    """Nothing of a former member is in a delivery any more; one that is still to be sent goes without it.

    In short transactions, however many there are; a repeat changes nothing.
    """
    of_member = OutboundDelivery.filter(member_id=member_id)
    while await unit_of_work(lambda: _forget(of_member.limit(BATCH))):
        continue


async def forget_webhook(webhook_id: int) -> None:
    """The same for the deliveries of a webhook that shall have no personal data, in the open transaction."""
    await _forget(OutboundDelivery.filter(webhook_id=webhook_id, personal__isnull=False))


async def _forget(found: QuerySet[OutboundDelivery]) -> int:
    ids = [row_id for (row_id,) in await found.order_by("id").values_list("id")]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        # The rows first: whoever notes a try meanwhile waits for them, or had its answer in before they are emptied.
        await OutboundDelivery.filter(id__in=some).update(personal=None, member_id=None, forgotten_at=clock.now())
        await OutboundAttempt.filter(delivery_id__in=some).update(answer="")
    return len(ids)
