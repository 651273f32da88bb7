"""Create one delivery per subscribed webhook from an outbox event."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.app.outbound.services.messages.catalogue import CATALOGUE, TEST, EventType
from src.app.outbound.services.messages.envelopes import body_of
from src.common import clock
from src.common.ids import new_ulid
from src.common.logs.context import under
from src.common.models.outbox_event import OutboxEvent
from src.common.work import wakeup
from src.core.database import unit_of_work
from src.core.database.statements import find

JOB: Final = "send-outbound-webhooks"


async def tell(event: OutboxEvent) -> None:
    """Create the deliveries of an event. The relay calls this at least once; a repeat skips existing deliveries.

    Events outside the catalogue, and those without a subscriber, open no transaction. One transaction reads the data
    and writes the rows, so the message with the highest sequence about an order was read after its last change.
    """
    for error in (await tell_all([event])).values():
        raise error


async def tell_all(events: Sequence[OutboxEvent]) -> dict[int, Exception]:
    """Create the deliveries of several events as `tell` does, each event in its own transaction, and return the errors
    by event id. The subscriptions are read once."""
    told = [(event, kind) for event in events if (kind := CATALOGUE.get(event.topic)) is not None]
    active = await _active() if told else []
    errors: dict[int, Exception] = {}
    for event, kind in told:
        if wanting := [webhook for webhook in active if event.topic in webhook.event_types]:
            try:
                with under(event.request_id):
                    await unit_of_work(partial(_write, event, kind, wanting))
            except Exception as error:  # noqa: BLE001 - one event must not stop the others
                errors[event.id] = error
    return errors


async def new_test(webhook: OutboundWebhook) -> OutboundDelivery:
    """Create a test delivery inside the open transaction."""
    now = clock.now()
    body = body_of(TEST.name, version=TEST.version, sequence=0, at=now, data=(await TEST.subject.read({}, False)).data)
    return await _insert(webhook, TEST, event_key=f"test:{new_ulid()}", occurred_at=now, body=body)


async def _active() -> list[OutboundWebhook]:
    """Return the active webhooks. One query reads them all: at most MAX_WEBHOOKS exist."""
    return await find(OutboundWebhook, "is_active = %s AND removed_at IS NULL ORDER BY id", (True,))


async def _write(event: OutboxEvent, kind: EventType, wanting: list[OutboundWebhook]) -> None:
    ids = [webhook.id for webhook in wanting]
    # Lock the webhooks: a concurrent change or removal takes effect before or after this event, not during it.
    wanting = await OutboundWebhook.filter(id__in=ids, is_active=True).order_by("id").select_for_update()
    there = await OutboundDelivery.filter(webhook_id__in=ids, event_key=str(event.id)).values_list("webhook_id")
    told = {webhook_id for (webhook_id,) in there}
    left = [webhook for webhook in wanting if webhook.id not in told]
    if not left:
        return
    snapshot = await kind.subject.read(event.payload, any(webhook.with_personal_data for webhook in left))
    body = body_of(kind.name, version=kind.version, sequence=event.id, at=event.created_at, data=snapshot.data)
    for webhook in left:
        has_person = webhook.with_personal_data and snapshot.personal is not None
        person = {"personal": snapshot.personal, "member_id": snapshot.member_id} if has_person else {}
        values = {"event_key": str(event.id), "occurred_at": event.created_at, "body": body, **person}
        await _insert(webhook, kind, **values)


async def _insert(webhook: OutboundWebhook, kind: EventType, **values: Any) -> OutboundDelivery:
    """Create one delivery that is due at once, and wake the sender."""
    now = clock.now()
    named = {"webhook_id": webhook.id, "message_id": f"msg_{new_ulid()}", "type": kind.name}
    delivery = await OutboundDelivery.create(**named, **values, available_at=now, created_at=now)
    wakeup.wake(JOB)
    return delivery
