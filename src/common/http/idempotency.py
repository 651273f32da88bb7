"""One effect for one Idempotency-Key (docs/promises.md#p2).

`once` claims the key by inserting a row, then runs the effect; the effect calls `finish`, which marks the row DONE in
the effect's transaction. If the process dies in between, its lease on the row ends after 60 seconds and the next
request with the key takes the row over.
"""

import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Depends, Header, Request
from pydantic import BaseModel
from tortoise.exceptions import IntegrityError

from src.common import clock
from src.common.exceptions.general import IdempotencyInProgress, IdempotencyKeyRequired, IdempotencyKeyReused
from src.common.logs.setup import where
from src.common.models.idempotency_key import IdempotencyKey, KeyState
from src.common.work import late_writes
from src.core.database import proven_by, single_statement, unit_of_work
from src.core.database.statements import change, fetch, insert, new_row

T = TypeVar("T")

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FINISH = "UPDATE idempotency_key SET state = %s, effect = %s WHERE id = %s AND lease_token = %s AND state = %s"
GUEST_SCOPE = "SELECT id, scope FROM idempotency_key WHERE guest_intent = %s"
KNOWN = """
SELECT id FROM idempotency_key WHERE scope = %s AND endpoint = %s AND request_key = %s
UNION ALL SELECT id FROM idempotency_key WHERE guest_intent = %s
"""
KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """The Idempotency-Key of a request and its endpoint, as in ``POST /api/v1/orders``."""

    key: str
    endpoint: str


KeyHeader = Annotated[str | None, Header(alias="Idempotency-Key", description="16 to 255 printable ASCII characters.")]


async def keyed_request(request: Request, idempotency_key: KeyHeader = None) -> KeyedRequest:
    """Return the key of a request. Raises IdempotencyKeyRequired if it is missing or malformed."""
    key = (idempotency_key or "").strip()
    if not 16 <= len(key) <= 255 or not (key.isascii() and key.isprintable()):
        raise IdempotencyKeyRequired
    return KeyedRequest(key=key, endpoint=f"{request.method} {request.scope['path']}"[:120])


