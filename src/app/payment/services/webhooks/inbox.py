"""Staff list the webhook inbox and replay messages."""

from functools import partial

from src.app.payment.dtos.admin.discrepancies import InboxQuery, InboxRead
from src.app.payment.errors import WebhookMessageNotFound, WebhookMessageWaits
from src.app.payment.services.webhooks.receive import JOB, payment_id_of
from src.common import clock
from src.common.dtos.pages import Page, window
from src.common.models.inbox_message import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import wakeup
from src.core.database import unit_of_work


async def find(asked: InboxQuery) -> Page[InboxRead]:
    """Return a page of messages, newest first."""
    found = InboxMessage.all()
    if asked.status is not None:
        found = found.filter(work_status=asked.status)
    if asked.topic is not None:
        found = found.filter(topic=asked.topic)
    rows, following = await window(found, asked)
    items = [_read(row) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


async def replay(row_id: int, *, by: Actor) -> InboxRead:
    """Make a done or dead message pending again, write it into the audit log, and wake the job.

    A repeat is safe: processing a message only reads the payment at PortOne again. Locks the message's row. Raises
    WebhookMessageNotFound, and WebhookMessageWaits for a pending message, so also for the second of two calls at once.
    """
    return _read(await unit_of_work(partial(_replay, row_id, by=by)))


async def _replay(row_id: int, *, by: Actor) -> InboxMessage:
    message = await InboxMessage.filter(id=row_id).select_for_update().first()
    if message is None:
        raise WebhookMessageNotFound
    if message.work_status == WorkStatus.PENDING:
        raise WebhookMessageWaits
    before = message.work_status
    message.work_status, message.attempts, message.available_at = WorkStatus.PENDING, 0, clock.now()
    message.lease_token, message.done_at = "", None
    await message.save(update_fields=["work_status", "attempts", "available_at", "lease_token", "done_at"])
    await audit.record(
        "payment.webhook_replayed",
        by=by,
        target=("inbox_message", message.id),
        before={"status": before.value},
        after={"status": message.work_status.value},
    )
    wakeup.wake(JOB)
    return message


def _read(row: InboxMessage) -> InboxRead:
    return InboxRead(
        id=row.id,
        source=row.source,
        message_id=row.message_id,
        topic=row.topic,
        payment_id=payment_id_of(row.body),
        status=row.work_status,
        attempts=row.attempts,
        last_error=row.last_error,
        received_at=row.received_at,
        available_at=row.available_at,
        done_at=row.done_at,
    )
