"""The two signed tokens of a session: access (10 minutes, in the header) and refresh (in the cookie).

Both are JWT, HS256. `typ` tells them apart, so neither is taken for the other; `aud` says whose they are, a member's or
a staff member's. Tokens issued before `aud` existed have none and stay valid until they expire.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

import jwt

from src.common import clock
from src.common.exceptions.general import InvalidToken
from src.core.configs import settings

AccountKind = Literal["member", "staff"]
TokenType = Literal["access", "refresh"]

ALGORITHM: Final = "HS256"
ISSUER: Final = "micgolf-shop"
AUDIENCES: Final[dict[AccountKind, str]] = {"member": "micgolf-shop/members", "staff": "micgolf-shop/staff"}
MAX_LENGTH: Final = 2048
CLAIMS: Final = ("exp", "iat", "sub", "sid", "typ", "iss")
SESSION_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
ACCOUNT_ID: Final = re.compile(r"[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Claims:
    """Content of a valid token: the session and its owner; for a refresh token its own name and its successor's; expiry
    (Unix seconds)."""

    kind: AccountKind
    account_id: int
    session_id: str
    token_hash: str = ""
    expires_at: int = 0
    successor: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that a session gives its owner. `is_remembered`: the cookie outlives the browser."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    access_seconds: int
    refresh_seconds: int
    is_remembered: bool


def new_token_id() -> str:
    """Return a random name for one refresh token."""
    return secrets.token_urlsafe(16)


def hash_of(token_id: str) -> str:
    """Return the hash by which the session record recognises a refresh token; the token cannot be made from it."""
    return hashlib.sha256(token_id.encode()).hexdigest()


def issue(claims: Claims, *, token_id: str, made_at: int, refresh_seconds: int, is_remembered: bool) -> Tokens:
    """Sign an access token, valid from now, and the refresh token `token_id`, both for the session of `claims`.

    The refresh token is valid for `refresh_seconds` from `made_at`. Signing it again gives the same text.
    """
    return Tokens(
        access=new_access(claims),
        refresh=_sign("refresh", claims, made_at=made_at, seconds=refresh_seconds, jti=token_id),
        access_seconds=settings().security.access_token_seconds,
        refresh_seconds=max(1, made_at + refresh_seconds - _now()),
        is_remembered=is_remembered,
    )


def new_access(claims: Claims) -> str:
    """Return an access token for the session of `claims`."""
    return _sign("access", claims, made_at=_now(), seconds=settings().security.access_token_seconds)


def read(token: str, *, typ: TokenType) -> Claims:
    """Return the claims of a token of this type that the shop signed and that has not expired. Raises InvalidToken
    otherwise."""
    security = settings().security
    claims = _verified(token, typ, (security.jwt_secret, *security.old_jwt_secrets))
    if claims.expires_at <= clock.now().timestamp():
        raise refused()
    return claims


@lru_cache(maxsize=2048)
def _verified(token: str, typ: TokenType, ours: tuple[str, ...]) -> Claims:
    """Return the token's content if one of these secrets signed it and its form is right. The result is cached, because
    a page of a signed-in member sends one token many times: only expiry can change it. Refusals are not cached."""
    if len(token) > MAX_LENGTH or not token.isascii():
        raise refused()
    try:
        secret = _key_of(token, ours)
        payload = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            # Nothing depends on `iat`, and the clocks of two instances may differ by a second. `aud` is checked
            # below.
            options={"require": list(CLAIMS), "verify_iat": False, "verify_aud": False},
        )
    except jwt.PyJWTError as error:
        raise refused() from error
    kind, account_id, session_id = payload.get("kind"), payload["sub"], payload["sid"]
    token_id = payload.get("jti", "")
    if (
        payload["typ"] != typ
        or kind not in ("member", "staff")
        or payload.get("aud", AUDIENCES[kind]) != AUDIENCES[kind]
        or not all(isinstance(text, str) for text in (account_id, session_id, token_id))
        or not ACCOUNT_ID.fullmatch(account_id)
        or not SESSION_ID.fullmatch(session_id)
        or (typ == "refresh" and not token_id)
    ):
        raise refused()
    expires_at = int(payload["exp"])
    if not token_id:
        return Claims(kind, int(account_id), session_id, expires_at=expires_at)
    successor = _successor(session_id, token_id, secret)
    return Claims(kind, int(account_id), session_id, hash_of(token_id), expires_at, successor)


def refused() -> InvalidToken:
    """Return the one error for every invalid token, whatever the reason."""
    return InvalidToken(headers={"WWW-Authenticate": "Bearer"})


def _sign(typ: TokenType, claims: Claims, *, made_at: int, seconds: int, **more: str) -> str:
    payload = {
        "iss": ISSUER,
        "aud": AUDIENCES[claims.kind],
        "typ": typ,
        "sub": str(claims.account_id),
        "kind": claims.kind,
        "sid": claims.session_id,
        "iat": made_at,
        "exp": made_at + seconds,
        **more,
    }
    secret = settings().security.jwt_secret
    return jwt.encode(payload, secret, algorithm=ALGORITHM, headers={"kid": key_id(secret)})


def _successor(session_id: str, token_id: str, secret: str) -> str:
    """Return the name of this refresh token's successor. It is derived, so that a repeat at any worker gets the same
    one, and with the key that signed the token, so that it survives a change of keys."""
    named = f"micgolf refresh successor|{session_id}|{token_id}"
    return hmac.new(secret.encode(), named.encode(), hashlib.sha256).hexdigest()[:32]


def _now() -> int:
    return int(clock.now().timestamp())


def key_id(secret: str) -> str:
    """Return the public name of a signing key: tokens carry it, so that keys can be changed during sessions."""
    return hashlib.sha256(b"micgolf jwt kid|" + secret.encode()).hexdigest()[:12]


def _key_of(token: str, ours: tuple[str, ...]) -> str:
    """Return the secret that the token names, the current one or one of ``OLD_JWT_SECRETS``. Raises PyJWTError for an
    unknown name."""
    named = jwt.get_unverified_header(token).get("kid")
    for secret in ours:
        if named == key_id(secret):
            return secret
    raise jwt.InvalidKeyError("not one of our keys")
