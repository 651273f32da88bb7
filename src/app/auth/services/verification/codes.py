"""Verify control of a mail address or a telephone: send a code and judge the answer."""

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from tortoise.expressions import F, Q

from src.app.auth.dtos.recovery import (
    Channel,
    Purpose,
    VerificationConfirm,
    VerificationConfirmed,
    VerificationStart,
    VerificationStarted,
)
from src.app.auth.errors import MessageNotSent, VerificationCodeWrong, VerificationExpired, VerificationNotFound
from src.app.auth.models import Verification
from src.app.auth.services.credentials import recovery_limits
from src.app.auth.services.verification.use import hash_of_id, target_text
from src.app.notification.services.background import later
from src.app.notification.services.delivery.sending import send_mail, send_sms
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.texts.rendering import Language
from src.app.user.services import queries as members
from src.common import clock, ids
from src.common.crypto import hash_matches, keyed_hash
from src.common.http.rate_limits import Counted, by_address, by_name
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

FOR_ACCOUNTS: Final[frozenset[Purpose]] = frozenset({"find_login_id", "password_reset"})


class Verdict(Enum):
    RIGHT = auto()
    WRONG = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A code to create: target, purpose and, if it is for one record only, that record (`bound_to`)."""

    channel: Channel
    target: str
    purpose: str
    bound_to: str = ""

    @property
    def text(self) -> str:
        """Return the text to hash: the target and `bound_to`."""
        target = target_text(self.channel, self.target)
        return f"{target}|{self.bound_to}" if self.bound_to else target

    @property
    def hash_name(self) -> str:
        """Return the name under which the target is hashed, so that hashes of different purposes differ."""
        return f"verification-target-{self.purpose}"


async def start(body: VerificationStart, *, address: str, language: Language) -> VerificationStarted:
    """Create a code, commit its hash and send it, at most once. Earlier codes for the target stay valid: a stranger's
    request must not void the owner's code. `recovery_limits.code_length` sets its length.

    For finding or resetting an account the code is sent only if a member has the target. This is looked up after the
    answer, so neither the answer nor its time reveals it. Raises TooManyAttempts, and MessageNotSent for the other
    purposes.
    """
    asked = Asked(channel=body.channel, target=body.target, purpose=body.purpose)
    verification_id, code = await make(asked, address=address)
    if body.purpose in FOR_ACCOUNTS:
        later(_send_to_members(asked, code=code, language=language))
    else:
        await send(asked, code=code, language=language)
    return VerificationStarted(verification_id=verification_id, expires_in=settings().identity.code_seconds)


async def confirm(verification_id: str, body: VerificationConfirm) -> VerificationConfirmed:
    """Judge a guess. The right one confirms, and may be repeated until the code expires.

    Every guess is counted before it is judged, in one conditional UPDATE: of any number of simultaneous guesses
    exactly `code_tries` are judged. Wrong guesses at other codes of the target change nothing for this one. Raises
    VerificationNotFound, VerificationExpired, VerificationCodeWrong.
    """
    row = await Verification.get_or_none(key_hash=hash_of_id(verification_id))
    if row is None:
        raise VerificationNotFound
    await judge(row, body.code)
    return VerificationConfirmed(verification_id=verification_id, expires_in=settings().identity.confirmed_seconds)


async def make(asked: Asked, *, address: str) -> tuple[str, str]:
    """Count, create and commit a code; return its verification's id and the code, which the caller sends next. Raises
    TooManyAttempts."""
    await recovery_limits.count_address(address, "verification", is_dear=True)
    asker, target = by_address(address, is_dear=True), target_text(asked.channel, asked.target)
    await recovery_limits.count_target(target, asker=asker)
    digits = await recovery_limits.code_length(target=by_name(target), asker=asker)
    verification_id, code = ids.new_token(), f"{secrets.randbelow(10**digits):0{digits}d}"
    await _store(asked, verification_id=verification_id, code=code, asker=asker)
    return verification_id, code


async def send(asked: Asked, *, code: str, language: Language) -> None:
    """Send the code, once. Raises MessageNotSent."""
    try:
        await _send(asked, code=code, language=language)
    except Undelivered as error:
        raise MessageNotSent from error


async def judge(row: Verification, code: str) -> None:
    """Count a guess at this verification, then judge it; the right one confirms. Raises VerificationExpired and
    VerificationCodeWrong."""

    async def write() -> tuple[Verdict, int]:
        now = clock.now()
        can_be_tried = Verification.filter(
            Q(live__isnull=False) | Q(confirmed_at__isnull=False),
            id=row.id,
            tries__lt=settings().identity.code_tries,
            expires_at__gt=now,
            used_at=None,
        )
        if not await can_be_tried.update(tries=F("tries") + 1):
            return Verdict.OVER, 0
        if not hash_matches("verification-code", _code_text(row.key_hash, code), row.code_hash):
            tries = (await Verification.get(id=row.id)).tries
            return Verdict.WRONG, settings().identity.code_tries - tries
        await Verification.filter(id=row.id, confirmed_at=None).update(confirmed_at=now, live=None)
        return Verdict.RIGHT, 0

    verdict, left = await unit_of_work(write)
    if verdict is Verdict.OVER:
        raise VerificationExpired
    if verdict is Verdict.WRONG:
        raise VerificationCodeWrong(tries_left=left)


async def _store(asked: Asked, *, verification_id: str, code: str, asker: Counted) -> None:
    key_hash = hash_of_id(verification_id)

    async def write() -> None:
        now = clock.now()
        await Verification.create(
            key_hash=key_hash,
            channel=asked.channel,
            purpose=asked.purpose,
            target_hash=keyed_hash(asked.hash_name, asked.text),
            target_key=by_name(target_text(asked.channel, asked.target)),
            asker_key=asker,
            live=key_hash,
            code_hash=keyed_hash("verification-code", _code_text(key_hash, code)),
            digits=len(code),
            expires_at=now + timedelta(seconds=settings().identity.code_seconds),
            created_at=now,
        )

    await unit_of_work(write)


async def _send_to_members(asked: Asked, *, code: str, language: Language) -> None:
    """Send the code if a member has the target. Runs after the answer; the sender logs a failure."""
    if not await _is_known(asked.channel, asked.target):
        return
    try:
        await _send(asked, code=code, language=language)
    except Undelivered:
        logger.info("a code was not delivered; asking again makes a new one")


async def _is_known(channel: Channel, target: str) -> bool:
    if channel == "email":
        return await members.email_exists(target)
    return await members.phone_exists(target)


async def _send(asked: Asked, *, code: str, language: Language) -> None:
    minutes = max(1, settings().identity.code_seconds // 60)
    values = {"purpose": asked.purpose, "code": code, "minutes": minutes}
    by_channel = send_mail if asked.channel == "email" else send_sms
    await by_channel(asked.target, template="verification_code", values=values, language=language)


def _code_text(key_hash: str, code: str) -> str:
    """Return the text to hash of a code: it includes the verification's id, so a code is valid for that one only."""
    return f"{key_hash}|{code}"