RequestKey = Annotated[KeyedRequest, Depends(keyed_request)]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run the effect of one key while its lease is valid."""

    row_id: int
    token: str


@dataclass(frozen=True, slots=True)
class Done:
    """The effect of the key ran before; `effect` is its stored name."""

    effect: str


@dataclass(frozen=True, slots=True)
class Kin:
    """Other scopes in which this caller may have sent the request before.

    `is_guest` True: the scope of any guest, because a guest who lost the cart gets another scope. Otherwise
    `was_mine(scope)` returns True if that guest scope belongs to a guest who has since become this caller.
    """

    is_guest: bool
    was_mine: Callable[[str], Awaitable[bool]]


def body_hash(body: BaseModel, **beside: Any) -> str:
    """Return the SHA-256 of the canonical JSON of body and `beside`: sorted keys, no blanks, defaults filled in."""
    canonical = orjson.dumps({"body": body.model_dump(mode="json"), **beside}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(canonical).hexdigest()


async def once(
    request: KeyedRequest,
    *,
    scope: str,
    digest: str,
    effect: Callable[[Claim], Awaitable[T]],
    again: Callable[[str], Awaitable[T]],
    kin: Kin | None = None,
) -> tuple[T, bool]:
    """Run `effect` for the first request with this key, `again` (with the stored effect's name) for repeats.

    A repeat has the same key on the same endpoint in this scope, or, with the same body, in a scope of `kin`. Of
    concurrent requests exactly one is the first, even in different guest scopes: unique indexes decide. Returns the
    result and True if it is a repeat. `effect` must call `finish` inside its transaction. An error of `effect` removes
    the row, so the client may try the key again. Raises IdempotencyKeyReused for another body and
    IdempotencyInProgress while the first request runs.
    """
    claim = await _claim(request, scope=scope, digest=digest, kin=kin)
    if isinstance(claim, Done):
        return await again(claim.effect), True
    try:
        return await effect(claim), False
    except Exception:
        await _give_up(claim)
        raise


async def is_known(request: KeyedRequest, *, scope: str, digest: str) -> bool:
    """Return True if `once` might find a row of this request: its key in this scope, or its intent in a guest's. One
    indexed read without a lock."""
    values = (scope, request.endpoint, request.key, _intent(request, digest))
    return bool(await fetch(KNOWN, values))


async def finish(claim: Claim, *, effect: str) -> None:
    """Store the effect's name in the open transaction. Raises IdempotencyInProgress, which rolls the effect back, if
    the lease ended and another request took the key over."""
    values = (KeyState.DONE.value, effect, claim.row_id, claim.token, KeyState.RUNNING.value)
    if not await change(FINISH, values, is_fixed=True):
        raise IdempotencyInProgress
    proven_by(partial(_is_finished, claim))


async def _is_finished(claim: Claim) -> bool:
    """Return True if the row is marked done. Waits until no transaction locks it."""
    row = await IdempotencyKey.filter(id=claim.row_id, lease_token=claim.token).select_for_update().first()
    return row is not None and row.state == KeyState.DONE


async def _give_up(claim: Claim) -> None:
    """Free the key of a failed effect. If the database is unavailable, the key is freed when it is back, or taken over
    after its lease. An error of this is only logged: the caller sees the error of the effect."""
    mine = IdempotencyKey.filter(id=claim.row_id, lease_token=claim.token, state=KeyState.RUNNING)
    try:
        await late_writes.write_or_keep(mine.delete)
    except Exception as error:  # noqa: BLE001 - see above
        logger.warning("a key is freed later: %s", where(error))


async def _claim(request: KeyedRequest, *, scope: str, digest: str, kin: Kin | None) -> Claim | Done:
    now = clock.now()
    token = secrets.token_hex(13)
    intent = _intent(request, digest)
    which: dict[str, Any] = {"scope": scope, "endpoint": request.endpoint, "request_key": request.key}
    earlier = None if kin is None or kin.is_guest else await _as_guest(intent, kin, since=now - KEPT)
    if earlier is not None and (joined := await _join(earlier, digest=digest, token=token)) is not None:
        return joined
    shared = intent if kin is not None and kin.is_guest else None
    values = {"body_hash": digest, "guest_intent": shared, "lease_token": token, "lease_until": now + LEASE}
    for _ in range(3):
        row = new_row(IdempotencyKey, **which, **values, created_at=now)
        try:
            await single_statement(partial(insert, row), is_harmless=True)
        except IntegrityError:
            # The same intent under any guest's scope is checked before the same key with another body in this scope.
            found = await IdempotencyKey.get_or_none(guest_intent=shared) if shared else None
            found = found or await IdempotencyKey.get_or_none(**which)
            if found is not None and found.lease_token == token:  # ours: only the answer to its INSERT was lost
                return Claim(row_id=found.id, token=token)
            if found is None:  # the first request failed and removed it between our two statements
                continue
            if found.created_at < now - KEPT:
                await IdempotencyKey.filter(id=found.id, lease_token=found.lease_token).delete()
                continue
            if (joined := await _join(found, digest=digest, token=token)) is None:
                continue
            return joined
        return Claim(row_id=row.id, token=token)
    raise IdempotencyInProgress


def _intent(request: KeyedRequest, digest: str) -> str:
    return hashlib.sha256(f"{request.endpoint}|{digest}|{request.key}".encode()).hexdigest()


async def _as_guest(intent: str, kin: Kin, *, since: datetime) -> IdempotencyKey | None:
    """Return the row of the same request from when this caller was a guest. One indexed read if there is none."""
    for row in await fetch(GUEST_SCOPE, (intent,), is_fixed=True):
        if await kin.was_mine(row["scope"]):
            return await IdempotencyKey.filter(id=row["id"], created_at__gte=since).first()
    return None


async def _join(row: IdempotencyKey, *, digest: str, token: str) -> Claim | Done | None:
    """Return the outcome for a later request with a known key: `Done`, or a `Claim` on the row of a dead request.

    Returns None if the row has just been deleted, so that the key is free. Raises IdempotencyKeyReused and
    IdempotencyInProgress as `once` does.
    """
    now = clock.now()
    if row.body_hash != digest:
        raise IdempotencyKeyReused
    if row.state == KeyState.DONE:
        return Done(row.effect)
    if row.lease_until > now:
        raise IdempotencyInProgress
    dead = IdempotencyKey.filter(id=row.id, lease_token=row.lease_token, state=KeyState.RUNNING)
    if not await dead.update(lease_token=token, lease_until=now + LEASE):
        if not await IdempotencyKey.filter(id=row.id).exists():
            return None
        raise IdempotencyInProgress
    return Claim(row_id=row.id, token=token)


async def forget_old() -> int:
    """Delete keys older than 48 hours and return their number. The job ``forget-idempotency-keys``."""

    async def delete() -> int:
        return await IdempotencyKey.filter(created_at__lt=clock.now() - KEPT).delete()

    return await unit_of_work(delete)
