"""Choose a new password without the old one."""

import logging
from typing import Final
from urllib.parse import urlencode

from src.app.auth.dtos.recovery import ResetConfirm, ResetRequest, ResetRequested
from src.app.auth.errors import ResetTokenInvalid, VerificationNotConfirmed
from src.app.auth.services import password_notices, password_sessions, passwords, recovery_limits, reset_tokens
from src.app.auth.services.password_change import refuse_login_id
from src.app.auth.services.verification_use import use_verification
from src.app.notification.services.background import later
from src.app.notification.services.rendering import Language
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.sending import send_mail
from src.app.user.dtos.fields import normal_login_id
from src.app.user.services import credentials, recovery
from src.app.user.services.locks import lock_member
from src.common.exceptions.general import InvalidToken
from src.common.utils.rate_limits import by_address
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

NOBODY: Final = "-"  # no target of a verification


async def request_reset(body: ResetRequest, *, address: str, language: Language) -> ResetRequested:
    """With a verification of the member's e-mail address or phone: the token. Else a mail with it, if there is such
    a member who has an e-mail address; whether there is one is looked up after the answer, which is always the same.

    An earlier token is void. Raises TooManyAttempts, and VerificationNotConfirmed, also where there is no such member.
    """
    await recovery_limits.count_address(address, "reset", is_dear=True)
    asker = by_address(address, is_dear=True)
    await recovery_limits.count_target(normal_login_id(body.login_id), "reset", asker=asker)
    if body.verification_id is not None:
        return ResetRequested(token=await _exchange(body, verification_id=body.verification_id))
    later(_send_link(body, language=language))
    return ResetRequested()


async def confirm_reset(body: ResetConfirm, *, language: Language) -> None:
    """Set the password with the token, which counts once; all sessions end and every other token is void.

    The token is looked at before the password is hashed and taken after, by compare-and-set: of simultaneous uses one
    succeeds. Raises ResetTokenInvalid, PasswordHoldsLoginId (the token then still counts).
    """
    user_id = await reset_tokens.owner_of(body.token)
    if user_id is None:
        raise ResetTokenInvalid
    password = body.new_password.get_secret_value()
    password_hash = await passwords.hash_password(password)

    async def write() -> tuple[int, str | None]:
        user = await lock_member(user_id)
        if not await reset_tokens.take(body.token):
            raise ResetTokenInvalid
        refuse_login_id(password, user.login_id)
        await reset_tokens.void_tokens(user_id)
        return await credentials.write_password(user_id, password_hash), user.email

    try:
        epoch, email = await unit_of_work(write)
    except InvalidToken as error:  # the member left meanwhile
        raise ResetTokenInvalid from error
    await password_sessions.end_sessions(user_id, epoch=epoch)
    password_notices.tell(email, "password_changed", language=language)


async def _exchange(body: ResetRequest, *, verification_id: str) -> str:
    """A token for a confirmed verification, which is used up. Nobody's account costs and answers the same."""
    target = await recovery.reset_target(body.login_id, body.name)

    async def write() -> str:
        await use_verification(
            verification_id,
            purpose="password_reset",
            email=target.email if target else NOBODY,
            phone=target.phone if target else NOBODY,
        )
        if target is None:
            raise VerificationNotConfirmed
        return await reset_tokens.write_token(target.id)

    return await unit_of_work(write)


async def _send_link(body: ResetRequest, *, language: Language) -> None:
    """Commit a token and mail its link, at most once. A failure was logged by the sender."""
    target = await recovery.reset_target(body.login_id, body.name)
    if target is None or not target.email:
        return
    token = await unit_of_work(lambda: reset_tokens.write_token(target.id))
    link = f"{settings().identity.front_url.rstrip('/')}/reset-password?{urlencode({'token': token})}"
    values = {"link": link, "minutes": max(1, settings().identity.reset_seconds // 60)}
    try:
        await send_mail(target.email, template="password_reset", values=values, language=language)
    except Undelivered:
        logger.info("a reset link was not delivered; asking again makes a new one")
