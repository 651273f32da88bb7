"""Add, change and remove webhooks, and rotate their keys.

Each change is one transaction together with its audit row, which never contains a key. Host names are resolved before
the transaction begins.
"""

from datetime import datetime
from typing import Any, Final

from src.app.outbound.dtos.admin.requests import WebhookChange, WebhookCreate
from src.app.outbound.dtos.admin.responses import WebhookRead, WebhookWithSecret
from src.app.outbound.errors import OutboundTypeUnknown, OutboundWebhookLimit
from src.app.outbound.models import OffReason, OutboundWebhook
from src.app.outbound.services import locks, queries
from src.app.outbound.services.deliveries import forgetting
from src.app.outbound.services.deliveries.create import JOB
from src.app.outbound.services.deliveries.sending import sender
from src.app.outbound.services.keys import OLD_KEY_SIGNS, new_secret
from src.app.outbound.services.messages import catalogue
from src.common import clock
from src.common.crypto import seal
from src.common.exceptions.general import NotAllowed
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.common.work import wakeup
from src.core.database import unit_of_work

MAX_WEBHOOKS: Final = 50
LOGGED: Final = ("url", "description", "event_types", "is_active", "with_personal_data")


async def create(body: WebhookCreate, *, by: Actor) -> WebhookWithSecret:
    """Add a webhook. Only this answer shows its key. Locks all webhooks, so that MAX_WEBHOOKS holds.

    Raises NotAllowed for personal data without `pii:read`, OutboundTypeUnknown, OutboundWebhookLimit, and the errors
    of `Transport.check`.
    """
    if body.with_personal_data:
        await _need_personal(by, "new")
    _refuse_unknown(body.event_types)
    url = await sender().transport.check(body.url)
    secret = new_secret()

    async def write() -> OutboundWebhook:
        if len(await locks.lock_all()) >= MAX_WEBHOOKS:
            raise OutboundWebhookLimit(limit=MAX_WEBHOOKS)
        now = clock.now()
        values = {**body.model_dump(), "url": url, "secret": seal(secret), "created_by": by.key}
        reason = OffReason.NONE if body.is_active else OffReason.STAFF
        webhook = await OutboundWebhook.create(**values, off_reason=reason, created_at=now, updated_at=now)
        await _note("outbound_webhook.created", webhook, by=by, after=_as_logged(webhook))
        return webhook

    return _with_secret(await unit_of_work(write), secret)


async def change(webhook_id: int, body: WebhookChange, *, version: int, by: Actor) -> WebhookRead:
    """Change the fields that are given; equal values write nothing. Locks the webhook.

    Switching it on or changing its address clears its failures and its pause; switching it on also wakes the job, which
    sends the pending deliveries. If the webhook has personal data before or after the change, the caller needs
    `pii:read`, because a new address would receive that data. Switching personal data off also erases it from the
    webhook's deliveries. Raises NotAllowed, OutboundWebhookNotFound, StaleEdit, OutboundTypeUnknown, and the errors of
    `Transport.check`.
    """
    before = await queries.one(webhook_id)
    if before.with_personal_data or body.with_personal_data:
        await _need_personal(by, webhook_id)
    values = body.model_dump(exclude_none=True)
    _refuse_unknown(values.get("event_types", []))
    if "url" in values:
        values["url"] = await sender().transport.check(values["url"])

    async def write() -> OutboundWebhook:
        webhook = await locks.lock_for_edit(webhook_id, version)
        if webhook.with_personal_data and by.lacks(UNMASKS):
            raise NotAllowed  # personal data was switched on between the read above and the lock
        await _apply(webhook, values, by=by)
        return webhook

    return queries.as_read(await unit_of_work(write))


async def remove(webhook_id: int, *, version: int, by: Actor) -> None:
    """Stop sending to the webhook, and erase its keys and the personal data of its deliveries.

    The job ``trim-outbound-deliveries`` deletes the deliveries later. Locks the webhook. Raises
    OutboundWebhookNotFound, StaleEdit.
    """

    async def write() -> None:
        webhook = await locks.lock_for_edit(webhook_id, version)
        before = _as_logged(webhook)
        webhook.removed_at = clock.now()
        webhook.is_active, webhook.secret, webhook.old_secret, webhook.old_secret_until = False, "", "", None
        await _save(webhook, at=webhook.removed_at)
        await forgetting.forget_webhook(webhook.id)
        await _note("outbound_webhook.removed", webhook, by=by, before=before)

    await unit_of_work(write)


async def rotate(webhook_id: int, *, version: int, by: Actor) -> WebhookWithSecret:
    """Give the webhook a new key, which only this answer shows. Locks the webhook.

    For OLD_KEY_SIGNS messages are signed with the previous key too; keys before that one no longer sign. Raises
    OutboundWebhookNotFound, StaleEdit.
    """
    secret = new_secret()

    async def write() -> OutboundWebhook:
        webhook = await locks.lock_for_edit(webhook_id, version)
        now = clock.now()
        webhook.old_secret, webhook.old_secret_until = webhook.secret, now + OLD_KEY_SIGNS
        webhook.secret = seal(secret)
        await _save(webhook, at=now)
        until = {"old_secret_until": clock.korean(webhook.old_secret_until)}
        await _note("outbound_webhook.rotated", webhook, by=by, after=until)
        return webhook

    return _with_secret(await unit_of_work(write), secret)


async def _apply(webhook: OutboundWebhook, values: dict[str, Any], *, by: Actor) -> None:
    before = _as_logged(webhook)
    webhook.update_from_dict(values)
    if webhook.url != before["url"] or (webhook.is_active and not before["is_active"]):
        webhook.failing_since = webhook.paused_until = None
    if webhook.is_active and not before["is_active"]:
        webhook.off_reason = OffReason.NONE
        wakeup.wake(JOB)
    elif before["is_active"] and not webhook.is_active:
        webhook.off_reason = OffReason.STAFF
    changed_before, changed_after = audit.changed(before, _as_logged(webhook))
    if not changed_after:
        return
    if before["with_personal_data"] and not webhook.with_personal_data:
        await forgetting.forget_webhook(webhook.id)
    await _save(webhook, at=clock.now())
    await _note("outbound_webhook.changed", webhook, by=by, before=changed_before, after=changed_after)


async def _save(webhook: OutboundWebhook, *, at: datetime) -> None:
    webhook.version, webhook.updated_at = webhook.version + 1, at
    await webhook.save()


async def _need_personal(by: Actor, webhook: int | str) -> None:
    """Log the refusal and raise NotAllowed if the caller may not see personal data."""
    if by.lacks(UNMASKS):
        await audit.note_refusal(by, target=("outbound_webhook", webhook), reason="pii:read")
        raise NotAllowed


def _refuse_unknown(names: list[str]) -> None:
    if unknown := catalogue.unknown(names):
        raise OutboundTypeUnknown(unknown=unknown)


def _as_logged(webhook: OutboundWebhook) -> dict[str, Any]:
    """Return the fields that the audit log keeps."""
    return {name: getattr(webhook, name) for name in LOGGED} | {"off_reason": webhook.off_reason.value}


async def _note(
    action: str,
    webhook: OutboundWebhook,
    *,
    by: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    await audit.record(action, by=by, target=("outbound_webhook", webhook.id), before=before, after=after)


def _with_secret(webhook: OutboundWebhook, secret: str) -> WebhookWithSecret:
    return WebhookWithSecret(**queries.as_read(webhook).model_dump(), secret=secret)
