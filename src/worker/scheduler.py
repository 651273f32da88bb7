"""The scheduler process, ``python -m src.worker.scheduler``: sends each job to the workers when it is due.

Several schedulers may run: each slot is taken by one of them.
"""

import asyncio

from src.core.configs import Settings
from src.worker.process.entry import main
from src.worker.process.runner import Runner
from src.worker.transport.redis_streams import RedisStreams


async def schedule(chosen: Settings, stop: asyncio.Event) -> None:
    """Send due jobs until `stop` is set."""
    async with RedisStreams(chosen.redis.url) as streams:
        runner = Runner((), schedule=streams)
        await runner.start()
        await stop.wait()
        await runner.stop()


if __name__ == "__main__":
    main("scheduler", schedule)
