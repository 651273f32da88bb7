"""The caller as plain data, and the access policy in a route's signature (docs/architecture.md#r2)."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Request

Kind = Literal["guest", "member", "staff"]
Limit = Literal["", "password", "second_factor"]


@dataclass(frozen=True, slots=True)
class Identity:
    """The caller. `id` is the member's or staff member's row id, None for a guest.

    `limit`: what staff must do first, change a password that somebody else set or set up a second factor; until then
    the session may only do what `Policy.for_limited` allows. Empty for everybody else.
    `new_token`: a fresh access token for the answer's ``X-New-Token``, empty while the present one lasts.
    `remembered`: the answer of ``GET /me`` as Redis has it, empty where it has none; `remembered_no`: see
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
        """The caller in timelines and idempotency scopes: ``member:7``, ``staff:1`` or ``guest``."""
        return f"{self.kind}:{self.id}" if self.id is not None else self.kind

    @property
    def member_id(self) -> int | None:
        """The member's id, None for everybody else."""
        return self.id if self.kind == "member" else None


GUEST = Identity("guest")


class Gate(Protocol):
    """Authentication: turns a Bearer token into an identity. The auth domain implements it, main registers it."""

    async def member(self, authorization: str) -> Identity:
        """The member behind the header's value. Raises InvalidToken, NotAllowed (staff), SessionStoreUnavailable."""
        ...

    async def staff(self, authorization: str) -> Identity:
        """The staff member behind it. Raises InvalidToken, NotAllowed (a member), SessionStoreUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a route. `Route` checks it before it looks at path, query, headers or body.

    ``guest``: anybody, the Authorization header is not read. ``shopper``: anybody; a header that is there must be a
    member's valid one. ``member``: a signed-in member. ``staff``: a staff member with `permission`, where one is named.
    `for_limited`: sessions with one of these limits may call it too. `renews`: answers may carry a new access token.
    `remembers`: where Redis has the answer (`Identity.remembered`), that is the answer.
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
    """The caller's network address, as the trusted proxy or the socket says."""
    return request.client.host if request.client else "unknown"


ClientAddress = Annotated[str, Depends(client_address)]
