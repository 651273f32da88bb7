"""Write the audit log and the personal-data access log. Rows are never changed; the back-office reads them.

A row is written in the transaction of its change, so neither exists without the other. It holds actor, action, target,
values before and after, reason, address, user agent and request id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Request

from src.common import clock
from src.common.exceptions.general import NotAllowed
from src.common.identity import Identity, client_address
from src.common.logs.context import request_id
from src.common.models.audit_log import AuditLog
from src.common.models.personal_data_access import PersonalDataAccess
from src.core.database import in_unit_of_work, unit_of_work
from src.core.database.statements import insert_all, new_row

DENIED: Final = "access.denied"
MAX_AGENT: Final = 200

Target = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person with address and user agent. `identity` is None for the shop itself and for commands, which
    have all permissions."""

    key: str
    address: str = ""
    agent: str = ""
    identity: Identity | None = None

    @property
    def staff_id(self) -> int | None:
        """The staff member's id, None for the shop itself and for commands."""
        return self.identity.id if self.identity else None

    def lacks(self, permissions: frozenset[str]) -> frozenset[str]:
        """Return those of `permissions` that the actor lacks."""
        return permissions - self.identity.permissions if self.identity else frozenset()


SYSTEM: Final = Actor("system")
COMMAND: Final = Actor("cli")


async def acting(request: Request) -> Actor:
    """Return the caller of a route as the actor of its changes. The route's signature must have a policy."""
    return await _actor(request.state.identity, request)


Acting = Annotated[Actor, Depends(acting)]


async def record(
    action: str,
    *,
    by: Actor,
    target: Target,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write one row in the open transaction. Raises RuntimeError outside one: the change could be committed without it.

    `before` and `after` hold the changed values as JSON. Callers write no row if nothing changed.
    """
    if not in_unit_of_work():
        raise RuntimeError("an audit row belongs to the transaction of the change")
    target_type, target_id = target
    await AuditLog.create(
        actor=by.key,
        action=action,
        target_type=target_type,
        target_id=str(target_id)[:120],
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        **_place(by),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Arguments of `record` for one of many rows."""

    action: str
    target: Target
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


async def record_all(entries: Sequence[Entry], *, by: Actor, reason: str = "") -> None:
    """Write rows as `record` does, all in one statement."""
    if not in_unit_of_work():
        raise RuntimeError("an audit row belongs to the transaction of the change")
    place = _place(by)
    rows = [
        new_row(
            AuditLog,
            actor=by.key,
            action=entry.action,
            target_type=entry.target[0],
            target_id=str(entry.target[1])[:120],
            before=dict(entry.before),
            after=dict(entry.after),
            reason=reason,
            **place,
        )
        for entry in entries
    ]
    if rows:
        await insert_all(rows)


async def accessed(purpose: str, *, by: Actor, target_type: str, ids: Sequence[int], items: str, reason: str) -> None:
    """Record in the open transaction that `by` sees the data of these people, one row for each.

    `items` names the shown data, separated by commas. Raises RuntimeError outside a transaction: the data must not be
    sent before the rows are committed.
    """
    if not in_unit_of_work():
        raise RuntimeError("an access row is committed before the data is shown")
    place = _place(by)
    await PersonalDataAccess.bulk_create(
        [
            PersonalDataAccess(
                actor=by.key,
                purpose=purpose,
                target_type=target_type,
                target_id=str(target_id),
                items=items,
                reason=reason,
                **place,
            )
            for target_id in ids
        ]
    )


async def denied(identity: Identity, request: Request) -> None:
    """Record that a staff member called a route without having its permission. Set as `app.state.on_denied`.

    The row holds the route's pattern, not the requested path, which may contain personal data.
    """
    by = await _actor(identity, request)
    await note_refusal(by, target=("route", f"{request.method} {_pattern(request)}"))


async def note_refusal(by: Actor, *, target: Target, reason: str = "") -> None:
    """Record in a new transaction that `by` was refused. Call it outside any other transaction."""

    async def write() -> None:
        await record(DENIED, by=by, target=target, reason=reason)

    await unit_of_work(write)


async def need(by: Actor, permission: str, *, target: Target) -> None:
    """Raise NotAllowed, and record it, if the actor lacks the permission. For cases that a route's policy cannot
    express; call it outside any transaction."""
    if by.lacks(frozenset({permission})):
        await note_refusal(by, target=target, reason=permission)
        raise NotAllowed


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return `before` and `after` reduced to the names of `after` whose values differ."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


async def _actor(identity: Identity, request: Request) -> Actor:
    agent = "".join(letter for letter in request.headers.get("user-agent", "") if letter.isprintable())
    return Actor(identity.key, await client_address(request), agent[:MAX_AGENT], identity)


def _pattern(request: Request) -> str:
    """Return the path with parameter names in place of their values."""
    names = {str(value): f"{{{name}}}" for name, value in request.path_params.items()}
    return "/".join(names.get(part, part) for part in request.scope["path"].split("/"))


def _place(by: Actor) -> dict[str, Any]:
    return {
        "address": by.address[:45],
        "user_agent": by.agent,
        "request_id": request_id.get(),
        "created_at": clock.now(),
    }
