"""The Redis of this process: a pooled client of the real server, or one inside the process (embedded)."""

from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from src.core.configs import Settings
from src.core.observing.metrics import REDIS_CONNECTIONS
from src.core.observing.process_metrics import at_each_beat

__all__ = ["RedisError", "close_redis", "open_redis", "redis"]

_client: Any = None


def open_redis(chosen: Settings) -> None:
    """Make the client. It connects at its first command, so a missing Redis does not stop the start."""
    global _client  # noqa: PLW0603 - the only place that keeps it
    if chosen.redis.url:
        _client = _kind(Redis, chosen).from_url(
            chosen.redis.url,
            decode_responses=True,
            socket_timeout=chosen.redis.timeout_seconds,
            socket_connect_timeout=chosen.redis.timeout_seconds,
            # No retries: the pool replaces connections that the server closed before it hands them out, and a command
            # whose answer was lost may have run; a second run would add to a cart twice.
            retry=Retry(NoBackoff(), 0),
            health_check_interval=30,
            max_connections=200,
        )
    else:
        from fakeredis import FakeAsyncRedis  # imported here: production never loads it

        _client = _kind(FakeAsyncRedis, chosen)(decode_responses=True)


def _kind(kind: type[Any], chosen: Settings) -> type[Any]:
    if not chosen.server_timing:
        return kind
    from src.core.redis.timing import timed

    return timed(kind)


async def close_redis() -> None:
    """Close the client, if it is open."""
    global _client  # noqa: PLW0603 - see open_redis
    if _client is not None:
        await _client.aclose()
        _client = None


@at_each_beat
def _look_at_connections() -> None:
    """Return the number of the client's connections. The embedded Redis has none."""
    if isinstance(_client, Redis) and not type(_client).__module__.startswith("fakeredis"):
        for count, what in _client.connection_pool.get_connection_count():
            REDIS_CONNECTIONS.of("used" if what.get("db.client.connection.state") == "used" else "idle").set(count)


def redis() -> Any:
    """Return the open client (typed Any: fakeredis and redis-py share no interface). Raises RuntimeError if it is not
    open.
    """
    if _client is None:
        raise RuntimeError("Redis is not open: the lifespan of the app opens it")
    return _client
