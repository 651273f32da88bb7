"""Codes for one record of one member, sent to an address in that record."""

from collections.abc import Sequence

from src.app.auth.errors import VerificationExpired
from src.app.auth.models import Verification
from src.app.auth.services.verification import codes
from src.app.auth.services.verification.codes import Asked
from src.app.auth.services.verification.use import target_text
from src.app.notification.services.texts.rendering import Language
from src.common import clock
from src.common.crypto import keyed_hashes
from src.common.http.rate_limits import by_name
from src.core.configs import settings


async def send(asked: Asked, *, address: str, language: Language) -> int:
    """Create a code, commit its hash and send it, at most once; return the seconds for which it may be tried. It never
    enters the outbox (docs/architecture.md#r12). Raises TooManyAttempts and MessageNotSent."""
    _, code = await codes.make(asked, address=address)
    await codes.send(asked, code=code, language=language)
    return settings().identity.code_seconds


async def check(asked: Sequence[Asked], code: str) -> int:
    """Judge a guess at the newest such code; return the row for `use`. Guesses count as for every other code. Raises
    VerificationExpired if there is none, and VerificationCodeWrong."""
    hashes = [found for one in asked for found in keyed_hashes(one.hash_name, one.text)]
    keys = [by_name(target_text(one.channel, one.target)) for one in asked]
    now = clock.now()
    found = Verification.filter(target_key__in=keys, target_hash__in=hashes, used_at=None, expires_at__gt=now)
    row: Verification | None = await found.order_by("-id").first()
    if row is None:
        raise VerificationExpired
    await codes.judge(row, code)
    return int(row.id)


async def use(row_id: int) -> None:
    """Use a confirmed code up, in the caller's transaction. Raises VerificationExpired for the second of two."""
    usable = Verification.filter(id=row_id, confirmed_at__isnull=False, used_at=None)
    if not await usable.update(used_at=clock.now()):
        raise VerificationExpired
