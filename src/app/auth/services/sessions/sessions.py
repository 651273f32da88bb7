"""Sessions in Redis. Losing Redis ends them; restoring it revives none, because a refresh checks the row."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import scripts, tokens
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.devices import UNKNOWN_CLIENT, ClientDevice
from src.app.auth.services.sessions.lifetimes import limits_of
from src.app.auth.services.sessions.tokens import AccountKind, Claims, Tokens
from src.common import clock
from src.common.exceptions.general import SessionStoreUnavailable
from src.common.http import me_cache
from src.common.identity import Identity, Limit
from src.core.configs import settings
from src.core.redis import RedisError, redis
from src.core.redis.scripts import run_script

logger = logging.getLogger(__name__)

UNDER_WAY_SECONDS = 600  # longer than any sign-in takes
UNUSED_SECONDS = 600  # for this time a replaced token is accepted again if its successor was not used
SEEN_EVERY_SECONDS = 60  # precision of "last seen"
LIMITS: Final[dict[Limit, str]] = {"": "0", "second_factor": "1", "password": "2"}  # values in Redis
_LIMIT_OF: Final[dict[str, Limit]] = {stored: limit for limit, stored in LIMITS.items()}


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of an account's sessions, as its owner sees it."""

    id: str
    created_at: datetime
    seen_at: datetime
    device: str
    address: str
    is_remembered: bool


@contextmanager
def session_store() -> Iterator[None]:
    """Raise errors of Redis as SessionStoreUnavailable. Wraps every call to Redis about sessions."""
    try:
        yield
    except (RedisError, OSError) as error:
        raise SessionStoreUnavailable(headers={"Retry-After": "2"}) from error


async def open_session(
    account: Account, *, client: ClientDevice = UNKNOWN_CLIENT, is_remembered: bool = False, limit: Limit = ""
) -> Tokens:
    """Open a session and issue its first tokens. A limited session may only use routes with `Policy.for_limited`.

    Raises SessionRevoked if all sessions of the account were ended after `account` was read.
    """
    claims = Claims(account.kind, account.id, secrets.token_urlsafe(16))
    token_id = tokens.new_token_id()
    limits = limits_of(account.kind, is_remembered=is_remembered)
    now = _now()
    record = {
        "kind": account.kind,
        "id": account.id,
        "epoch": account.epoch,
        "refresh": tokens.hash_of(token_id),
        "created": now,
        "seen": now,
        "idle": limits.idle,
        "ends": now + limits.absolute,
        "remember": int(is_remembered),
        "limited": LIMITS[limit],
        "device": client.device,
        "address": client.address,
        "role": account.role,
        "permissions": _joined(account.permissions),
    }
    fields = [part for pair in record.items() for part in pair]
    seconds = min(limits.idle, limits.absolute)
    head = (claims.session_id, now, seconds, now + limits.absolute, account.epoch)
    keys = (_session(claims.session_id), _index(account.kind, account.id), _epoch(account.kind, account.id))
    with session_store():
        if not await run_script(scripts.OPEN, keys, (*head, *fields)):
            raise SessionRevoked
    return tokens.issue(claims, token_id=token_id, made_at=now, refresh_seconds=seconds, is_remembered=is_remembered)


async def rotate(claims: Claims, *, account: Account) -> Tokens:
    """Replace the session's refresh token by its successor, if `claims` are of the epoch of `account` and of the
    session's current token or the one just replaced. The one just replaced gets the same successor again for
    ``REFRESH_REPEAT_SECONDS``, and for ten minutes while the successor is unused. So two tabs or a lost answer do no
    harm, and a session never has two tokens that continue it. Otherwise the session ends: SessionRevoked.
    """
    token_id = claims.successor
    keys = (_session(claims.session_id), _index(claims.kind, claims.account_id))
    values = (
        claims.session_id,
        _now(),
        account.epoch,
        claims.token_hash,
        tokens.hash_of(token_id),
        claims.kind,
        claims.account_id,
        account.role,
        _joined(account.permissions),
        max(settings().identity.refresh_repeat_seconds, UNUSED_SECONDS),
    )
    with session_store():
        outcome = await run_script(scripts.ROTATE, keys, values)
    if not outcome:
        raise SessionRevoked
    rotated, lives, remember = map(int, outcome)
    return tokens.issue(claims, token_id=token_id, made_at=rotated, refresh_seconds=lives, is_remembered=bool(remember))


