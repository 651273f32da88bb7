"""Gauges that one process collects from the database and Redis when Prometheus requests them (`gauges.Source`).

Each collection runs a fixed number of indexed statements, independent of the size of the tables.
"""

from typing import Any, Final

from redis.exceptions import ResponseError

from src.app.order.services import gauges as orders
from src.app.payment.services import gauges as payments
from src.app.product.services.restock.alerts import count_due
from src.common import clock
from src.common.models.inbox_message import InboxMessage
from src.common.models.job import Job
from src.common.models.outbox_event import OutboxEvent
from src.common.records.invariants import PROMISES, open_breaches
from src.common.work.queue import standing
from src.core.observing.gauges import CollectedGauge, Readings, Source
from src.core.redis import redis
from src.worker.transport.base import GROUP, LANES, PREFIX

WORK_WAITING: Final = CollectedGauge("shop_work_waiting", "Rows of work that are not done.", ("table",))
WORK_DEAD: Final = CollectedGauge(
    "shop_work_dead", "Rows of work that failed too often and wait for a person.", ("table",)
)
WORK_OLDEST: Final = CollectedGauge(
    "shop_work_oldest_seconds", "Age of the oldest row of work that is not done.", ("table",)
)
UNPAID_ORDERS: Final = CollectedGauge("shop_unpaid_orders", "Unpaid orders, which hold stock.", ("status",))
UNITS_HELD: Final = CollectedGauge("shop_units_held", "Units that unpaid orders keep from being sold.")
HOLDS_OVERDUE: Final = CollectedGauge(
    "shop_holds_overdue", "Unpaid orders whose hold is over and that did not expire yet."
)
DISCREPANCIES: Final = CollectedGauge(
    "shop_discrepancies_open", "Money that does not add up and nobody resolved.", ("kind",)
)
BREACHES: Final = CollectedGauge(
    "shop_invariant_breaches_open", "Promises of stock and money that are broken now.", ("promise",)
)
REFUNDS_LATE: Final = CollectedGauge(
    "shop_refunds_late", "Refunds unsent for over an hour; overdue: past three business days.", ("what",)
)
JOB_OVERDUE: Final = CollectedGauge("shop_job_overdue_seconds", "How long a job is due without being run.", ("name",))

QUEUE_LENGTH: Final = CollectedGauge("shop_queue_length", "Tasks in a Redis stream, taken ones included.", ("queue",))
QUEUE_PENDING: Final = CollectedGauge(
    "shop_queue_pending", "Tasks that were taken and are not acknowledged.", ("queue",)
)
QUEUE_OLDEST: Final = CollectedGauge(
    "shop_queue_oldest_pending_seconds", "Age of the oldest task that was taken and is not acknowledged.", ("queue",)
)

QUEUES: Final = tuple(LANES)


def sources() -> list[Source]:
    """Return all sources."""
    return [Source("database", database), Source("redis", queues)]


async def database() -> Readings:
    """Collect the gauges of the tables."""
    now = clock.now()
    alerts: dict[tuple[str, ...], float] = {("restock_alert",): await count_due()}
    work = {
        "outbox": await standing(OutboxEvent, since="created_at"),
        "inbox": await standing(InboxMessage, since="received_at"),
        "refund": await payments.refund_work(),
    }
    return {
        WORK_WAITING: {(name,): one.pending for name, one in work.items()} | alerts,
        WORK_DEAD: {(name,): one.dead for name, one in work.items()},
        WORK_OLDEST: {(name,): one.oldest_seconds for name, one in work.items()},
        UNPAID_ORDERS: _by(await orders.unpaid_orders()),
        UNITS_HELD: {(): await orders.units_held()},
        HOLDS_OVERDUE: {(): await orders.holds_overdue(now)},
        DISCREPANCIES: _by(await payments.open_discrepancies()),
        BREACHES: _by(dict.fromkeys(PROMISES, 0) | await open_breaches()),
        REFUNDS_LATE: _by(await payments.late_refunds(now)),
        JOB_OVERDUE: {
            (job.name,): 0.0 if job.lease_until > now else max(0.0, (now - job.next_run_at).total_seconds())
            for job in await Job.all()
        },
    }


async def queues() -> Readings:
    """Collect the gauges of the task streams. A stream that does not exist counts as empty."""
    length: dict[tuple[str, ...], float] = {}
    pending: dict[tuple[str, ...], float] = {}
    oldest: dict[tuple[str, ...], float] = {}
    for queue in QUEUES:
        key = PREFIX + queue
        length[queue,] = int(await redis().xlen(key))
        pending[queue,], oldest[queue,] = await _pending(key)
    return {QUEUE_LENGTH: length, QUEUE_PENDING: pending, QUEUE_OLDEST: oldest}


async def _pending(key: str) -> tuple[int, float]:
    """Return the number of taken messages and the age of the oldest: ids begin with milliseconds."""
    try:
        found: Any = await redis().xpending(key, GROUP)
    except ResponseError:  # no such stream, or no such group yet
        return 0, 0.0
    if not found["pending"]:
        return 0, 0.0
    put_at = int(str(found["min"]).partition("-")[0]) / 1000
    return int(found["pending"]), max(0.0, clock.now().timestamp() - put_at)


def _by(counts: dict[str, int]) -> dict[tuple[str, ...], float]:
    return {(name,): count for name, count in counts.items()}
