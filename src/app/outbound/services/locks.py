"""Locking reads. A webhook is locked before its deliveries (docs/architecture.md#r11)."""

from src.app.outbound.errors import OutboundDeliveryNotFound, OutboundWebhookNotFound, OutboundWebhookOff
from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.common.http.etags import refuse_stale


async def lock_all() -> list[OutboundWebhook]:
    """Return all webhooks that are not removed, locked in order of id."""
    return await OutboundWebhook.filter(removed_at=None).order_by("id").select_for_update()


async def lock(webhook_id: int) -> OutboundWebhook:
    """Lock one webhook. Raises OutboundWebhookNotFound."""
    webhook = await OutboundWebhook.filter(id=webhook_id, removed_at=None).select_for_update().first()
    if webhook is None:
        raise OutboundWebhookNotFound
    return webhook


async def lock_for_edit(webhook_id: int, version: int) -> OutboundWebhook:
    """Lock a webhook that still has the version that the editor read. Raises OutboundWebhookNotFound, StaleEdit."""
    webhook = await lock(webhook_id)
    refuse_stale(webhook.version, version)
    return webhook


async def lock_active(webhook_id: int) -> OutboundWebhook:
    """Lock a webhook that is switched on. Raises OutboundWebhookNotFound, OutboundWebhookOff."""
    webhook = await lock(webhook_id)
    if not webhook.is_active:
        raise OutboundWebhookOff
    return webhook


async def lock_delivery(delivery_id: int) -> OutboundDelivery:
    """Lock one delivery. Raises OutboundDeliveryNotFound."""
    delivery = await OutboundDelivery.filter(id=delivery_id).select_for_update().first()
    if delivery is None:
        raise OutboundDeliveryNotFound
    return delivery
