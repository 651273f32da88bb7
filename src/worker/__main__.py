"""The worker process, ``python -m src.worker``: takes rows of work, relays events, runs work received over Redis.

Any number of workers may run, on any number of machines.
"""

import asyncio

from src.core.configs import Settings
from src.worker.jobs.schedule import specs
from src.worker.process.entry import main
from src.worker.process.in_web import leave_off
from src.worker.process.runner import Runner
from src.worker.transport.redis_streams import RedisStreams

GRACE_SECONDS = 25.0


async def work(chosen: Settings, stop: asyncio.Event) -> None:
    """Work until `stop` is set; then take no more work and finish the work in progress."""
    async with RedisStreams(chosen.redis.url) as streams:
        runner = Runner(spec for spec in specs(streams).values() if not spec.single and not spec.local)
        await runner.start()
        async with asyncio.TaskGroup() as both:
            both.create_task(streams.receive(stop, seconds=GRACE_SECONDS))
            both.create_task(_stop(runner, stop))


async def _stop(runner: Runner, stop: asyncio.Event) -> None:
    await stop.wait()
    leave_off()
    await runner.stop()


if __name__ == "__main__":
    main("worker", work)
