"""Record a try and its consequences for the delivery and the webhook, in one transaction."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.expressions import F

from src.app.outbound.models import OffReason, OutboundAttempt, OutboundDelivery, OutboundWebhook
from src.app.outbound.services.http.transport import Answer
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.records import audit
from src.common.work import late_writes
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

GONE: Final = 410
# The pauses between the tries that the Standard Webhooks specification suggests.
SCHEDULE: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)


@dataclass(frozen=True, slots=True)
class Try:
    """One finished try. `answer` is None if none came; `error` is empty if the message was delivered."""

    sent_at: datetime
    milliseconds: int
    answer: Answer | None
    error: str

    @property
    def status(self) -> int | None:
        """Return the status of the answer, None without an answer."""
        return None if self.answer is None else self.answer.status


def error_of(answer: Answer) -> str:
    """Return an empty string for 2xx and an error text for any other status.

    Redirects are not followed, because their target was not checked.
    """
    if 200 <= answer.status < 300:
        return ""
    return f"HTTP {answer.status}" + (" redirect not followed" if 300 <= answer.status < 400 else "")


async def note(delivery: OutboundDelivery, ended: Try) -> None:
    """Record the try in one transaction, and update the delivery if this worker still holds its lease.

    After the last pause of SCHEDULE, and after a 410, the delivery is DEAD. The webhook is switched off by a 410, or
    after ``OUTBOUND_OFF_AFTER_DAYS`` of failures without a success; both are audited.
    """
    await late_writes.write_or_keep(lambda: unit_of_work(lambda: _note(delivery, ended)))


async def _note(delivery: OutboundDelivery, ended: Try) -> None:
    await _of_webhook(delivery.webhook_id, ended)
    await OutboundAttempt.create(
        delivery_id=delivery.id,
        sent_at=ended.sent_at,
        milliseconds=ended.milliseconds,
        response_status=ended.status,
        error=ended.error[:80],
        answer="" if ended.answer is None or await _is_forgotten(delivery) else ended.answer.beginning,
    )
    mine = OutboundDelivery.filter(id=delivery.id, lease_token=delivery.lease_token)
    await mine.update(
        **_work(delivery, ended), response_status=ended.status, last_error=ended.error[:200], lease_token=""
    )


async def _is_forgotten(delivery: OutboundDelivery) -> bool:
    """Return whether the personal part was erased after it was sent. Then the answer, which may repeat it, is dropped.

    Locks the delivery.
    """
    if delivery.personal is None:
        return False
    locked = OutboundDelivery.filter(id=delivery.id).select_for_update()
    return any(forgotten_at for (forgotten_at,) in await locked.values_list("forgotten_at"))


async def _of_webhook(webhook_id: int, ended: Try) -> None:
    """Update the webhook. Its row is locked before that of the delivery (docs/architecture.md#r11)."""
    webhook = OutboundWebhook.filter(id=webhook_id)
    if not ended.error:
        await webhook.filter(failing_since__isnull=False).update(failing_since=None)
        return
    await webhook.filter(failing_since=None).update(failing_since=ended.sent_at)
    if ended.answer is not None and ended.answer.wait_until is not None:
        await webhook.update(paused_until=ended.answer.wait_until)
    await _switch_off(webhook_id, ended)


def _work(delivery: OutboundDelivery, ended: Try) -> dict[str, Any]:
    """Return the new values of the delivery: done, dead, or due again."""
    now = clock.now()
    if not ended.error:
        return {"work_status": WorkStatus.DONE, "done_at": now}
    if ended.status == GONE or delivery.attempts > len(SCHEDULE):
        return {"work_status": WorkStatus.DEAD}
    due = now + SCHEDULE[delivery.attempts - 1]
    asked = None if ended.answer is None else ended.answer.wait_until
    return {"available_at": due if asked is None else max(due, asked)}


async def _switch_off(webhook_id: int, ended: Try) -> None:
    """Switch the webhook off if the try calls for it. The conditional update does so and audits it only once."""
    still_on = OutboundWebhook.filter(id=webhook_id, is_active=True)
    reason = OffReason.GONE
    if ended.status != GONE:
        reason = OffReason.FAILING
        patience = timedelta(days=settings().outbound.off_after_days)
        still_on = still_on.filter(failing_since__lte=ended.sent_at - patience)
    off = {"is_active": False, "off_reason": reason, "version": F("version") + 1, "updated_at": clock.now()}
    if await still_on.update(**off):
        logger.warning("outbound webhook %d is switched off: %s", webhook_id, reason.value)
        await audit.record(
            "outbound_webhook.switched_off",
            by=audit.SYSTEM,
            target=("outbound_webhook", webhook_id),
            before={"is_active": True},
            after={"is_active": False, "off_reason": reason.value},
            reason=ended.error,
        )
