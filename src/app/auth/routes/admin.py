"""Routes of staff sessions under /admin/auth: sign-in, refresh, sign-out, second factor, change of own password."""

from fastapi import Response

from src.app.auth import browser
from src.app.auth.browser import AllowedOrigin, StaffCookie
from src.app.auth.dtos.admin import (
    NewRecoveryCodes,
    OwnPassword,
    PasswordAgain,
    StaffSignIn,
    TotpBegun,
    TotpConfirmation,
    TotpConfirmed,
)
from src.app.auth.dtos.responses import TokenRead
from src.app.auth.errors import AccountSuspended, BadCredentials, PasswordUnchanged, SessionRevoked, WrongPassword
from src.app.auth.services.members import sessions
from src.app.auth.services.sessions import refresh
from src.app.auth.services.sessions.devices import TheClient
from src.app.auth.services.staff import passwords, second_factor, sign_in
from src.app.staff.errors import (
    TotpAlreadyEnabled,
    TotpCodeWrong,
    TotpInvalid,
    TotpNotBegun,
    TotpNotEnabled,
    TotpRequired,
)
from src.common.exceptions import documents
from src.common.exceptions.general import (
    InvalidToken,
    NotSignedIn,
    OriginNotAllowed,
    SessionStoreUnavailable,
    TooManyAttempts,
)
from src.common.http.routing import new_router
from src.common.identity import AnyStaff, Guest, LimitedStaff, StaffChangingPassword, StaffSettingUp
from src.common.openapi.marks import tells
from src.common.records.audit import Acting

SIGN_IN_ERRORS = documents(
    BadCredentials,
    TotpRequired,
    TotpInvalid,
    SessionRevoked,
    AccountSuspended,
    TooManyAttempts,
    SessionStoreUnavailable,
)
REFRESH_ERRORS = documents(NotSignedIn, InvalidToken, SessionRevoked, OriginNotAllowed, SessionStoreUnavailable)
PASSWORD_ERRORS = (WrongPassword, TooManyAttempts)

router = new_router(prefix="/admin", tags=["admin: sign-in"])


@router.post("/auth/sign-in", operation_id="staffSignIn", responses=SIGN_IN_ERRORS)
@tells(headers=("Set-Cookie",))
async def staff_sign_in(body: StaffSignIn, response: Response, client: TheClient, by: Acting, _: Guest) -> TokenRead:
    """Sign in as a staff member. `otp` is the code of the authenticator app or a recovery code; `TOTP_REQUIRED` asks
    for it.

    Where somebody else set the password last, the session can only read GET /admin/me, change the password and sign
    out: everything else answers `PASSWORD_CHANGE_REQUIRED`. In production, staff without a second factor get a session
    that can only set it up: everything else answers `SECOND_FACTOR_REQUIRED`.
    """
    tokens = await sign_in.sign_in(body, client=client, by=by)
    return browser.hand_over(tokens, response, kind="staff")


@router.post("/auth/refresh", operation_id="staffRefresh", responses=REFRESH_ERRORS, dependencies=[AllowedOrigin])
@tells(headers=("Set-Cookie",))
async def staff_refresh(response: Response, _: Guest, staff_refresh: StaffCookie = None) -> TokenRead:
    """Swap the staff cookie for new tokens. The cookie that was just replaced gets the very same new one again; any
    older one, or that one once the new one was used, ends the session."""
    tokens = await refresh.refresh(staff_refresh, kind="staff")
    return browser.hand_over(tokens, response, kind="staff")


@router.post(
    "/auth/sign-out",
    operation_id="staffSignOut",
    status_code=204,
    responses=documents(OriginNotAllowed),
    dependencies=[AllowedOrigin],
)
@tells(headers=("Set-Cookie",))
async def staff_sign_out(staff: LimitedStaff, response: Response) -> None:
    """End this session of a staff member."""
    await sessions.sign_out(staff)
    browser.take_back(response, kind="staff")


@router.post(
    "/auth/totp", operation_id="beginTotp", status_code=201, responses=documents(*PASSWORD_ERRORS, TotpAlreadyEnabled)
)
async def begin_totp(body: PasswordAgain, staff: StaffSettingUp) -> TotpBegun:
    """Begin to set up my second factor. It counts once it is confirmed with a code; beginning again makes a new one."""
    return await second_factor.begin(body, by=staff)


@router.post(
    "/auth/totp/confirm",
    operation_id="confirmTotp",
    responses=documents(TotpCodeWrong, TotpNotBegun, TotpAlreadyEnabled, SessionRevoked),
)
@tells(headers=("Set-Cookie",))
async def confirm_totp(
    body: TotpConfirmation, response: Response, by: Acting, client: TheClient, _: StaffSettingUp
) -> TotpConfirmed:
    """Confirm my second factor with a code of the app. All my sessions end; the answer holds the tokens of a new one
    and ten recovery codes, which are shown only now."""
    codes, tokens = await second_factor.confirm(body, by=by, client=client)
    opened = browser.hand_over(tokens, response, kind="staff")
    return TotpConfirmed(**opened.model_dump(), **codes.model_dump())


@router.delete(
    "/auth/totp", operation_id="disableTotp", status_code=204, responses=documents(*PASSWORD_ERRORS, TotpNotEnabled)
)
@tells(headers=("Set-Cookie",))
async def disable_totp(body: PasswordAgain, response: Response, by: Acting, _: AnyStaff) -> None:
    """Remove my second factor and its recovery codes. All my sessions end, this one too."""
    await second_factor.disable(body, by=by)
    browser.take_back(response, kind="staff")


@router.post(
    "/auth/recovery-codes",
    operation_id="renewRecoveryCodes",
    status_code=201,
    responses=documents(*PASSWORD_ERRORS, TotpNotEnabled),
)
async def renew_recovery_codes(body: PasswordAgain, by: Acting, _: AnyStaff) -> NewRecoveryCodes:
    """Ten new recovery codes. The old ones no longer count."""
    return await second_factor.renew_codes(body, by=by)


@router.post(
    "/me/password",
    operation_id="changeStaffPassword",
    status_code=204,
    responses=documents(*PASSWORD_ERRORS, PasswordUnchanged),
)
async def change_own_password(body: OwnPassword, by: Acting, _: StaffChangingPassword) -> None:
    """Change my password. All my other sessions end; this one goes on, and is no longer limited by a password that
    somebody else set."""
    await passwords.change_own(body, by=by)
