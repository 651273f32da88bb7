"""Cache of ``GET /me`` in Redis, next to the sessions.

Every page of a signed-in member requests it, and the session is read anyway: one round trip reads both. The database
row is authoritative. Code that changes the row clears the cache after the commit (`forget`); the time limit covers a
process that dies in between. `no` counts the clearings: a reader stores its result only if `no` is unchanged, so an
outdated row is never stored.
"""

import logging
from typing import Final

from src.common.identity import Identity
from src.core.redis import RedisError, redis
from src.core.redis.scripts import run_script

logger = logging.getLogger(__name__)

KEPT_SECONDS: Final = 60
KEEP: Final = """
if (redis.call('HGET', KEYS[1], 'no') or '') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'answer', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
"""KEYS: the hash `me`. ARGV: the `no` that was read with the session, the response, the lifetime in seconds."""


def key_of(kind: str, account_id: int) -> str:
    """Return the key of the hash with `answer` and `no`. It names the account, so all its sessions share it."""
    return f"me:{kind}:{account_id}"


async def keep(by: Identity, answer: str) -> None:
    """Store `answer` for KEPT_SECONDS, unless the account changed since `by` was read. A failing Redis is only logged:
    without an entry the database is read.
    """
    try:
        await run_script(KEEP, [key_of(by.kind, by.id or 0)], (by.remembered_no, answer, KEPT_SECONDS))
    except (RedisError, OSError) as error:
        logger.warning("an account's answer was not kept: %s", type(error).__name__)


async def forget(member_id: int) -> None:
    """Clear the entry, so that the next reader reads the row. A failing Redis is only logged: without it nobody is
    signed in."""
    key = key_of("member", member_id)
    try:
        async with redis().pipeline(transaction=True) as steps:
            steps.hincrby(key, "no", 1)
            steps.hdel(key, "answer")
            steps.expire(key, KEPT_SECONDS)
            await steps.execute()
    except (RedisError, OSError) as error:
        logger.warning("member %d was not forgotten: %s", member_id, type(error).__name__)
