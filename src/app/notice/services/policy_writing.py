"""Staff write, publish and withdraw policy versions.

A draft can change; a version that took effect never does. Every change of an existing version locks its row. Of two
conflicting changes at once, the unique keys (policy and version, policy and effective day) accept only one.
"""

from datetime import datetime
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.notice.dtos.admin import (
    PolicyAdmin,
    PolicyAdminQuery,
    PolicyChange,
    PolicyCreate,
    PolicyPublish,
    PolicyWithdraw,
)
from src.app.notice.dtos.fields import POLICY_NAMES
from src.app.notice.errors import (
    PolicyDayPast,
    PolicyDayTaken,
    PolicyInForce,
    PolicyNotFound,
    PolicyPublished,
    PolicyVersionTaken,
)
from src.app.notice.models import PolicyStatus, PolicyText
from src.app.notice.services import policy_versions
from src.app.notice.services.policies import today
from src.common import clock
from src.common.dtos.pages import Page
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

WRITTEN: Final = ("policy", "version", "title", "body", "change_note")


async def find(asked: PolicyAdminQuery) -> Page[PolicyAdmin]:
    """Return a page of versions, drafts included, newest first."""
    found = PolicyText.all()
    if asked.policy is not None:
        found = found.filter(policy=asked.policy)
    if asked.status is not None:
        found = found.filter(status=asked.status)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    days = await _days_in_force()
    return Page(items=[_read(row, days) for row in rows], total=await found.count(), page=asked.page, size=asked.size)


async def one(policy_id: int) -> PolicyAdmin:
    """Return a version in any status, with its text. Raises PolicyNotFound."""
    text = await PolicyText.get_or_none(id=policy_id)
    if text is None:
        raise PolicyNotFound
    return _read(text, await _days_in_force())


async def draft(body: PolicyCreate, *, by: Actor) -> PolicyAdmin:
    """Create a draft. Raises PolicyVersionTaken."""

    async def write() -> int:
        now = clock.now()
        text = await PolicyText.create(**body.model_dump(), created_at=now, updated_at=now)
        await audit.record("policy.drafted", by=by, target=("policy", text.id), after=_values(text))
        made: int = text.id
        return made

    try:
        return await one(await unit_of_work(write))
    except IntegrityError:
        raise PolicyVersionTaken from None


async def change(policy_id: int, body: PolicyChange, *, revision: int, by: Actor) -> PolicyAdmin:
    """Change a draft. Locks its row; equal values write nothing.

    Raises PolicyNotFound, StaleEdit, PolicyPublished, PolicyVersionTaken.
    """

    async def write() -> None:
        text = await _lock_draft(policy_id, revision)
        old, old_body = _values(text), text.body
        text.update_from_dict(body.changes())
        before, after = audit.changed(old, _values(text))
        if after or text.body != old_body:
            text.revision, text.updated_at = text.revision + 1, clock.now()
            await text.save()
            await audit.record("policy.changed", by=by, target=("policy", text.id), before=before, after=after)

    try:
        await unit_of_work(write)
    except IntegrityError:
        raise PolicyVersionTaken from None
    return await one(policy_id)


async def publish(policy_id: int, body: PolicyPublish, *, by: Actor) -> PolicyAdmin:
    """Publish a draft with its effective day. Locks its row. Publishing it again for the same day changes nothing.

    Raises PolicyNotFound, PolicyPublished (if published for another day), PolicyDayPast, PolicyDayTaken.
    """

    async def write() -> None:
        text = await _lock(policy_id)
        if text.status == PolicyStatus.PUBLISHED:
            if text.effective_on == body.effective_on:
                return
            raise PolicyPublished
        if body.effective_on < today():
            raise PolicyDayPast
        now = clock.now()
        text.status, text.effective_on = PolicyStatus.PUBLISHED, body.effective_on
        await _save_day(text, published_at=now)
        after = {"policy": text.policy, "version": text.version, "effective_on": body.effective_on.isoformat()}
        await audit.record("policy.published", by=by, target=("policy", text.id), after=after, reason=body.reason)
        shown_changed("policy", "policy-versions", "bootstrap")

    try:
        await unit_of_work(write)
    except IntegrityError:
        raise PolicyDayTaken from None
    await policy_versions.refresh()
    return await one(policy_id)


async def withdraw(policy_id: int, body: PolicyWithdraw, *, by: Actor) -> PolicyAdmin:
    """Turn a published version back into a draft before its effective day, from which on members can agree to it.

    Locks its row. Withdrawing a draft changes nothing. Raises PolicyNotFound, PolicyInForce.
    """

    async def write() -> None:
        text = await _lock(policy_id)
        if text.status == PolicyStatus.DRAFT or text.effective_on is None:
            return
        if text.effective_on <= today():
            raise PolicyInForce
        before = {"policy": text.policy, "version": text.version, "effective_on": text.effective_on.isoformat()}
        text.status, text.effective_on = PolicyStatus.DRAFT, None
        await _save_day(text, published_at=None)
        await audit.record("policy.withdrawn", by=by, target=("policy", text.id), before=before, reason=body.reason)
        shown_changed("policy", "policy-versions", "bootstrap")

    await unit_of_work(write)
    await policy_versions.refresh()
    return await one(policy_id)


async def remove(policy_id: int, *, revision: int, by: Actor) -> None:
    """Delete a draft. Locks its row. Raises PolicyNotFound, StaleEdit, PolicyPublished."""

    async def write() -> None:
        text = await _lock_draft(policy_id, revision)
        await text.delete()
        await audit.record("policy.removed", by=by, target=("policy", text.id), before=_values(text))

    await unit_of_work(write)


async def _lock(policy_id: int) -> PolicyText:
    text = await PolicyText.select_for_update().get_or_none(id=policy_id)
    if text is None:
        raise PolicyNotFound
    return text


async def _lock_draft(policy_id: int, revision: int) -> PolicyText:
    text = await _lock(policy_id)
    refuse_stale(text.revision, revision)
    if text.status == PolicyStatus.PUBLISHED:
        raise PolicyPublished
    return text


async def _save_day(text: PolicyText, *, published_at: datetime | None) -> None:
    text.published_at, text.updated_at, text.revision = published_at, clock.now(), text.revision + 1
    await text.save(update_fields=["status", "effective_on", "published_at", "updated_at", "revision"])


def _values(text: PolicyText) -> dict[str, Any]:
    """Return the fields for the audit log. Of the long text only its length is kept."""
    values = {name: getattr(text, name) for name in WRITTEN}
    return {**values, "body": f"{len(text.body)} characters"}


async def _days_in_force() -> dict[str, int]:
    """Return the id of the version in force, by policy."""
    published = PolicyText.filter(status=PolicyStatus.PUBLISHED, effective_on__lte=today())
    return dict(await published.order_by("effective_on", "id").values_list("policy", "id"))


def _read(text: PolicyText, current: dict[str, int]) -> PolicyAdmin:
    columns = ("id", *WRITTEN, "status", "effective_on", "published_at", "revision", "created_at", "updated_at")
    return PolicyAdmin(
        **{name: getattr(text, name) for name in columns},
        name=POLICY_NAMES[text.policy],
        in_force=current.get(text.policy) == text.id,
    )
