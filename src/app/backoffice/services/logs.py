"""Search the audit log and the personal-data access log. No code changes their rows."""

from collections.abc import Sequence
from typing import Any, TypeVar

from tortoise.queryset import QuerySet

from src.app.backoffice.dtos.admin.logs import AccessQuery, AccessRead, AuditQuery, AuditRead
from src.app.staff.services import queries as staff
from src.common.dtos.pages import Page, window
from src.common.models.audit_log import AuditLog
from src.common.models.personal_data_access import PersonalDataAccess

R = TypeVar("R", AuditLog, PersonalDataAccess)


async def audit_rows(asked: AuditQuery) -> Page[AuditRead]:
    """Return changes and refused attempts, the newest first."""
    found = _filtered(AuditLog.all(), asked)
    if asked.action is not None:
        found = found.filter(action=asked.action)
    rows, following = await window(found, asked)
    names = await _names(rows)
    items = [AuditRead(**_common(row, names), action=row.action, before=row.before, after=row.after) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


async def accesses(asked: AccessQuery) -> Page[AccessRead]:
    """Return reads of personal data, the newest first."""
    found = _filtered(PersonalDataAccess.all(), asked)
    rows, following = await window(found, asked)
    names = await _names(rows)
    items = [AccessRead(**_common(row, names), purpose=row.purpose, items=row.items.split(",")) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


def _filtered(found: QuerySet[R], asked: AccessQuery) -> QuerySet[R]:
    if asked.actor is not None:
        found = found.filter(actor=asked.actor)
    if asked.target_type is not None:
        found = found.filter(target_type=asked.target_type)
    if asked.target_id is not None:
        found = found.filter(target_id=asked.target_id)
    if asked.starts_at is not None:
        found = found.filter(created_at__gte=asked.starts_at)
    if asked.ends_at is not None:
        found = found.filter(created_at__lt=asked.ends_at)
    return found


async def _names(rows: Sequence[AuditLog | PersonalDataAccess]) -> dict[str, str]:
    """Return the names of the staff among the actors, by actor."""
    ids = {int(row.actor.removeprefix("staff:")) for row in rows if row.actor.startswith("staff:")}
    return {f"staff:{staff_id}": name for staff_id, name in (await staff.names_of(ids)).items()}


def _common(row: AuditLog | PersonalDataAccess, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "actor": row.actor,
        "actor_name": names.get(row.actor),
        "target_type": row.target_type,
        "target_id": row.target_id,
        "reason": row.reason,
        "address": row.address,
        "user_agent": row.user_agent,
        "request_id": row.request_id,
        "created_at": row.created_at,
    }
