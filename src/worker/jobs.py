"""The jobs of the shop: what each does, how often, and whether one at a time may run (domain.md, section 5)."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.exceptions import IntegrityError

from src.app.auth.services.recovery_cleanup import remove_spent
from src.app.checkout.services.expiring import expire_due
from src.app.checkout.services.hints import process_inbox
from src.app.checkout.services.rereading import reread_due
from src.app.event.services import views as event_views
from src.app.notice.services import policy_versions
from src.app.notice.services import views as notice_views
from src.app.order.services.separating import purge_legal_records, separate_due
from src.app.payment.services import separating as payment_separating
from src.app.payment.services.refunds import send_due
from src.app.product.services import restock_alerts, restock_sending
from src.app.product.services.indexing import index_all_missing
from src.app.product.services.prices import settle
from src.app.product.services.stock import ledger_gaps
from src.app.search.services.counting import flush, store
from src.app.user.services.withdrawing import finish_due
from src.common.models.job import Job, JobRun
from src.common.utils import clock
from src.common.utils.idempotency import forget_old
from src.common.utils.logs import where
from src.common.utils.media.sweeping import sweep_orphan_images
from src.core.configs import settings
from src.worker.relay import relay_outbox

logger = logging.getLogger(__name__)

HOLDER = secrets.token_hex(13)
LEASE = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class JobSpec:
    """A job. `work` returns how much it worked off. `every` is the pause in seconds between two looks.

    A `single` job is run by one process at a time under a lease in its row; the others take rows of work, each by one
    process at a time, and run in every worker.
    """

    name: str
    work: Callable[[], Awaitable[int]]
    every: float
    single: bool = False


async def check_invariants() -> int:
    """Compare every variant's stock with its ledger (promise P1); each gap is an alarm in the log."""
    gaps = await ledger_gaps()
    for variant_id, stock, ledger in gaps:
        logger.critical("stock of variant %d is %d, its ledger says %d", variant_id, stock, ledger)
    return len(gaps)


async def flush_views() -> int:
    """Add the looks that this worker counted to notices and events; how many rows. Answers only what was written."""
    return await notice_views.flush() + await event_views.flush()


def specs() -> dict[str, JobSpec]:
    """All jobs by name."""
    interval = float(settings().orders.expiry_interval_seconds)
    return {
        spec.name: spec
        for spec in (
            JobSpec(name="process-inbox", work=process_inbox, every=2.0),
            JobSpec(name="send-refunds", work=send_due, every=2.0),
            JobSpec(name="relay-outbox", work=relay_outbox, every=2.0),
            JobSpec(name="reread-payments", work=reread_due, every=5.0),
            JobSpec(name="refresh-policies", work=policy_versions.refresh, every=2.0),
            JobSpec(name="flush-views", work=flush_views, every=5.0),
            JobSpec(name="settle-prices", work=settle, every=10.0, single=True),
            JobSpec(name="expire-orders", work=expire_due, every=interval, single=True),
            JobSpec(name="finish-withdrawals", work=finish_due, every=60.0, single=True),
            JobSpec(name="separate-orders", work=separate_due, every=600.0, single=True),
            JobSpec(name="separate-payments", work=payment_separating.separate_due, every=600.0, single=True),
            JobSpec(name="purge-legal-records", work=purge_legal_records, every=3600.0, single=True),
            JobSpec(
                name="purge-payment-records", work=payment_separating.purge_payment_records, every=3600.0, single=True
            ),
            JobSpec(name="forget-spent-codes", work=remove_spent, every=3600.0, single=True),
            JobSpec(name="send-restock-alerts", work=restock_sending.send_due, every=10.0),
            JobSpec(name="forget-restock-alerts", work=restock_alerts.forget_old, every=3600.0, single=True),
            JobSpec(name="forget-idempotency-keys", work=forget_old, every=3600.0, single=True),
            JobSpec(name="sweep-orphan-images", work=sweep_orphan_images, every=21_600.0, single=True),
            JobSpec(name="note-searches", work=flush, every=10.0),
            JobSpec(name="store-search-terms", work=store, every=300.0, single=True),
            JobSpec(name="index-products", work=index_all_missing, every=60.0, single=True),
            JobSpec(name="check-invariants", work=check_invariants, every=600.0, single=True),
        )
    }


NEEDS_REDIS = frozenset({"relay-outbox", "note-searches", "store-search-terms"})


async def run_job(name: str) -> int:
    """Run one job by hand until it finds nothing more; returns how much it worked off. Safe beside the runner.

    The clock is the caller's (`clock.as_of`). Raises KeyError for an unknown name. The run goes into the history.
    """
    spec = specs()[name]
    started = clock.now()
    total = 0
    while done := await spec.work():
        total += done
        if spec.single:
            break
    await note_run(name, started=started, done=total)
    return total


async def note_run(name: str, *, started: datetime, done: int, error: str = "") -> None:
    """Write one row of the run history."""
    await JobRun.create(job_name=name, started_at=started, finished_at=clock.now(), done=done, error=error[:200])


async def take_lease(spec: JobSpec) -> bool:
    """Whether this process may run the job now: it is due, and nobody else has it. Overdue ones are due at once."""
    now = clock.now()
    free = Job.filter(name=spec.name, lease_until__lte=now, next_run_at__lte=now)
    if await free.update(holder=HOLDER, lease_until=now + LEASE, next_run_at=now + timedelta(seconds=spec.every)):
        return True
    if not await Job.filter(name=spec.name).exists():
        try:
            await Job.create(name=spec.name, lease_until=now, next_run_at=now)
        except IntegrityError:
            logger.debug("job %s was made by another process", spec.name)
    return False


async def renew_lease(spec: JobSpec) -> None:
    """Keep the job while it runs."""
    await Job.filter(name=spec.name, holder=HOLDER).update(lease_until=clock.now() + LEASE)


async def give_lease_back(spec: JobSpec) -> None:
    """Let the next process have it when it is due."""
    await Job.filter(name=spec.name, holder=HOLDER).update(lease_until=clock.now(), holder="")


async def run_once(spec: JobSpec) -> int:
    """One run by the runner: failures are logged and noted, runs that did nothing are not."""
    started = clock.now()
    try:
        done = await spec.work()
    except Exception as error:  # noqa: BLE001 - a job that fails runs again at its next turn
        logger.error("job %s failed: %s", spec.name, where(error))
        if spec.single:
            await note_run(spec.name, started=started, done=0, error=type(error).__name__)
        return 0
    if done and spec.single:
        await note_run(spec.name, started=started, done=done)
    return done
