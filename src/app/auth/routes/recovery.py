"""Routes of verification, account recovery, and changes that need recent re-authentication."""

from typing import Annotated

from fastapi import Path, Response

from src.app.auth.dtos.recovery import (
    ContactChange,
    FoundAccounts,
    LoginIdSearch,
    PasswordChange,
    Reauthentication,
    ResetConfirm,
    ResetRequest,
    ResetRequested,
    VerificationConfirm,
    VerificationConfirmed,
    VerificationStart,
    VerificationStarted,
)
from src.app.auth.errors import (
    LoginIdRequired,
    MessageNotSent,
    PasswordHoldsLoginId,
    ReauthenticationRequired,
    ResetTokenInvalid,
    VerificationCodeWrong,
    VerificationExpired,
    VerificationNotConfirmed,
    VerificationNotFound,
    WrongPassword,
)
from src.app.auth.routes.language import MessageLanguage
from src.app.auth.services.credentials import reauthentication
from src.app.auth.services.members import contact_change, password_change
from src.app.auth.services.recovery import find_login_id as finding
from src.app.auth.services.recovery import password_reset
from src.app.auth.services.verification import codes
from src.app.user.dtos.fields import ContactChannel
from src.app.user.dtos.responses import MeChanged
from src.app.user.errors import EmailTaken, LastContact, LoginIdTaken
from src.common.exceptions import documents
from src.common.exceptions.general import TooManyAttempts
from src.common.http.routing import new_router
from src.common.identity import ClientAddress, Guest, Member

VerificationPath = Annotated[str, Path(max_length=64, description="The `verification_id`.")]


router = new_router(tags=["shop: sign-in"])


@router.post(
    "/auth/verifications",
    operation_id="startVerification",
    status_code=201,
    responses=documents(TooManyAttempts, MessageNotSent),
)
async def start_verification(
    body: VerificationStart, address: ClientAddress, language: MessageLanguage, _: Guest
) -> VerificationStarted:
    """Send a code by mail or text message: six digits, or ten where codes of this target were guessed at today. Earlier
    codes go on until they end.

    For `find_login_id` and `password_reset` the code is sent only if a member has the target; the answer is the same.
    """
    return await codes.start(body, address=address, language=language)


@router.post(
    "/auth/verifications/{verification_id}/confirm",
    operation_id="confirmVerification",
    responses=documents(VerificationNotFound, VerificationCodeWrong, VerificationExpired),
)
async def confirm_verification(
    verification_id: VerificationPath, body: VerificationConfirm, _: Guest
) -> VerificationConfirmed:
    """Enter the code. After the fifth wrong one only a new code helps. What others guess changes nothing for mine."""
    return await codes.confirm(verification_id, body)


@router.post(
    "/auth/find-login-id", operation_id="findLoginId", responses=documents(VerificationNotConfirmed, TooManyAttempts)
)
async def find_login_id(body: LoginIdSearch, address: ClientAddress, _: Guest) -> FoundAccounts:
    """Find my login id by name and e-mail address, or by name and a verified phone (`find_login_id`).

    Only the first three characters are shown. Nobody found is an empty list.
    """
    return await finding.find_login_ids(body, address=address)


@router.post(
    "/auth/password-reset",
    operation_id="requestPasswordReset",
    status_code=202,
    response_model_exclude_none=True,
    responses={
        200: {"model": ResetRequested, "description": "With a verification: the token"},
        **documents(VerificationNotConfirmed, TooManyAttempts),
    },
)
async def request_password_reset(
    body: ResetRequest, response: Response, address: ClientAddress, language: MessageLanguage, _: Guest
) -> ResetRequested:
    """Ask for a mail with a reset link: always 202, whether there is such an account or not.

    With a confirmed verification (`password_reset`) of the account's e-mail address or phone the answer is 200 with
    the token, and no mail is sent.
    """
    return _asked(await password_reset.request_reset(body, address=address, language=language), response)


@router.post(
    "/auth/password-reset/confirm",
    operation_id="confirmPasswordReset",
    status_code=204,
    responses=documents(ResetTokenInvalid, PasswordHoldsLoginId, LoginIdRequired, LoginIdTaken),
)
async def confirm_password_reset(body: ResetConfirm, language: MessageLanguage, _: Guest) -> None:
    """Choose the new password. The token counts once.

    In the same step all sessions of the account end, and its social links, open reset tokens, and a telephone or e-mail
    address that nobody ever verified.
    """
    await password_reset.confirm_reset(body, language=language)


@router.post(
    "/auth/reauthenticate",
    operation_id="reauthenticate",
    status_code=204,
    responses=documents(WrongPassword, TooManyAttempts),
)
async def reauthenticate(body: Reauthentication, member: Member) -> None:
    """Give my password again, so that this session may make risky changes for a while."""
    await reauthentication.reauthenticate(body, by=member)


@router.post(
    "/me/password",
    operation_id="changePassword",
    status_code=204,
    responses=documents(WrongPassword, PasswordHoldsLoginId, TooManyAttempts),
)
async def change_password(body: PasswordChange, member: Member, language: MessageLanguage) -> None:
    """Change my password. My other sessions end, this one stays."""
    await password_change.change_password(body, by=member, language=language)


@router.post(
    "/me/contact",
    operation_id="changeContact",
    responses=documents(ReauthenticationRequired, VerificationNotConfirmed, EmailTaken),
)
async def change_contact(body: ContactChange, member: Member, language: MessageLanguage) -> MeChanged:
    """Change my e-mail address or my phone, after verifying the new one, or verify the one I have (`change_contact`).

    All my other sessions end, and the answer lists in `made_before` what was there before. An address that another
    account has without ever having proved it is EMAIL_TAKEN with `claimable: true`: repeat with `claim_email`.
    """
    return await contact_change.change_contact(body, by=member, language=language)


@router.delete(
    "/me/contact/{channel}",
    operation_id="dropContact",
    status_code=204,
    responses=documents(ReauthenticationRequired, LastContact),
)
async def drop_contact(channel: ContactChannel, member: Member, language: MessageLanguage) -> None:
    """Remove my phone (`sms`) or my e-mail address (`email`). What is the only way back into the account stays."""
    await contact_change.drop_contact(channel, by=member, language=language)


def _asked(asked: ResetRequested, response: Response) -> ResetRequested:
    """Set status 200 instead of 202 if the body contains the token."""
    if asked.token is not None:
        response.status_code = 200
    return asked
