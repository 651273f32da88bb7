"""Rate limits shared by all workers through Redis; per process when Redis is unavailable or embedded.

Built on `limits` (moving window). A rule reads ``10/900``: 10 in 900 seconds. The counted caller comes from
`by_address` (the network, not the single address) or `by_name`, as a keyed hash: Redis holds no address or name.
"""

import logging
import time
from typing import NewType

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter

from src.common.crypto import keyed_hash
from src.common.exceptions.general import TooManyAttempts
from src.common.http.networks import network_of
from src.core.configs import Settings

logger = logging.getLogger(__name__)

Counted = NewType("Counted", str)
"""The keyed hash of the caller or target that a limit counts."""


def by_address(address: str, *, is_dear: bool = False) -> Counted:
    """Return the key that counts all callers in the network of this address, see `network_of`. The only way to count
    addresses."""
    return _hidden(network_of(address, is_dear=is_dear))


def by_name(name: str) -> Counted:
    """Return the key that counts by a name: an account, a login id, a target. Not for addresses."""
    return _hidden(name)


def _hidden(value: str) -> Counted:
    return Counted(keyed_hash("rate-limit", value)[:32])


class RateLimiter:
    """Counter of events by rule and by caller."""

    def __init__(self, chosen: Settings) -> None:
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared: MovingWindowRateLimiter | None = None
        if chosen.redis.url:
            storage: Storage = RedisStorage(
                f"async+{chosen.redis.url}",
                implementation="redispy",
                socket_timeout=chosen.redis.timeout_seconds,
                socket_connect_timeout=chosen.redis.timeout_seconds,
            )
            self._shared = MovingWindowRateLimiter(storage)

    async def count(self, rule: str, name: str, who: Counted) -> None:
        """Count one event. Raises TooManyAttempts with the seconds to wait if the limit is reached."""
        await self._ask(rule, name, who, consume=True)

    async def check(self, rule: str, name: str, who: Counted) -> None:
        """Raise TooManyAttempts if the limit is reached, without counting an event."""
        await self._ask(rule, name, who, consume=False)

    async def _ask(self, rule: str, name: str, who: Counted, *, consume: bool) -> None:
        if self._shared is not None:
            try:
                await _apply(self._shared, rule, name, who, consume=consume)
            except TooManyAttempts:
                raise
            except Exception as error:  # noqa: BLE001 - the limit must hold in this process whatever error Redis raises
                logger.warning("rate limits count per process: %s", type(error).__name__)
            else:
                return
        await _apply(self._local, rule, name, who, consume=consume)


async def _apply(limiter: MovingWindowRateLimiter, rule: str, name: str, who: Counted, *, consume: bool) -> None:
    amount, _, seconds = rule.partition("/")
    item = RateLimitItemPerSecond(int(amount), int(seconds), namespace="limit")
    allowed = await (limiter.hit(item, name, who) if consume else limiter.test(item, name, who))
    if not allowed:
        window = await limiter.get_window_stats(item, name, who)
        raise TooManyAttempts(retry_after=max(1, int(window.reset_time - time.time()) + 1))


_limiter: RateLimiter | None = None


def open_limiter(chosen: Settings) -> None:
    """Create this process's limiter."""
    global _limiter  # noqa: PLW0603 - the one place that keeps it
    _limiter = RateLimiter(chosen)


def limiter() -> RateLimiter:
    """Return this process's limiter. Raises RuntimeError before it is open."""
    if _limiter is None:
        raise RuntimeError("the rate limiter is not open: the lifespan of the app opens it")
    return _limiter
