"""Remove former members from records that stay, and keep apart what the law wants kept.

A domain asks for it with `anonymise` in its `personal_data.erase`. The request row lets `anonymise_due` go on where a
process died, and come back for records that were still open. `keep` writes what the law wants kept, `purge` deletes it.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.common import clock
from src.common.logs.setup import where
from src.common.models.anonymisation import Anonymisation, LegalRecord
from src.common.records import former_tables, personal_data
from src.common.records.retention import kept_until
from src.core.database import single_statement, unit_of_work

logger = logging.getLogger(__name__)

Step = Callable[[int], Awaitable[tuple[int, bool]]]
"""Anonymise the member's records as far as they ended: how many, and whether nothing personal is left."""

# An order that was being placed while the member's sessions ended is committed long before this.
SETTLED_AFTER: Final = timedelta(hours=1)
BATCH: Final = 200


async def anonymise(domain: str, member_id: int, step: Step) -> int:
    """Write down the request, run `step`, and close the request where nothing is left; returns how many records
    `step` anonymised.

    A repeat, also at the same time or after a crash in the middle, goes on with what is left: `step` sees to that. A
    request stays open for SETTLED_AFTER at least, since a record could still come in.
    """
    await _request(domain, member_id)
    moved, is_done = await step(member_id)
    if is_done:
        await unit_of_work(partial(_close, domain, member_id))
    return moved


async def anonymise_due() -> int:
    """Go on with every request that is not done; returns how many records were anonymised. The job
    ``anonymise-former-members``. A member that fails is logged and keeps no other."""
    await former_tables.carry_over()
    moved, last = 0, 0
    while requests := await _unfinished(after=last):
        last = requests[-1][0]
        for _, domain, member_id in requests:
            if (module := personal_data.registered().get(domain)) is None:
                logger.error("nobody anonymises for the domain %s", domain)
                continue
            try:
                moved += await module.erase(member_id)
            except Exception as error:  # noqa: BLE001 - see above
                logger.error("%s of member %d could not be anonymised: %s", domain, member_id, where(error))
    return moved


async def keep(domain: str, reference: str, payload: dict[str, Any], *, since: datetime, retention: str) -> None:
    """Keep these values until the period of the class `retention`, which began at `since`, ends.

    Inside the caller's transaction, with the record locked. Raises IntegrityError for a second row of one record.
    """
    await LegalRecord.create(
        domain=domain,
        reference=reference,
        payload=payload,
        keep_until=kept_until(since, retention),
        created_at=clock.now(),
    )


async def is_kept(domain: str, reference: str) -> bool:
    """Whether the record has a legal record, also one that the release before this wrote."""
    mine = LegalRecord.filter(domain=domain, reference=reference)
    return await mine.exists() or await former_tables.is_kept(domain, reference)


async def purge() -> int:
    """Delete the legal records whose time is over; returns how many. The job ``purge-legal-records``.

    In batches that commit by themselves; safe twice, at the same time, and after a crash in the middle. Not subject
    to ``RETENTION``: each row carries the day that was decided when it was written.
    """
    now, gone = clock.now(), await former_tables.purge()
    due = LegalRecord.filter(keep_until__lte=now).order_by("id").limit(BATCH)
    while ids := list(await due.values_list("id", flat=True)):
        gone += await single_statement(LegalRecord.filter(id__in=ids).delete, is_harmless=True)
    return gone


async def records_due() -> int:
    """How many legal records `purge` would delete now."""
    return await LegalRecord.filter(keep_until__lte=clock.now()).count()


async def _request(domain: str, member_id: int) -> None:
    if await Anonymisation.filter(domain=domain, member_id=member_id).exists():
        return
    now = clock.now()
    try:
        await unit_of_work(lambda: Anonymisation.create(domain=domain, member_id=member_id, requested_at=now))
    except IntegrityError:
        return  # the same call at the same time wrote it


async def _close(domain: str, member_id: int) -> None:
    now = clock.now()
    waiting = Anonymisation.filter(domain=domain, member_id=member_id, done_at=None)
    await waiting.filter(requested_at__lte=now - SETTLED_AFTER).update(done_at=now)


async def _unfinished(*, after: int) -> list[tuple[int, str, int]]:
    waiting = Anonymisation.filter(done_at=None, id__gt=after).order_by("id").limit(BATCH)
    return list(await waiting.values_list("id", "domain", "member_id"))
