"""Limits of verification, finding and resetting.

Nobody can lock somebody else out by them: what strangers do with a target never refuses a code that its owner asked
for. Wrong guesses refuse nothing, they make new codes longer.
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
"""Wrong codes for one target in a day, over all its codes and purposes and whoever asked for them."""

WRONG_PER_ASKER: Final = 100
"""Wrong codes in a day over all that one network asked for. A mobile carrier's customers share one."""

POSSIBLE_PER_TARGET: Final = 60
"""Guesses at short codes of one target in a day, those that its open codes still allow included: 60 in 10^6."""

TARGET_TOTAL: Final = 2
"""How many times the limit of one asker is let through to one target, from all askers together: else a stranger could
use it up and keep the owner from asking."""


async def count_address(address: str, what: str, *, is_dear: bool = False) -> None:
    """Count one request of this kind from this address; `is_dear` where it makes us send something. Raises
    TooManyAttempts."""
    await limiter().count(settings().limits.recovery, f"recovery-{what}", by_address(address, is_dear=is_dear))


async def count_target(target: str, what: str = "code", *, asker: Counted) -> None:
    """Count one message to this target by this asker, and by everybody, whether anybody has it or not. Raises
    TooManyAttempts."""
    rule = settings().limits.code_target
    await limiter().count(rule, f"recovery-target-{what}", by_name(f"{asker}|{target}"))
    await limiter().count(total_of(rule), f"recovery-target-{what}-total", by_name(target))


def total_of(rule: str) -> str:
    """The rule for all askers of one target together."""
    amount, _, seconds = rule.partition("/")
    return f"{int(amount) * TARGET_TOTAL}/{seconds}"


async def code_length(*, target: Counted, asker: Counted) -> int:
    """How many digits a new code has: `LONG` once the wrong guesses of a day at codes of this target, or at codes that
    this asker had sent, are used up, and where open codes already allow too many. Two reads by index.

    Who is guessed at then gets a code that nobody guesses, and who guesses gains nothing by going on.
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
    """At most so many guesses at short and at long codes of one target are judged in a day, whoever guesses and by how
    many addresses: by these limits and the settings of now."""
    amount, _, seconds = total_of(settings().limits.code_target).partition("/")
    windows = -(-int(DAY.total_seconds()) // int(seconds)) + 1  # one may have begun the day before
    return POSSIBLE_PER_TARGET, int(amount) * windows * settings().identity.code_tries


async def check_password(account: str) -> None:
    """Raise TooManyAttempts where this account's signed-in sessions gave too many wrong passwords."""
    await limiter().check(settings().limits.sign_in_account, "recovery-password", by_name(account))


async def count_password(account: str) -> None:
    """Count a wrong password of a signed-in session. Raises TooManyAttempts when the limit is used up meanwhile."""
    await limiter().count(settings().limits.sign_in_account, "recovery-password", by_name(account))
