"""Rate limits of verification codes, finding a login id and resetting a password.

These limits cannot be used to lock somebody else out: what strangers do with a target never blocks a code that its
owner requested. Wrong guesses block nothing; they make new codes longer.
"""

from datetime import timedelta
from typing import Final

from tortoise.functions import Sum

from src.app.auth.models import Verification
from src.common import clock
from src.common.http.rate_limits import Counted, by_address, by_name, limiter
from src.core.configs import settings

SHORT: Final = 6
LONG: Final = 10
DAY: Final = timedelta(days=1)

WRONG_PER_TARGET: Final = 20
"""Wrong codes for one target in a day, counted over all its codes, purposes and requesters."""

WRONG_PER_ASKER: Final = 100
"""Wrong codes in a day, counted over all codes that one network requested. Customers of a mobile carrier share one."""

POSSIBLE_PER_TARGET: Final = 60
"""Guesses at short codes of one target in a day, including those that its open codes still allow. The chance of a hit
is 60 in 10^6."""

TARGET_TOTAL: Final = 2
"""Limit to one target from all requesters together, as a multiple of one requester's limit: otherwise a stranger could
use it up and keep the owner from requesting."""


async def count_address(address: str, what: str, *, is_dear: bool = False) -> None:
    """Count one request of this kind from this address; `is_dear` if it makes the shop send a message. Raises
    TooManyAttempts."""
    await limiter().count(settings().limits.recovery, f"recovery-{what}", by_address(address, is_dear=is_dear))


async def count_target(target: str, what: str = "code", *, asker: Counted) -> None:
    """Count one message to this target, for this requester and for all, even if no member has the target. Raises
    TooManyAttempts."""
    rule = settings().limits.code_target
    await limiter().count(rule, f"recovery-target-{what}", by_name(f"{asker}|{target}"))
    await limiter().count(total_of(rule), f"recovery-target-{what}-total", by_name(target))


def total_of(rule: str) -> str:
    """Return the limit for all requesters of one target together."""
    amount, _, seconds = rule.partition("/")
    return f"{int(amount) * TARGET_TOTAL}/{seconds}"


async def code_length(*, target: Counted, asker: Counted) -> int:
    """Return the number of digits of a new code: `LONG` once the day's wrong guesses at codes of this target, or at
    codes that this requester had sent, are used up, and if open codes already allow too many. Two reads by index.

    The owner under attack then gets a code that cannot be guessed, and further guesses gain nothing.
    """
    now = clock.now()
    since = now - DAY - timedelta(seconds=settings().identity.code_seconds)
    most = settings().identity.code_tries
    guessed = Verification.filter(created_at__gt=since, confirmed_at=None)
    wrong = left = 0
    for tries, digits, ends in await guessed.filter(target_key=target).values_list("tries", "digits", "expires_at"):
        wrong += tries
        left += max(0, most - tries) if digits == SHORT and ends > now else 0
    if wrong >= WRONG_PER_TARGET or wrong + left + most > POSSIBLE_PER_TARGET:
        return LONG
    sums = await guessed.filter(asker_key=asker).annotate(wrong=Sum("tries")).group_by("asker_key").values_list("wrong")
    return LONG if sum(int(one or 0) for (one,) in sums) >= WRONG_PER_ASKER else SHORT


def guesses_a_day() -> tuple[int, int]:
    """Return the most guesses at short and at long codes of one target that are judged in a day, from any number of
    addresses, by these limits and the current settings."""
    amount, _, seconds = total_of(settings().limits.code_target).partition("/")
    windows = -(-int(DAY.total_seconds()) // int(seconds)) + 1  # one code may have begun the day before
    return POSSIBLE_PER_TARGET, int(amount) * windows * settings().identity.code_tries


async def check_password(account: str) -> None:
    """Raise TooManyAttempts where this account's signed-in sessions gave too many wrong passwords."""
    await limiter().check(settings().limits.sign_in_account, "recovery-password", by_name(account))


async def count_password(account: str) -> None:
    """Count a wrong password of a signed-in session. Raises TooManyAttempts if this uses the limit up."""
    await limiter().count(settings().limits.sign_in_account, "recovery-password", by_name(account))
