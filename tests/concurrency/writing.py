"""A writer for the cluster tests: ``python -m tests.concurrency.writing URL COUNT`` increments one counter COUNT times,
each time in its own unit of work, and prints the number of each outcome as JSON."""

import asyncio
import json
import sys
from collections import Counter

from tortoise import Tortoise
from tortoise.expressions import F

from src.common.models import Job
from src.core.configs import Settings
from src.core.configs.groups import DatabaseSettings, ServerSettings
from src.core.database import unit_of_work
from src.core.database.tortoise import tortoise_config

NAME = "counter"


async def raise_it() -> None:
    """Increment the counter by one."""
    await Job.filter(name=NAME).update(last_done=F("last_done") + 1)
    await asyncio.sleep(0)


async def main(url: str, count: int) -> None:
    """Increment in two tasks at once, as two requests would."""
    chosen = Settings(server=ServerSettings(env="test"), database=DatabaseSettings(url=url, host=""))
    await Tortoise.init(config=tortoise_config(chosen), _enable_global_fallback=True)
    said: Counter[str] = Counter()

    async def some() -> None:
        for _ in range(count // 2):
            try:
                await unit_of_work(raise_it)
            except Exception as error:  # noqa: BLE001 - the test counts errors by type
                said[f"{type(error).__module__}.{type(error).__name__}"] += 1
            else:
                said["done"] += 1

    try:
        await asyncio.gather(some(), some())
    finally:
        await Tortoise.close_connections()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
