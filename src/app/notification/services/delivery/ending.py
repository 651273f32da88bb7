"""Write how a try to send a message ended.

The write is kept if the database is unavailable (`late_writes`): the message does not wait for the end of its lease,
and what was sent is not sent again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from src.app.notification.models import Message, MessageChannel, MessageStatus
from src.app.notification.services.phone import polling
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes, queue
from src.core.database.statements import change, marks

FIRST_DELAY_SECONDS: Final = 5.0
MAX_PROVIDER_ID: Final = 100  # what the column holds


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the provider took, and what the provider calls it."""

    row: Message
    channel: MessageChannel
    provider_id: str = ""


async def note_sent(sent: Sequence[Sent]) -> None:
    """Write SENT for messages of one taking, by one statement.

    The provider has them, whoever holds their leases by now: of a row whose lease was lost, the end is written too,
    unless another worker is sending it at this moment, whose answer decides then.
    """
    if not sent:
        return
    now, ids = clock.now(), [each.row.id for each in sent]
    channels = {each.row.id: each.channel.value for each in sent}
    names = {each.row.id: each.provider_id[:MAX_PROVIDER_ID] for each in sent}
    looks = {each.row.id: polling.first_look(each.channel, each.provider_id) for each in sent}
    erased = {each.row.id: "" for each in sent if _is_forgotten(each.row)}
    by_row: dict[str, Mapping[int, Any]] = {
        "channel": channels,
        "provider_id": names,
        "result_due_at": looks,
        "content": erased,
    }
    cases = [_case(column, values) for column, values in by_row.items() if values]
    text = (
        f"UPDATE message SET {''.join(words for words, _ in cases)}"  # noqa: S608 - our own words
        "status = %s, work_status = %s, sent_at = %s, done_at = %s, last_error = ''"
        f" WHERE id IN ({marks(len(ids))}) AND (lease_token = %s OR status <> %s)"
    )
    values = [value for _, given in cases for value in given]
    values += [MessageStatus.SENT.value, WorkStatus.DONE.value, now, now, *ids]
    values += [sent[0].row.lease_token, MessageStatus.SENDING.value]
    await late_writes.write_or_keep(lambda: change(text, values))


def _case(column: str, values: Mapping[int, Any]) -> tuple[str, list[Any]]:
    """Return the assignment of a column whose value differs by row, with a comma behind it, and its parameters."""
    words = f"{column} = CASE id{' WHEN %s THEN %s' * len(values)} ELSE {column} END, "
    return words, [part for pair in values.items() for part in pair]


async def try_later(row: Message, reason: str) -> None:
    """Put the message back, with growing delays. After the last try it has FAILED."""
    values = queue.later(row, reason, first_delay=FIRST_DELAY_SECONDS)
    waits = values["work_status"] is WorkStatus.PENDING
    status = MessageStatus.QUEUED if waits else MessageStatus.FAILED
    await queue.end(row, **values, status=status, unknowns=row.unknowns)


async def close(row: Message, end: MessageStatus, reason: str) -> None:
    """Write an end without success. What a person must look at becomes DEAD work."""
    work = WorkStatus.DONE if end is MessageStatus.WITHHELD else WorkStatus.DEAD
    changes = {"status": end, "work_status": work, "done_at": clock.now(), "last_error": reason[:200]}
    changes |= {"unknowns": row.unknowns}
    if _is_forgotten(row):
        changes |= {"content": ""}
    await queue.end(row, **changes)


def _is_forgotten(row: Message) -> bool:
    """Whether address and text go with the end: their owner asked for that, or their time is over."""
    return row.forget_at <= clock.now()
