"""Run a Lua script by its hash: one round trip, two where the server has forgotten it."""

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from redis.exceptions import NoScriptError

from src.core.redis import redis


async def run_script(script: str, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
    """Return the script's result. Raises RedisError; a script is atomic, so then all of it happened or nothing."""
    client = redis()
    try:
        return await client.evalsha(_sha(script), len(keys), *keys, *arguments)
    except NoScriptError:
        return await client.eval(script, len(keys), *keys, *arguments)


@cache
def _sha(script: str) -> str:
    return hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()
