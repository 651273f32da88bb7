"""Limits of verification, finding and resetting."""

from typing import Final

from src.common.utils.rate_limits import Counted, by_address, by_name, limiter
from src.core.configs import settings

GUESSES: Final = "20/86400"
"""Wrong codes for one target over all its codes: at five for each code, five codes in ten minutes would else allow
3,600 guesses a day, one account in 280 a day."""


async def count_address(address: str, what: str, *, is_dear: bool = False) -> None:
    """Count one request of this kind from this address; `is_dear` where it makes us send something. Raises
    TooManyAttempts."""
    await limiter().count(settings().limits.recovery, f"recovery-{what}", by_address(address, is_dear=is_dear))


async def count_target(target: str, what: str = "code") -> None:
    """Count one message to this target, whoever asks for it and whether anybody has it. Raises TooManyAttempts."""
    await limiter().count(settings().limits.code_target, f"recovery-target-{what}", by_name(target))


async def check_guesses(target_hash: str) -> None:
    """Raise TooManyAttempts where too many codes of this target were guessed wrong."""
    await limiter().check(GUESSES, "recovery-guess", Counted(target_hash))


async def count_guess(target_hash: str) -> None:
    """Count a wrong code. Raises TooManyAttempts when others used the limit up meanwhile."""
    await limiter().count(GUESSES, "recovery-guess", Counted(target_hash))


async def check_password(account: str) -> None:
    """Raise TooManyAttempts where this account's signed-in sessions gave too many wrong passwords."""
    await limiter().check(settings().limits.sign_in_account, "recovery-password", by_name(account))


async def count_password(account: str) -> None:
    """Count a wrong password of a signed-in session. Raises TooManyAttempts when the limit is used up meanwhile."""
    await limiter().count(settings().limits.sign_in_account, "recovery-password", by_name(account))
