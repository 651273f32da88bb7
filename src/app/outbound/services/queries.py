"""Queries of the staff routes."""

from typing import Final

from tortoise.queryset import QuerySet

from src.app.outbound.dtos.admin.requests import DeliveryQuery, DeliveryState, WebhookQuery
from src.app.outbound.dtos.admin.responses import AttemptRead, DeliveryDetail, DeliveryRead, WebhookRead
from src.app.outbound.errors import OutboundDeliveryNotFound, OutboundWebhookNotFound
from src.app.outbound.models import OutboundAttempt, OutboundDelivery, OutboundWebhook
from src.app.outbound.services.messages.envelopes import with_personal
from src.common.dtos.pages import Page, window
from src.common.models.work_item import WorkStatus
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.core.database import unit_of_work

TRIES_SHOWN: Final = 50
STATES: Final[dict[WorkStatus, DeliveryState]] = {
    WorkStatus.PENDING: "pending",
    WorkStatus.DONE: "delivered",
    WorkStatus.DEAD: "failed",
}
STATUSES: Final = {state: status for status, state in STATES.items()}


async def listed(asked: WebhookQuery) -> Page[WebhookRead]:
    """Return a page of webhooks, newest first. Two queries."""
    found = OutboundWebhook.filter(removed_at=None)
    if asked.is_active is not None:
        found = found.filter(is_active=asked.is_active)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    return Page(items=[as_read(row) for row in rows], total=await found.count(), page=asked.page, size=asked.size)


async def one(webhook_id: int) -> WebhookRead:
    """Return one webhook. Raises OutboundWebhookNotFound."""
    row = await OutboundWebhook.get_or_none(id=webhook_id, removed_at=None)
    if row is None:
        raise OutboundWebhookNotFound
    return as_read(row)


async def deliveries(webhook_id: int, asked: DeliveryQuery) -> Page[DeliveryRead]:
    """Return a page of a webhook's deliveries, newest first. Three queries. Raises OutboundWebhookNotFound."""
    await one(webhook_id)
    found = _asked_for(OutboundDelivery.filter(webhook_id=webhook_id), asked)
    rows, following = await window(found, asked)
    items = [delivery_read(row) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


async def delivery(delivery_id: int, *, by: Actor) -> DeliveryDetail:
    """Return one delivery with its body and tries.

    Personal data, and answers that may repeat it, are shown only with `pii:read`, and only after the access is
    committed to the access log. Raises OutboundDeliveryNotFound.
    """
    row = await OutboundDelivery.get_or_none(id=delivery_id)
    if row is None:
        raise OutboundDeliveryNotFound
    shown = row.personal is None or not by.lacks(UNMASKS)
    if row.personal is not None and shown:
        await _note_look(row, by=by)
    tries = await OutboundAttempt.filter(delivery_id=row.id).order_by("-id").limit(TRIES_SHOWN)
    return DeliveryDetail(
        **delivery_read(row).model_dump(),
        body=with_personal(row.body, row.personal) if shown else row.body,
        personal_data=_personal_state(row, is_shown=shown),
        tries=[_attempt_read(one_try, is_shown=shown) for one_try in tries],
    )


def as_read(row: OutboundWebhook) -> WebhookRead:
    """Return the webhook as staff see it, without its keys."""
    return WebhookRead(**{name: getattr(row, name) for name in WebhookRead.model_fields})


def delivery_read(row: OutboundDelivery) -> DeliveryRead:
    """Return the delivery as a row of the list."""
    is_pending = row.work_status == WorkStatus.PENDING
    same = ("id", "webhook_id", "message_id", "type", "attempts", "response_status", "last_error", "request_id")
    return DeliveryRead(
        **{name: getattr(row, name) for name in same},
        status=STATES[row.work_status],
        occurred_at=row.occurred_at,
        created_at=row.created_at,
        delivered_at=row.done_at if row.work_status == WorkStatus.DONE else None,
        next_at=row.available_at if is_pending else None,
    )


def _asked_for(found: QuerySet[OutboundDelivery], asked: DeliveryQuery) -> QuerySet[OutboundDelivery]:
    if asked.status is not None:
        found = found.filter(work_status=STATUSES[asked.status])
    if asked.type is not None:
        found = found.filter(type=asked.type)
    if asked.starts_at is not None:
        found = found.filter(created_at__gte=asked.starts_at)
    if asked.ends_at is not None:
        found = found.filter(created_at__lt=asked.ends_at)
    return found


def _attempt_read(row: OutboundAttempt, *, is_shown: bool) -> AttemptRead:
    return AttemptRead(
        sent_at=row.sent_at,
        milliseconds=row.milliseconds,
        response_status=row.response_status,
        error=row.error,
        answer=row.answer if is_shown else None,
    )


def _personal_state(row: OutboundDelivery, *, is_shown: bool) -> str:
    if row.forgotten_at is not None:
        return "forgotten"
    if row.personal is None:
        return "none"
    return "shown" if is_shown else "hidden"


async def _note_look(row: OutboundDelivery, *, by: Actor) -> None:
    items = ",".join(sorted(row.personal))
    target_type, target_id = ("outbound_delivery", row.id) if row.member_id is None else ("member", row.member_id)

    async def write() -> None:
        await audit.accessed(
            "outbound_delivery.read", by=by, target_type=target_type, ids=[target_id], items=items, reason=""
        )

    await unit_of_work(write)
