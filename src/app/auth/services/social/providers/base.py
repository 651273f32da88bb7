"""A social provider in our words. Only its adapter knows how each one speaks (docs/architecture.md#r17)."""

from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, get_args

ProviderName = Literal["kakao", "naver", "google"]
PROVIDERS: Final[tuple[ProviderName, ...]] = get_args(ProviderName)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One authorize request. `verifier` is PKCE's (RFC 7636); who has no PKCE or no nonce leaves it unused.

    `anew`: ask for consent although it was given before, where only that brings a refresh token.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str
    anew: bool = False


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What a code was exchanged for. `refresh_token` None: not given, or not needed for unlinking."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    id_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Who signed in. `subject` is the provider's id, as text; `name` may be empty.

    `vouched`: the provider says that the person owns `email`. Otherwise anybody may have written it there.
    """

    subject: str
    name: str = field(default="", repr=False)
    email: str | None = field(default=None, repr=False)
    vouched: bool = False


class SocialProvider(Protocol):
    """What the shop asks of a provider. Every coroutine raises Declined, Unreachable or Nonsense."""

    name: ProviderName

    def authorize_url(self, ask: Ask) -> str:
        """Where the browser goes to consent."""
        ...

    async def exchange(self, code: str, ask: Ask) -> Granted:
        """Swap the code for tokens. Sent once: a code counts once, so it is never repeated."""
        ...

    async def profile(self, granted: Granted, ask: Ask) -> Profile:
        """Who consented."""
        ...

    async def unlink(self, subject: str, *, refresh_token: str | None) -> None:
        """End the link at the provider. One that has ended already is no failure."""
        ...

    async def close(self) -> None:
        """Close the pool."""
        ...
