"""The second factor's tables: TOTP (RFC 6238: SHA-1, 6 digits, 30 s) and recovery codes.

Writing functions run in the caller's transaction. Secrets are encrypted, recovery codes are keyed hashes.
"""

import logging
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from hmac import compare_digest
from typing import Final

from pyotp import TOTP, random_base32

from src.app.staff.errors import TotpAlreadyEnabled, TotpCodeWrong, TotpNotBegun, TotpNotEnabled
from src.app.staff.models import RecoveryCode, SecondFactor
from src.common import clock
from src.common.crypto import CannotUnseal, keyed_hash, keyed_hashes, seal, unseal
from src.common.ids import CROCKFORD, as_typed

logger = logging.getLogger(__name__)

ISSUER: Final = "Micgolf"
STEP_SECONDS: Final = 30
DRIFT: Final = (0, -1, 1)  # a device's clock may be one step off (RFC 6238, 5.2)
BEGUN_FOR: Final = timedelta(minutes=10)
CODES: Final = 10
CODE_LENGTH: Final = 10  # 50 random bits
TOTP_CODE: Final = re.compile(r"[0-9]{6}")
RECOVERY_CODE: Final = re.compile(rf"[{CROCKFORD}]{{{CODE_LENGTH}}}")
PURPOSE: Final = "staff-recovery-code"


async def is_enabled(staff_id: int) -> bool:
    """Return True if sign-in requires a code from this staff member."""
    return await SecondFactor.filter(staff_id=staff_id, confirmed_at__isnull=False).exists()


async def enabled_among(staff_ids: Sequence[int]) -> set[int]:
    """Return those of these staff members from whom sign-in requires a code."""
    found = await SecondFactor.filter(staff_id__in=staff_ids, confirmed_at__isnull=False).values_list("staff_id")
    return {staff_id for (staff_id,) in found}


async def codes_left(staff_id: int) -> int:
    """Return the number of unused recovery codes."""
    return await RecoveryCode.filter(staff_id=staff_id, used_at=None).count()


async def begin(staff_id: int) -> str:
    """Create a secret, which becomes valid when it is confirmed; one begun earlier is void. Raises
    TotpAlreadyEnabled."""
    if await is_enabled(staff_id):
        raise TotpAlreadyEnabled
    secret = random_base32()
    await SecondFactor.filter(staff_id=staff_id, confirmed_at=None).delete()
    await SecondFactor.create(staff_id=staff_id, sealed_secret=seal(secret), begun_at=clock.now())
    return secret


def uri(secret: str, *, login_id: str) -> str:
    """Return the URI for the authenticator app's QR code."""
    return TOTP(secret).provisioning_uri(name=login_id, issuer_name=ISSUER)


async def confirm(staff_id: int, code: str) -> list[str]:
    """Activate the begun secret if `code` matches, and use the code up. Returns the recovery codes.

    Raises TotpAlreadyEnabled, TotpNotBegun, TotpCodeWrong. Of simultaneous calls one succeeds.
    """
    if await is_enabled(staff_id):
        raise TotpAlreadyEnabled
    begun = await SecondFactor.get_or_none(staff_id=staff_id, begun_at__gt=clock.now() - BEGUN_FOR)
    if begun is None:
        raise TotpNotBegun
    step = _step_of(begun, _typed(code))
    if step is None:
        raise TotpCodeWrong
    pending = SecondFactor.filter(staff_id=staff_id, sealed_secret=begun.sealed_secret, confirmed_at=None)
    if not await pending.update(confirmed_at=clock.now(), last_step=step):
        raise TotpNotBegun
    return await renew_codes(staff_id)


async def renew_codes(staff_id: int) -> list[str]:
    """Create recovery codes; all older ones are void. Raises TotpNotEnabled."""
    if not await is_enabled(staff_id):
        raise TotpNotEnabled
    await RecoveryCode.filter(staff_id=staff_id).delete()
    codes = ["".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    await RecoveryCode.bulk_create(
        [RecoveryCode(staff_id=staff_id, code_hash=keyed_hash(PURPOSE, f"{staff_id}|{code}")) for code in codes]
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


async def remove(staff_id: int) -> bool:
    """Remove the second factor and its codes, also one that was only begun. Return True if it was active."""
    was_enabled = await is_enabled(staff_id)
    await SecondFactor.filter(staff_id=staff_id).delete()
    await RecoveryCode.filter(staff_id=staff_id).delete()
    return was_enabled


async def accept(staff_id: int, given: str) -> bool:
    """Return True if `given` is a code of the second factor, and use it up; of simultaneous calls one gets True.

    A TOTP code is valid once: its time step and all before it are used up. A recovery code is valid once, too.
    """
    typed = _typed(given)
    if TOTP_CODE.fullmatch(typed):
        return await _accept_totp(staff_id, typed)
    code = str(as_typed(typed))
    if not RECOVERY_CODE.fullmatch(code):
        return False
    hashes = keyed_hashes(PURPOSE, f"{staff_id}|{code}")
    unused = RecoveryCode.filter(staff_id=staff_id, code_hash__in=hashes, used_at=None)
    return await unused.update(used_at=clock.now()) == 1


def _typed(given: str) -> str:
    """Return the code without the blanks and hyphens that people type."""
    return given.strip().replace(" ", "").replace("-", "")


async def _accept_totp(staff_id: int, code: str) -> bool:
    factor = await SecondFactor.get_or_none(staff_id=staff_id, confirmed_at__isnull=False)
    step = _step_of(factor, code) if factor else None
    if step is None:
        return False
    return await SecondFactor.filter(staff_id=staff_id, last_step__lt=step).update(last_step=step) == 1


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """Return the valid time step that this code belongs to, None if there is none."""
    if not TOTP_CODE.fullmatch(code):
        return None
    try:
        generator = TOTP(unseal(factor.sealed_secret))
    except CannotUnseal:
        logger.error("the second factor of staff %d is sealed with a key that we do not have", factor.staff_id)
        return None
    now = int(clock.now().timestamp()) // STEP_SECONDS
    matching = [now + drift for drift in DRIFT if compare_digest(generator.generate_otp(now + drift), code)]
    return matching[0] if matching else None
