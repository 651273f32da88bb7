"""Routes of the auth domain for members, under /auth. Those of staff, under /admin/auth, are in `routes.admin`."""

from typing import Annotated

from fastapi import Path, Query, Response

from src.app.auth import browser
from src.app.auth.browser import AllowedOrigin, MemberCookie
from src.app.auth.dtos.requests import AvailabilityQuery, SignIn, SignUp
from src.app.auth.dtos.responses import Availability, MemberSignedIn, SessionRead, SignedUp, TokenRead
from src.app.auth.errors import (
    AccountSuspended,
    BadCredentials,
    SessionNotFound,
    SessionRevoked,
    VerificationNotConfirmed,
)
from src.app.auth.routes import disconnecting, recovery, social
from src.app.auth.routes.admin import router as admin_router
from src.app.auth.routes.language import MessageLanguage
from src.app.auth.services.members import sessions
from src.app.auth.services.members import sign_in as signing_in
from src.app.auth.services.members import sign_up as signing_up
from src.app.auth.services.sessions import refresh as refreshing
from src.app.auth.services.sessions.devices import TheClient
from src.app.user.errors import EmailTaken, LoginIdTaken, VerificationRequired
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import (
    InvalidToken,
    NotAllowed,
    NotSignedIn,
    OriginNotAllowed,
    SessionStoreUnavailable,
    TooManyAttempts,
    ValidationFailed,
)
from src.common.http.routing import new_router, take_routes
from src.common.identity import ClientAddress, Guest, LeavingMember, Member
from src.common.openapi.marks import tells

__all__ = ["admin_router", "router"]

SIGN_UP_ERRORS = documents(
    LoginIdTaken, EmailTaken, VerificationNotConfirmed, VerificationRequired, ValidationFailed, TooManyAttempts
)
SIGN_IN_ERRORS = documents(
    BadCredentials, SessionRevoked, AccountSuspended, ValidationFailed, TooManyAttempts, SessionStoreUnavailable
)
REFRESH_ERRORS = documents(
    NotSignedIn, InvalidToken, SessionRevoked, OriginNotAllowed, ValidationFailed, SessionStoreUnavailable
)
SIGN_OUT_ERRORS = documents(NotSignedIn, InvalidToken, NotAllowed, OriginNotAllowed, SessionStoreUnavailable)

SessionId = Annotated[str, Path(max_length=64, examples=["hV2kq0c7Jm3xQ1yN8ZtR4w"])]

router = new_router(tags=["shop: sign-in"])


@router.post("/auth/sign-up", operation_id="signUp", status_code=201, responses=SIGN_UP_ERRORS)
async def sign_up(body: SignUp, address: ClientAddress, language: MessageLanguage, _: Guest) -> SignedUp:
    """Become a member. `terms` and `privacy` must be agreed to. Signing in is a call of its own.

    Where the shop requires a verification that is missing: VERIFICATION_REQUIRED. A verified address that another
    account has without ever having proved it is EMAIL_TAKEN with `claimable: true`: repeat with `claim_email`.
    """
    return await signing_up.sign_up(body, address=address, language=language)


@router.get("/auth/availability", operation_id="checkAvailability", responses=documents(ValidationFailed))
async def availability(asked: Annotated[AvailabilityQuery, Query()], _: Guest) -> Availability:
    """Whether a login id or an e-mail address is free. Send exactly one of the two."""
    return await signing_up.availability(asked)


@router.post("/auth/sign-in", operation_id="signIn", responses=SIGN_IN_ERRORS)
@tells(headers=("Set-Cookie",))
async def sign_in(body: SignIn, response: Response, client: TheClient, _: Guest) -> MemberSignedIn:
    """Sign in as a member: an access token in the body, the refresh token in an HttpOnly cookie."""
    tokens, notices = await signing_in.sign_in_member(body, client=client)
    return MemberSignedIn(**browser.hand_over(tokens, response, kind="member").model_dump(), notices=notices)


@router.post("/auth/refresh", operation_id="refreshSession", responses=REFRESH_ERRORS, dependencies=[AllowedOrigin])
@tells(headers=("Set-Cookie",))
async def refresh(response: Response, _: Guest, refresh_token: MemberCookie = None) -> TokenRead:
    """Swap the refresh cookie for new tokens. The cookie that was just replaced gets the very same new one again, so
    two tabs and a lost answer do no harm; any older one, or that one once the new one was used, ends the session."""
    tokens = await refreshing.refresh(refresh_token, kind="member")
    return browser.hand_over(tokens, response, kind="member")


@router.post(
    "/auth/sign-out", operation_id="signOut", status_code=204, responses=SIGN_OUT_ERRORS, dependencies=[AllowedOrigin]
)
@tells(headers=("Set-Cookie",))
async def sign_out(member: LeavingMember, response: Response) -> None:
    """End this session. Its access token stops working at once."""
    await sessions.sign_out(member)
    browser.take_back(response, kind="member")


@router.post(
    "/auth/sign-out-all",
    operation_id="signOutAll",
    status_code=204,
    responses=SIGN_OUT_ERRORS,
    dependencies=[AllowedOrigin],
)
@tells(headers=("Set-Cookie",))
async def sign_out_all(member: LeavingMember, response: Response) -> None:
    """End all my sessions, on every device."""
    await sessions.sign_out_all(member)
    browser.take_back(response, kind="member")


@router.get("/auth/sessions", operation_id="listSessions")
async def list_sessions(member: Member) -> Items[SessionRead]:
    """My devices: every living session of mine, the last seen first."""
    return await sessions.mine(member)


@router.delete(
    "/auth/sessions/{session_id}", operation_id="endSession", status_code=204, responses=documents(SessionNotFound)
)
async def end_session(session_id: SessionId, member: Member) -> None:
    """End one of my sessions. Its access token stops working at once."""
    await sessions.end(session_id, by=member)


take_routes(router, recovery.router, social.router, disconnecting.router)
