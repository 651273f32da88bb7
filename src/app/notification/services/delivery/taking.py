"""Take due messages, and begin those that may go, in one transaction with one UPDATE.

A message whose last word is left to Redis or to the consents of advertising is only leased here, and so is one that was
SENDING already: `delivering` judges them and begins them one by one.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from src.app.notification.models import Message, MessageStatus, Way
from src.app.notification.services import hooks
from src.app.notification.services.delivery import log, unproved
from src.app.notification.services.delivery.log import Content
from src.app.notification.services.hooks import Addressed
from src.common.logs.setup import where
from src.common.work import queue
from src.common.work.queue import Lease
from src.core.database.statements import change, dialect, marks

logger = logging.getLogger(__name__)

# MySQL assigns from left to right: `attempts` is the number before this try until it is set. No row has the id 0.
BEGIN: Final = (
    "UPDATE message SET last_error = CASE WHEN id IN ({begun}) THEN {which_try} ELSE last_error END,"
    " status = CASE WHEN id IN ({begun}) THEN %s ELSE status END,"
    " available_at = %s, lease_token = %s, attempts = attempts + 1 WHERE id IN ({taken})"
)
WHICH_TRY: Final = {"mysql": "CONCAT('try ', attempts + 1)", "sqlite": "'try ' || (attempts + 1)"}


@dataclass(slots=True, kw_only=True)
class Taken:
    """A message under this worker's lease.

    `content` is None where it is gone or does not open. `to_prove` is the mail that goes only if it is asked for
    (`hooks.MailRule`) or within the limit. `is_wanted`: it is asked for, or need not be. `is_begun`: it is SENDING,
    committed, and may leave at once.
    """

    row: Message
    content: Content | None = None
    to_prove: Addressed | None = None
    is_wanted: bool = False
    is_begun: bool = False


async def take(*, limit: int) -> list[Taken]:
    """Take up to `limit` due messages for this worker, oldest first. See `queue.take_due`."""
    found: dict[int, Taken] = {}

    async def lease_and_begin(rows: list[Message], lease: Lease) -> None:
        found.clear()
        found.update({row.id: _opened(row) for row in rows})
        await _judge(list(found.values()))
        await _begin(list(found.values()), lease)

    rows = await queue.take_due(Message, limit=limit, leasing=lease_and_begin)
    return [found[row.id] for row in rows]


def _opened(row: Message) -> Taken:
    """Open one message. What does not open must not keep the others: it is told, and ended, when its turn comes."""
    try:
        content = log.opened(row)
        to_prove = content is not None and _needs_proof(row, content)
    except Exception as error:  # noqa: BLE001 - see above
        logger.info("message %s does not open: %s", row.number, where(error))
        return Taken(row=row)
    if content is None or not to_prove:
        return Taken(row=row, content=content, is_wanted=content is not None)
    return Taken(row=row, content=content, to_prove=Addressed(content.to, row.order_no))


async def _judge(taken: Sequence[Taken]) -> None:
    """Find out which mails are asked for. The rule is asked once for all of them."""
    mails = {each.to_prove for each in taken if each.to_prove is not None}
    granted = await hooks.asked_for(mails)
    for each in taken:
        each.is_wanted = each.is_wanted or each.to_prove in granted


def _needs_proof(row: Message, content: Content) -> bool:
    """Whether the address counts: for a mail, and at its first try only."""
    return row.way is Way.MAIL and row.attempts == 0 and unproved.needs_proof(row.template, content.to)


async def _begin(taken: Sequence[Taken], lease: Lease) -> None:
    """Lease all, and write that those which may go are on their way."""
    for each in taken:
        each.is_begun = each.is_wanted and not each.row.is_ad and each.row.status is MessageStatus.QUEUED
    ids = [each.row.id for each in taken]
    begun = [each.row.id for each in taken if each.is_begun] or [0]
    text = BEGIN.format(begun=marks(len(begun)), taken=marks(len(ids)), which_try=WHICH_TRY[dialect()])
    await change(text, [*begun, *begun, MessageStatus.SENDING.value, lease.until, lease.token, *ids])
