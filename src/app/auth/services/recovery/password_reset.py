"""Reset a forgotten password."""

import logging
from typing import Final

from src.app.auth.dtos.recovery import ResetConfirm, ResetRequest, ResetRequested
from src.app.auth.errors import LoginIdRequired, ResetTokenInvalid, VerificationNotConfirmed
from src.app.auth.services.credentials import passwords, recovery_limits
from src.app.auth.services.members import notices
from src.app.auth.services.members.password_change import refuse_login_id
from src.app.auth.services.recovery import proved_outside
from src.app.auth.services.recovery.proved_outside import Ended
from src.app.auth.services.sessions import sessions
from src.app.auth.services.verification import reset_tokens, way_in
from src.app.auth.services.verification.use import use_verification
from src.app.notification.services.background import later
from src.app.notification.services.delivery.sending import send_mail
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import normal_login_id
from src.app.user.services.account import credentials, recovery
from src.app.user.services.locks import lock_member
from src.common.exceptions.general import InvalidToken
from src.common.http.rate_limits import by_address
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

MAX_GIVEN: Final = 100  # a sign-in takes these as its login id
NOBODY: Final = "-"  # no target of a verification


async def request_reset(body: ResetRequest, *, address: str, language: Language) -> ResetRequested:
    """With a verification of the member's e-mail address or phone, return the token. Without one, mail it if such a
    member has an e-mail address; the member is looked up after the answer, which is always the same. A member whose
    last link ended at its provider uses the proved e-mail address or phone instead of the login id.

    An earlier token is void. Raises TooManyAttempts, and VerificationNotConfirmed, also if there is no such member.
    """
    await recovery_limits.count_address(address, "reset", is_dear=True)
    asker = by_address(address, is_dear=True)
    await recovery_limits.count_target(normal_login_id(body.login_id), "reset", asker=asker)
    if body.verification_id is not None:
        return ResetRequested(token=await _exchange(body, verification_id=body.verification_id))
    later(_send_link(body, language=language))
    return ResetRequested()


async def confirm_reset(body: ResetConfirm, *, language: Language) -> None:
    """Set the password with the token, which is valid once. The same transaction ends links, contacts and tokens that
    somebody else may have made: see `proved_outside`. An account without a login id gets the given one.

    The token is read before the password is hashed and used up afterwards, by compare-and-set: of simultaneous uses one
    succeeds. Raises ResetTokenInvalid; PasswordHoldsLoginId, LoginIdRequired and LoginIdTaken (the token stays valid
    then).
    """
    token = await reset_tokens.usable(body.token)
    if token is None:
        raise ResetTokenInvalid
    user_id = token.user_id
    password = body.new_password.get_secret_value()
    password_hash = await passwords.hash_password(password)

    async def write() -> tuple[int, Ended]:
        user = await lock_member(user_id)
        if not await reset_tokens.take(body.token):
            raise ResetTokenInvalid
        refuse_login_id(password, user.login_id or body.login_id)
        if user.login_id is None:
            is_proved = token.proves == "email" or user.email_verified_at is not None
            signs_in_by_email = is_proved and 0 < len(user.email or "") <= MAX_GIVEN
            await _name(user_id, body.login_id, by_email=signs_in_by_email)
        ended = await proved_outside.end_what_was_before(user, proved=token.proves)
        return await credentials.write_password(user_id, password_hash), ended

    try:
        epoch, ended = await unit_of_work(write)
    except InvalidToken as error:  # the member left in between
        raise ResetTokenInvalid from error
    await sessions.end_sessions(user_id, epoch=epoch)
    notices.tell(ended.email, "password_changed", language=language)
    proved_outside.tell(ended, language=language)


async def _name(user_id: int, login_id: str | None, *, by_email: bool) -> None:
    """Return the login id that the account without one gets."""
    if login_id is not None:
        await credentials.write_login_id(user_id, login_id)
    elif not by_email:
        raise LoginIdRequired


async def _exchange(body: ResetRequest, *, verification_id: str) -> str:
    """Return a token for a confirmed verification, which is used up. An unknown account takes the same time and
    answer."""
    target = await recovery.reset_target(body.login_id, body.name)

    async def write() -> str:
        proved = await use_verification(
            verification_id,
            purpose="password_reset",
            email=target.email if target else NOBODY,
            phone=target.phone if target else NOBODY,
        )
        if target is None:
            raise VerificationNotConfirmed
        return await reset_tokens.write_token(target.id, proves=proved)

    return await unit_of_work(write)


async def _send_link(body: ResetRequest, *, language: Language) -> None:
    """Commit a token and mail its link, at most once. The sender logs a failure."""
    if (stranded := await recovery.stranded(body.login_id)) is not None:
        await way_in.send(stranded, language=language)
        return
    target = await recovery.reset_target(body.login_id, body.name)
    if target is None or not target.email:
        return
    token = await unit_of_work(lambda: reset_tokens.write_token(target.id, proves="email"))
    values = {"link": reset_tokens.link_of(token), "minutes": max(1, settings().identity.reset_seconds // 60)}
    try:
        await send_mail(target.email, template="password_reset", values=values, language=language)
    except Undelivered:
        logger.info("a reset link was not delivered; asking again makes a new one")
