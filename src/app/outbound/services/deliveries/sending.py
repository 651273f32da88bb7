"""Send due deliveries, each at least once. Each receiver has its own task, so a slow one does not delay the others."""

import asyncio
import logging
import time
from collections.abc import Collection
from typing import Final

from tortoise.expressions import Q
from tortoise.fields import DatetimeField

from src.app.outbound.models import OutboundDelivery, OutboundWebhook
from src.app.outbound.services.deliveries import outcomes
from src.app.outbound.services.deliveries.outcomes import Try, error_of
from src.app.outbound.services.http.transport import Answer, Message, Transport, Unsent
from src.app.outbound.services.keys import signed_headers
from src.app.outbound.services.messages.envelopes import with_personal
from src.common import clock
from src.common.crypto import CannotUnseal
from src.common.logs.context import request_id, under
from src.common.logs.setup import where
from src.common.work import queue
from src.core.database.statements import fetch
from src.core.http import REQUEST_ID

logger = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Concurrent requests of one worker to one receiver."""
LEASE_SECONDS: Final = 60
"""Longer than a try can take with the DNS lookup and the write, so no other worker takes the row during a try."""
LOOK_AGAIN_SECONDS: Final = 0.5
MOMENT: Final = DatetimeField()
FIRST_OF_EACH: Final = """
SELECT w.id AS id, (
  SELECT d.available_at FROM outbound_delivery d
  WHERE d.work_status = 'PENDING' AND d.webhook_id = w.id ORDER BY d.available_at LIMIT 1
) AS first_at FROM outbound_webhook w WHERE w.is_active ORDER BY w.id
"""


class Sender:
    """The webhook sender of one process."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self._is_stopping = False

    def stop(self) -> None:
        """Begin no more sends. Running sends end within their timeout; the remaining rows stay due for the next run."""
        self._is_stopping = True

    async def send_due(self) -> int:
        """Send until nothing is due; return the number of tries. The job ``send-outbound-webhooks``.

        Each receiver has a lane: a task that leases AT_ONCE rows, oldest first, and sends them. A new lane follows
        while rows are due. Lanes do not wait for each other. Safe in several processes at once. After a cancellation
        the rows being sent stay leased; when the lease expires they are sent again with the same id.
        """
        lanes: dict[int, asyncio.Task[int]] = {}
        ended = 0
        try:
            while True:
                await self._open_lanes(lanes)
                if not lanes:
                    return ended
                done, _ = await asyncio.wait(
                    lanes.values(), timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                lanes = {key: lane for key, lane in lanes.items() if lane not in done}
                ended += sum(lane.result() for lane in done)
        finally:
            for lane in lanes.values():
                lane.cancel()
            await asyncio.gather(*lanes.values(), return_exceptions=True)

    async def _open_lanes(self, lanes: dict[int, asyncio.Task[int]]) -> None:
        if self._is_stopping:
            return
        for webhook in await due_webhooks(besides=lanes.keys()):
            lanes[webhook.id] = asyncio.create_task(self._lane(webhook), name=f"webhook {webhook.id}")

    async def _lane(self, webhook: OutboundWebhook) -> int:
        """Send the next AT_ONCE rows of one receiver concurrently."""
        rows = await queue.take_due(
            OutboundDelivery, limit=AT_ONCE, lease_seconds=LEASE_SECONDS, only=Q(webhook_id=webhook.id)
        )
        await asyncio.gather(*(self._send_under(row, webhook) for row in rows))
        return len(rows)

    async def _send_under(self, row: OutboundDelivery, webhook: OutboundWebhook) -> None:
        with under(row.request_id):
            await self._send(row, webhook)

    async def _send(self, row: OutboundDelivery, webhook: OutboundWebhook) -> None:
        sent_at, began = clock.now(), time.perf_counter()
        answer: Answer | None = None
        try:
            body = with_personal(row.body, row.personal)
            signed = signed_headers(webhook, message_id=row.message_id, body=body, at=sent_at)
            headers = {"Content-Type": "application/json", "User-Agent": "Micgolf-Webhooks/1", **signed}
            if own_id := request_id.get():
                headers[REQUEST_ID] = own_id
            answer = await self.transport.post(Message(webhook.url, body.encode(), headers))
            error = error_of(answer)
        except Unsent as unsent:
            error = unsent.reason
        except CannotUnseal:
            error = "the key cannot be read: DATA_KEY was changed"
            logger.critical("outbound webhook %d: %s", webhook.id, error)
        except Exception as bug:  # noqa: BLE001 - one broken message must not stop the others
            error = type(bug).__name__
            logger.error("outbound delivery %d failed: %s", row.id, where(bug))
        milliseconds = round((time.perf_counter() - began) * 1000)
        try:
            await outcomes.note(row, Try(sent_at, milliseconds, answer, error))
        except Exception as lost:  # noqa: BLE001 - when the lease expires, it is sent again with the same id
            logger.error("outbound delivery %d: what became of it is not noted: %s", row.id, where(lost))


async def due_webhooks(*, besides: Collection[int]) -> list[OutboundWebhook]:
    """Return the active, unpaused webhooks with a due delivery, except `besides`.

    Two queries, or one if nothing is due. The first reads only the earliest pending delivery of each webhook.
    """
    now = clock.now()
    firsts = [(row["id"], MOMENT.to_python_value(row["first_at"])) for row in await fetch(FIRST_OF_EACH)]
    ids = [key for key, first_at in firsts if first_at is not None and first_at <= now and key not in besides]
    if not ids:
        return []
    open_now = OutboundWebhook.filter(Q(paused_until=None) | Q(paused_until__lte=now), id__in=ids, is_active=True)
    return await open_now.order_by("id")


_sender: Sender | None = None


def use_sender(chosen: Sender | None) -> None:
    """Set the sender of the process."""
    global _sender  # noqa: PLW0603 - the one place that keeps it
    _sender = chosen


def sender() -> Sender:
    """Return the sender of the process. Raises RuntimeError before one is set."""
    if _sender is None:
        raise RuntimeError("no sender of webhooks: the lifespan of the app opens it")
    return _sender


async def send_due() -> int:
    """See `Sender.send_due`."""
    return await sender().send_due()
