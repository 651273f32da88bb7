"""Transport with taskiq over Redis Streams: one stream for each priority, read by any number of worker processes.

A message holds only the ids of rows and their lease. Redis may lose messages or deliver them twice: see
`transport.base`. If Redis is down, the process that found the work executes it.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any, Final, Self

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError
from taskiq import AckableMessage, AsyncTaskiqDecoratedTask
from taskiq.message import BrokerMessage
from taskiq.receiver import Receiver
from taskiq_redis import RedisStreamBroker

from src.common.work.jobs import Priority
from src.worker.transport.base import GROUP, LANES, PREFIX, Work, execute

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 1_000
"""Number of messages in a stream from which senders wait. A message that waits too long loses its lease and is sent
again."""

ROOM_SECONDS: Final = 0.1
BLOCK_MS: Final = 2_000
CLAIM_AFTER_MS: Final = 60_000
AWAY_SECONDS: Final = 1.0
GONE_AFTER_MS: Final = 86_400_000


class PriorityStream(RedisStreamBroker):
    """taskiq's broker on one stream. It recovers if Redis restarts empty, and deletes messages that are done."""

    def __init__(self, url: str, priority: Priority) -> None:
        super().__init__(
            url,
            queue_name=f"{PREFIX}{priority}",
            consumer_group_name=GROUP,
            consumer_name=f"{socket.gethostname()}-{id(self):x}",
            consumer_id="0",  # also messages sent before the first worker started
            xread_block=BLOCK_MS,
            xread_count=LANES[priority],
            idle_timeout=CLAIM_AFTER_MS,
            unacknowledged_lock_timeout=10,  # a killed worker must not block the others
            max_connection_pool_size=LANES[priority] + 8,
            socket_connect_timeout=2,
            socket_timeout=BLOCK_MS / 1000 + 3,
        )
        self.waiting = 0

    async def kick(self, message: BrokerMessage) -> None:
        """Add a message to the stream and record the stream's length. Raises RedisError."""
        async with Redis(connection_pool=self.connection_pool) as connection:
            pipe = connection.pipeline(transaction=False)
            pipe.xadd(self.queue_name, {b"data": message.message})
            pipe.xlen(self.queue_name)
            self.waiting = (await pipe.execute())[1]

    async def length(self) -> int:
        """Return the number of messages waiting or in progress. Raises RedisError."""
        async with Redis(connection_pool=self.connection_pool) as connection:
            self.waiting = int(await connection.xlen(self.queue_name))
        return self.waiting

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Listen as taskiq does, and resume after a lost connection or after Redis lost the group."""
        while True:
            try:
                async for message in super().listen():
                    yield message
            except ResponseError as error:
                logger.info("%s: %s; the group is made anew", self.queue_name, str(error)[:40])
                await self._declare_quietly()
            except (RedisError, OSError) as error:
                logger.warning("%s: not listening: %s", self.queue_name, type(error).__name__)
                await asyncio.sleep(AWAY_SECONDS)

    async def startup(self) -> None:
        """Declare the group. If Redis is down, `listen` declares it later."""
        await self._declare_quietly()

    async def leave(self) -> None:
        """Remove this consumer, and those of workers killed long ago, from the group.

        A consumer that still has messages stays: others claim them, and only an acknowledgement removes a message.
        """
        async with Redis(connection_pool=self.connection_pool) as connection:
            for consumer in await connection.xinfo_consumers(self.queue_name, GROUP):
                name, is_gone = consumer["name"].decode(), consumer["idle"] > GONE_AFTER_MS
                if not consumer["pending"] and (is_gone or name == self.consumer_name):
                    await connection.xgroup_delconsumer(self.queue_name, GROUP, name)

    async def _declare_quietly(self) -> None:
        try:
            await self._declare_consumer_group()
        except (RedisError, OSError) as error:
            logger.warning("%s: no group yet: %s", self.queue_name, type(error).__name__)
            await asyncio.sleep(AWAY_SECONDS)

    def _ack_generator(self, id: str, queue_name: str) -> Any:  # noqa: A002 - taskiq's name
        async def acknowledge() -> None:
            try:
                async with Redis(connection_pool=self.connection_pool) as connection:
                    pipe = connection.pipeline(transaction=False)
                    pipe.xack(queue_name, GROUP, id)
                    pipe.xdel(queue_name, id)
                    await pipe.execute()
            except (RedisError, OSError) as error:
                logger.info("%s: not acknowledged: %s", self.queue_name, type(error).__name__)

        return acknowledge


class RedisStreams:
    """A transport over Redis: `send` from any process, `receive` in the workers. Open it with `async with`."""

    def __init__(self, url: str) -> None:
        self._lanes: dict[Priority, PriorityStream] = {priority: PriorityStream(url, priority) for priority in LANES}
        self._tasks: dict[Priority, AsyncTaskiqDecoratedTask[..., Any]] = {
            priority: lane.register_task(execute, task_name="work") for priority, lane in self._lanes.items()
        }
        self._exit = AsyncExitStack()

    async def __aenter__(self) -> Self:
        # taskiq logs each message that it takes.
        logging.getLogger("taskiq").setLevel(logging.WARNING)
        for lane in self._lanes.values():
            await lane.startup()
            self._exit.push_async_callback(lane.shutdown)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._exit.aclose()

    async def send(self, work: Work) -> None:
        """Add the work to its stream as soon as that has room. If Redis is down, execute it in this process."""
        lane = self._lanes[work.priority]
        try:
            while lane.waiting >= MOST_WAITING and await lane.length() >= MOST_WAITING:  # noqa: ASYNC110 - Redis sends no event for it
                await asyncio.sleep(ROOM_SECONDS)
            await self._tasks[work.priority].kiq(work.kind, work.payload)
        except Exception as error:  # noqa: BLE001 - taskiq wraps the errors of Redis
            logger.warning("work is done where it was found: %s", type(error.__cause__ or error).__name__)
            lane.waiting = 0
            await execute(work.kind, work.payload)

    def has_room(self, priority: Priority) -> bool:
        """Return True: `send` waits while a stream is full."""
        return True

    async def receive(self, finish: asyncio.Event, *, seconds: float) -> None:
        """Execute the work of all priorities until `finish`; then let running work end, for `seconds` at most."""
        receivers = [
            Receiver(
                lane,
                validate_params=False,
                max_async_tasks=LANES[priority],
                run_startup=False,
                wait_tasks_timeout=seconds,
            )
            for priority, lane in self._lanes.items()
        ]
        for lane in self._lanes.values():
            lane.is_worker_process = True
        await asyncio.gather(*(receiver.listen(finish) for receiver in receivers))
        for lane in self._lanes.values():
            try:
                await lane.leave()
            except (RedisError, OSError) as error:
                logger.info("%s: did not leave: %s", lane.queue_name, type(error).__name__)
