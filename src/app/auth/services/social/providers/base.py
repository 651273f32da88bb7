"""The port of social providers. Only an adapter knows a provider's wire format (docs/architecture.md#r17)."""

from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, get_args

ProviderName = Literal["kakao", "naver", "google"]
PROVIDERS: Final[tuple[ProviderName, ...]] = get_args(ProviderName)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One authorize request. `verifier` is PKCE's (RFC 7636); a provider without PKCE or nonce ignores it.

    `anew`: ask for consent again, for providers that give a refresh token only then.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str
    anew: bool = False


@dataclass(frozen=True, kw_only=True)
class Granted:
    """Result of exchanging a code. `refresh_token` None: not given, or not needed for unlinking."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    id_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The person who signed in. `subject` is the provider's id, as text; `name` may be empty.

    `vouched`: the provider says that the person owns `email`. Otherwise the address is unproved.
    """

    subject: str
    name: str = field(default="", repr=False)
    email: str | None = field(default=None, repr=False)
    vouched: bool = False


class SocialProvider(Protocol):
    """The operations of a provider. Every coroutine raises Declined, Unreachable or Nonsense."""

    name: ProviderName

    def authorize_url(self, ask: Ask) -> str:
        """Return the address where the browser goes for consent."""
        ...

    async def exchange(self, code: str, ask: Ask) -> Granted:
        """Exchange the code for tokens. Never repeated: a code is valid once."""
        ...

    async def profile(self, granted: Granted, ask: Ask) -> Profile:
        """Return the profile of the person who consented."""
        ...

    async def unlink(self, subject: str, *, refresh_token: str | None) -> None:
        """End the link at the provider. One that has ended already is no failure."""
        ...

    async def close(self) -> None:
        """Close the pool."""
        ...
