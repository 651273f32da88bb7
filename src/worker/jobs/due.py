"""Find the jobs that are due and send each to an executor, once per slot."""

import logging
from typing import Any, Final

from src.common.logs.setup import where
from src.common.work.jobs import listed_jobs
from src.worker.jobs import leases
from src.worker.jobs.leases import JobLease
from src.worker.jobs.run import run_leased
from src.worker.transport.base import Transport, Work

logger = logging.getLogger(__name__)

KIND: Final = "job"
LOOK_SECONDS: Final = 1.0


async def send_due(transport: Transport) -> int:
    """Take every slot that is due now, send its lease, and return the number of sent leases. Several processes may call
    it at once: each slot is taken once."""
    specs = listed_jobs()
    sent = 0
    for name in await leases.due(specs):
        if lease := await leases.take(specs[name]):
            payload = {"name": lease.name, "holder": lease.holder}
            await transport.send(Work(kind=KIND, payload=payload, priority=specs[name].priority))
            sent += 1
    return sent


async def run_sent(payload: dict[str, Any]) -> None:
    """Run the job whose lease was sent. The executor of KIND; nothing happens if the lease was lost before it
    arrived."""
    try:
        await run_leased(JobLease(payload["name"], payload["holder"]))
    except Exception as error:  # noqa: BLE001 - the database is unavailable: the lease ends, and the job is due again
        logger.error("job %s could not run: %s", payload["name"], where(error))
