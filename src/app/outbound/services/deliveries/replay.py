"""Send deliveries again on request, with the same message and id, so that the receiver can recognise duplicates."""

from typing import Any, Final

from src.app.outbound.dtos.admin.requests import ReplayRange
from src.app.outbound.dtos.admin.responses import DeliveryRead, ReplayOutcome
from src.app.outbound.errors import OutboundDeliveryBusy, OutboundDeliveryNotFound
from src.app.outbound.models import OutboundDelivery
from src.app.outbound.services import locks, queries
from src.app.outbound.services.deliveries.create import JOB, new_test
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import wakeup
from src.core.database import unit_of_work

MOST_AT_ONCE: Final = 1000


async def send_test(webhook_id: int, *, by: Actor) -> DeliveryRead:
    """Queue a test message like any other. Locks the webhook. Raises OutboundWebhookNotFound, OutboundWebhookOff."""

    async def write() -> OutboundDelivery:
        webhook = await locks.lock_active(webhook_id)
        delivery = await new_test(webhook)
        after = {"message_id": delivery.message_id}
        await audit.record("outbound_webhook.tested", by=by, target=("outbound_webhook", webhook.id), after=after)
        return delivery

    return queries.delivery_read(await unit_of_work(write))


async def replay(delivery_id: int, *, by: Actor) -> DeliveryRead:
    """Queue one delivery again, in any status, with its tries counted from zero. Locks its webhook, then the delivery.

    Raises OutboundDeliveryNotFound, OutboundWebhookNotFound, OutboundWebhookOff, and OutboundDeliveryBusy while a
    worker holds its lease.
    """

    async def write() -> OutboundDelivery:
        found = await OutboundDelivery.get_or_none(id=delivery_id)
        if found is None:
            raise OutboundDeliveryNotFound
        await locks.lock_active(found.webhook_id)
        delivery = await locks.lock_delivery(delivery_id)
        now = clock.now()
        if delivery.lease_token and delivery.available_at > now and delivery.work_status == WorkStatus.PENDING:
            raise OutboundDeliveryBusy
        before = {"status": queries.STATES[delivery.work_status], "attempts": delivery.attempts}
        await OutboundDelivery.filter(id=delivery.id).update(**_anew())
        target = ("outbound_delivery", delivery.id)
        await audit.record("outbound_delivery.replayed", by=by, target=target, before=before)
        wakeup.wake(JOB)
        return await OutboundDelivery.get(id=delivery.id)

    return queries.delivery_read(await unit_of_work(write))


async def replay_range(webhook_id: int, body: ReplayRange, *, by: Actor) -> ReplayOutcome:
    """Queue the deliveries created in the range again, oldest first, at most MOST_AT_ONCE per call.

    Pending deliveries are skipped; they are sent anyway. Locks the webhook. Raises OutboundWebhookNotFound,
    OutboundWebhookOff.
    """
    ended = [WorkStatus.DEAD] if body.only_failed else [WorkStatus.DEAD, WorkStatus.DONE]

    async def write() -> ReplayOutcome:
        await locks.lock_active(webhook_id)
        found = OutboundDelivery.filter(
            webhook_id=webhook_id, created_at__gte=body.since, created_at__lt=body.until, work_status__in=ended
        )
        ids = [row_id for (row_id,) in await found.order_by("id").limit(MOST_AT_ONCE + 1).values_list("id")]
        chosen = ids[:MOST_AT_ONCE]
        outcome = ReplayOutcome(replayed=len(chosen), more=len(ids) > MOST_AT_ONCE)
        if chosen:
            await OutboundDelivery.filter(id__in=chosen, work_status__in=ended).update(**_anew())
            asked = {**body.model_dump(mode="json"), **outcome.model_dump()}
            await audit.record("outbound_webhook.replayed", by=by, target=("outbound_webhook", webhook_id), after=asked)
            wakeup.wake(JOB)
        return outcome

    return await unit_of_work(write)


def _anew() -> dict[str, Any]:
    """Return the values of a delivery that starts again at its first try."""
    return {
        "work_status": WorkStatus.PENDING,
        "available_at": clock.now(),
        "attempts": 0,
        "lease_token": "",
        "done_at": None,
    }
