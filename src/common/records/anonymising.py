"""Anonymise records of former members, and store values that the law requires separately (`legal_record`).

A domain calls `anonymise` in its `personal_data.erase`. It stores a request, with which `anonymise_due` continues after
a crash and returns to records that were still open. `keep` writes a legal record, `purge` deletes it when its time is
over.
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
"""Anonymise the member's records that have ended. Returns their number, and True if no personal value is left."""

# An order that was being placed while the member's sessions ended is committed well within this time.
SETTLED_AFTER: Final = timedelta(hours=1)
BATCH: Final = 200


async def anonymise(domain: str, member_id: int, step: Step) -> int:
    """Store the request, run `step`, and close the request if nothing personal is left. Returns the number of records
    that `step` anonymised.

    A repeat, also a concurrent one or one after a crash, continues with the remaining records; `step` must allow that.
    A request stays open for SETTLED_AFTER at least, because a record may still be committed in that time.
    """
    await _request(domain, member_id)
    moved, is_done = await step(member_id)
    if is_done:
        await unit_of_work(partial(_close, domain, member_id))
    return moved


async def anonymise_due() -> int:
    """Continue every open request, and return the number of anonymised records. The job ``anonymise-former-members``.
    A failure is logged and does not stop the other members."""
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
    """Store these values as a legal record until the period of the class `retention`, begun at `since`, ends.

    Call it in the transaction that locks the record. Raises IntegrityError for a second legal record of one record.
    """
    await LegalRecord.create(
        domain=domain,
        reference=reference,
        payload=payload,
        keep_until=kept_until(since, retention),
        created_at=clock.now(),
    )


async def is_kept(domain: str, reference: str) -> bool:
    """Return True if the record has a legal record, also one in the former tables of the previous release."""
    mine = LegalRecord.filter(domain=domain, reference=reference)
    return await mine.exists() or await former_tables.is_kept(domain, reference)


async def purge() -> int:
    """Delete legal records whose time is over, and return their number. The job ``purge-legal-records``.

    Each batch commits on its own, so a repeat, also a concurrent one or one after a crash, deletes the rest. Not
    subject to ``RETENTION``: `keep_until` was set when the row was written.
    """
    now, gone = clock.now(), await former_tables.purge()
    due = LegalRecord.filter(keep_until__lte=now).order_by("id").limit(BATCH)
    while ids := list(await due.values_list("id", flat=True)):
        gone += await single_statement(LegalRecord.filter(id__in=ids).delete, is_harmless=True)
    return gone


async def records_due() -> int:
    """Return the number of legal records that `purge` would delete now."""
    return await LegalRecord.filter(keep_until__lte=clock.now()).count()


async def _request(domain: str, member_id: int) -> None:
    if await Anonymisation.filter(domain=domain, member_id=member_id).exists():
        return
    now = clock.now()
    try:
        await unit_of_work(lambda: Anonymisation.create(domain=domain, member_id=member_id, requested_at=now))
    except IntegrityError:
        return  # a concurrent call wrote it


async def _close(domain: str, member_id: int) -> None:
    now = clock.now()
    waiting = Anonymisation.filter(domain=domain, member_id=member_id, done_at=None)
    await waiting.filter(requested_at__lte=now - SETTLED_AFTER).update(done_at=now)


async def _unfinished(*, after: int) -> list[tuple[int, str, int]]:
    waiting = Anonymisation.filter(done_at=None, id__gt=after).order_by("id").limit(BATCH)
    return list(await waiting.values_list("id", "domain", "member_id"))
