"""The `state` of OAuth: 256 random bits, short-lived, used once, bound to one browser (RFC 6749, 10.12).

Redis holds it under its hash, so that a reader of Redis cannot finish a sign-in. The browser's cookie holds the secrets
of its last attempts, so that two tabs do not overwrite each other's.
"""

import hashlib
import hmac
import re
import secrets
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from src.app.auth.errors import OAuthStateInvalid
from src.app.auth.services.sessions.sessions import session_store
from src.app.auth.services.social.providers.base import Ask, ProviderName
from src.core.configs import settings
from src.core.redis import redis

Purpose = Literal["sign_in", "link"]

SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
SIDE_BY_SIDE: Final = 8
"""Open attempts of one browser at most."""


class Attempt(BaseModel):
    """The attempt that an authorize request began. `member_id` is set for linking only."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    provider: ProviderName
    purpose: Purpose
    member_id: int | None
    return_to: str | None
    redirect_uri: str
    nonce: str = Field(repr=False)
    verifier: str = Field(repr=False)
    browser: str = Field(repr=False)

    def ask(self, state: str) -> Ask:
        """Return the authorize request for the provider."""
        return Ask(
            state=state,
            nonce=self.nonce,
            verifier=self.verifier,
            redirect_uri=self.redirect_uri,
            anew=self.purpose == "link",
        )


class Begun(BaseModel):
    """A new state, and the secret that its browser must return in a cookie."""

    model_config = ConfigDict(frozen=True)

    state: str = Field(repr=False)
    browser: str = Field(repr=False)
    attempt: Attempt


async def begin(
    provider: ProviderName, *, purpose: Purpose, member_id: int | None, return_to: str | None, redirect_uri: str
) -> Begun:
    """Create a state that is valid for ``OAUTH_STATE_SECONDS``. Raises SessionStoreUnavailable."""
    state, browser = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    attempt = Attempt(
        provider=provider,
        purpose=purpose,
        member_id=member_id,
        return_to=return_to,
        redirect_uri=redirect_uri,
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),  # 64 characters; RFC 7636 asks for 43 to 128
        browser=_hash(browser),
    )
    with session_store():
        await redis().set(_key(state), attempt.model_dump_json(), ex=settings().social.state_seconds)
    return Begun(state=state, browser=browser, attempt=attempt)


async def use(
    state: str, *, browser: str | None, provider: str, purpose: Purpose, member_id: int | None = None
) -> Attempt:
    """Return the attempt of this state and use the state up, in one atomic step, whatever the outcome. `browser` is the
    cookie.

    Raises the same OAuthStateInvalid for every mismatch, and SessionStoreUnavailable.
    """
    with session_store():
        held = await redis().getdel(_key(state))
    if held is None:
        raise OAuthStateInvalid
    try:
        attempt = Attempt.model_validate_json(held)
    except ValidationError:  # written by another version of the shop
        raise OAuthStateInvalid from None
    wanted = (provider, purpose, member_id)
    is_same_browser = any(hmac.compare_digest(_hash(secret), attempt.browser) for secret in secrets_of(browser))
    if not is_same_browser or (attempt.provider, attempt.purpose, attempt.member_id) != wanted:
        raise OAuthStateInvalid
    return attempt


def secrets_of(cookie: str | None) -> list[str]:
    """Return the secrets in the browser's cookie, oldest first; other text is left out."""
    return [secret for secret in (cookie or "").split(".") if SECRET.fullmatch(secret)][-SIDE_BY_SIDE:]


def with_another(cookie: str | None, secret: str) -> str:
    """Return the cookie with the secret of one more attempt; the oldest is dropped if there are too many."""
    return ".".join([*secrets_of(cookie), secret][-SIDE_BY_SIDE:])


async def again(state: str, attempt: Attempt) -> None:
    """Make a used state valid once more, so that the same browser can continue the attempt with an answer. Raises
    SessionStoreUnavailable."""
    with session_store():
        await redis().set(_key(state), attempt.model_dump_json(), ex=settings().social.state_seconds)


def _key(state: str) -> str:
    return f"oauth-state:{_hash(state)}"


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
