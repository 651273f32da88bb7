"""Delete old deliveries, old keys and removed webhooks: the job ``trim-outbound-deliveries``."""

from datetime import datetime, timedelta
from typing import Final

from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.common import clock
from src.core.configs import settings
from src.core.database import unit_of_work

BATCH: Final = 500


async def trim() -> int:
    """Delete deliveries older than ``OUTBOUND_KEEP_DAYS`` with their tries; return the number of deliveries deleted.

    Pending deliveries are included: a message that waited that long for a webhook that is off would be of no use.
    Deliveries are deleted in transactions of BATCH. Then erase old keys that no longer sign, and delete removed
    webhooks without deliveries.
    """
    oldest = clock.now() - timedelta(days=settings().outbound.keep_days)
    total = 0
    while gone := await unit_of_work(lambda: _delete(oldest)):
        total += gone
    await OutboundWebhook.filter(old_secret_until__lte=clock.now()).update(old_secret="", old_secret_until=None)
    removed = OutboundWebhook.filter(removed_at__isnull=False).order_by("id").limit(BATCH)
    for (webhook_id,) in await removed.values_list("id"):
        if not await OutboundDelivery.filter(webhook_id=webhook_id).exists():
            await OutboundWebhook.filter(id=webhook_id).delete()
    return total


async def _delete(oldest: datetime) -> int:
    old = OutboundDelivery.filter(created_at__lt=oldest).order_by("created_at", "id").limit(BATCH)
    ids = [row_id for (row_id,) in await old.values_list("id")]
    return await OutboundDelivery.filter(id__in=ids).delete() if ids else 0