async def identity_of(claims: Claims) -> Identity | None:
    """Return the session's identity, None if it has ended. One round trip, which also updates "last seen"."""
    with session_store():
        keys = (_session(claims.session_id), me_cache.key_of(claims.kind, claims.account_id))
        held = await run_script(scripts.TOUCH, keys, (_now(), SEEN_EVERY_SECONDS))
    if not held or held[0] != claims.kind or held[1] != str(claims.account_id):
        return None
    _, _, role, permissions, limited, answer, no = held
    return Identity(
        kind=claims.kind,
        id=claims.account_id,
        role=role,
        permissions=frozenset(permissions.split()),
        session_id=claims.session_id,
        limit=_LIMIT_OF.get(limited, ""),
        remembered=answer,
        remembered_no=no,
    )


async def epoch_of(by: Identity) -> int | None:
    """Return the epoch of the caller's session, None if it has ended. Changes that a session being ended must not make
    compare it with the locked row. Raises SessionStoreUnavailable."""
    with session_store():
        held = await redis().hget(_session(by.session_id), "epoch")
    return None if held is None else int(held)


async def list_open(kind: AccountKind, account_id: int) -> list[OpenSession]:
    """Return the account's active sessions, the last seen first. One round trip."""
    with session_store():
        rows = await run_script(scripts.LIST, [_index(kind, account_id)], ())
    found = [
        OpenSession(
            id=sid,
            created_at=datetime.fromtimestamp(int(created), UTC),
            seen_at=datetime.fromtimestamp(int(seen), UTC),
            device=device,
            address=address,
            is_remembered=remember == "1",
        )
        for sid, created, seen, device, address, remember in rows
    ]
    return sorted(found, key=lambda session: (session.seen_at, session.created_at, session.id), reverse=True)


async def close(kind: AccountKind, account_id: int, session_id: str) -> bool:
    """End one session of this account; return True if there was one. Its access token stops working too."""
    keys = (_session(session_id), _index(kind, account_id))
    with session_store():
        return bool(await run_script(scripts.CLOSE, keys, (session_id,)))


async def close_all(
    kind: AccountKind, account_id: int, *, epoch: int | None = None, keep: str = "", limit: Limit | None = None
) -> None:
    """End every session of the account except `keep`, including sessions of sign-ins in progress.

    `epoch` is the row's new one. The kept session continues in it and gets the limit `limit` in the same step; None
    keeps its limit.
    """
    keys = (_index(kind, account_id), _epoch(kind, account_id))
    values = ("" if epoch is None else epoch, UNDER_WAY_SECONDS, keep, "" if limit is None else LIMITS[limit])
    with session_store():
        await run_script(scripts.CLOSE_ALL, keys, values)


def _now() -> int:
    return int(clock.now().timestamp())


def _session(session_id: str) -> str:
    return f"session:{session_id}"


def _index(kind: AccountKind, account_id: int) -> str:
    return f"sessions:{kind}:{account_id}"


def _epoch(kind: AccountKind, account_id: int) -> str:
    return f"session-epoch:{kind}:{account_id}"


def _joined(permissions: frozenset[str]) -> str:
    return " ".join(sorted(permissions))


async def end_sessions(user_id: int, *, epoch: int, keep: str = "") -> None:
    """End the member's sessions except `keep`, which continues in the new epoch. Call after the commit.

    Without Redis this is logged and no failure: the password is changed, no session works until Redis is back, and
    one that comes back with it is not refreshed, because the row's epoch is another.
    """
    try:
        await close_all("member", user_id, epoch=epoch, keep=keep)
    except SessionStoreUnavailable:
        logger.warning("the sessions of a member with a new password could not be ended in Redis")
