"""The caller as plain data, and the access policy in a route's signature (docs/architecture.md#r2)."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Request

Kind = Literal["guest", "member", "staff"]
Limit = Literal["", "password", "second_factor"]


@dataclass(frozen=True, slots=True)
class Identity:
    """The caller. `id` is the row id of the member or staff member, None for a guest.

    `limit`: a step that staff must do first (change a password that somebody else set, or set up a second factor).
    Until then the session can only call routes whose `Policy.for_limited` names it. Empty for other callers.
    `new_token`: the next access token for the response header ``X-New-Token``, empty while the current one is valid
    for long enough.
    `remembered`: the cached response of ``GET /me``, empty if there is none; `remembered_no`: see
    `common.http.me_cache`.
    """

    kind: Kind
    id: int | None = None
    role: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    session_id: str = ""
    limit: Limit = ""
    new_token: str = field(default="", repr=False)
    remembered: str = field(default="", repr=False)
    remembered_no: str = ""

    @property
    def key(self) -> str:
        """The caller's name in timelines and idempotency scopes: ``member:7``, ``staff:1`` or ``guest``."""
        return f"{self.kind}:{self.id}" if self.id is not None else self.kind

    @property
    def member_id(self) -> int | None:
        """The member's id, None for other callers."""
        return self.id if self.kind == "member" else None


GUEST = Identity("guest")


class Gate(Protocol):
    """Authentication: converts a Bearer token to an identity. The auth domain implements it, main registers it."""

    async def member(self, authorization: str) -> Identity:
        """Return the member of this header value. Raises InvalidToken, NotAllowed (for staff),
        SessionStoreUnavailable."""
        ...

    async def staff(self, authorization: str) -> Identity:
        """Return the staff member of this header value. Raises InvalidToken, NotAllowed (for a member),
        SessionStoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """The access policy of a route. `Route` checks it before it reads path, query, headers or body.

    ``guest``: anybody, the Authorization header is not read. ``shopper``: anybody, but if the header is sent it must be
    valid and a member's. ``member``: a signed-in member. ``staff``: a staff member, with `permission` if it is set.
    `for_limited`: sessions with one of these limits may call it too. `renews`: responses may have a new access token.
    `remembers`: a cached response (`Identity.remembered`) is sent without calling the endpoint.
    """

    kind: Literal["guest", "shopper", "member", "staff"]
    permission: str = ""
    for_limited: frozenset[Limit] = frozenset()
    renews: bool = True
    remembers: bool = False

    async def __call__(self, request: Request) -> Identity:
        """Return the identity that `Route` found."""
        identity: Identity = request.state.identity
        return identity


Guest = Annotated[Identity, Depends(Policy("guest"))]
Shopper = Annotated[Identity, Depends(Policy("shopper"))]
Member = Annotated[Identity, Depends(Policy("member"))]
RememberedMember = Annotated[Identity, Depends(Policy("member", remembers=True))]
LeavingMember = Annotated[Identity, Depends(Policy("member", renews=False))]
AnyStaff = Annotated[Identity, Depends(Policy("staff"))]
LimitedStaff = Annotated[Identity, Depends(Policy("staff", for_limited=frozenset({"password", "second_factor"})))]
StaffChangingPassword = Annotated[Identity, Depends(Policy("staff", for_limited=frozenset({"password"})))]
StaffSettingUp = Annotated[Identity, Depends(Policy("staff", for_limited=frozenset({"second_factor"})))]


async def client_address(request: Request) -> str:
    """Return the caller's network address, from the trusted proxy or the socket."""
    return request.client.host if request.client else "unknown"


ClientAddress = Annotated[str, Depends(client_address)]
