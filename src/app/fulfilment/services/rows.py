"""Run a command on up to 500 lines: one transaction an order, and a result for every line."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from src.app.fulfilment.dtos.admin.rows import RowResult, RowResults
from src.app.fulfilment.errors import LineTwice
from src.app.order.errors import LineNotFound
from src.app.order.models import OrderLine
from src.app.order.services.lines.queries import orders_of
from src.app.order.services.lines.writing import LockedOrder, Saved, lock_lines, save_lines
from src.common.exceptions import AppError
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import Event, emit
from src.core.database import unit_of_work

Change = Callable[[OrderLine], None]


@dataclass(frozen=True, kw_only=True)
class Command:
    """What is done to each line. `change` checks one line and changes its attributes; it raises the error that refuses
    the line before it changes anything. `action` names the audit rows, `reason` stands in the timeline, and `event`
    makes the event of an order's id and the ids of its lines that were changed."""

    change: Change
    action: str
    reason: str
    event: Callable[[int, tuple[int, ...]], Event] | None = None


async def change_lines(line_nos: Sequence[str], command: Command, *, by: Actor) -> RowResults:
    """Do the same to each of these lines; a line that is refused does not keep the others.

    Each order is one transaction, which locks the order and its lines, writes the timeline and one audit row a line,
    and emits the command's event if anything changed. Orders are taken in the order of their ids, so that two calls do
    not wait for each other in a circle. A line that is named twice is refused.
    """
    results = {line_no: RowResult.refused(line_no, LineTwice(line_no=line_no)) for line_no in _twice(line_nos)}
    found = await orders_of([line_no for line_no in line_nos if line_no not in results])
    for line_no in line_nos:
        if line_no not in found and line_no not in results:
            results[line_no] = RowResult.refused(line_no, LineNotFound(line_no=line_no))
    by_order: defaultdict[int, list[str]] = defaultdict(list)
    for line_no, order_id in found.items():
        by_order[order_id].append(line_no)
    for order_id, lines in sorted(by_order.items()):
        results |= await _order(order_id, lines, command, by=by)
    rows = [results[line_no] for line_no in line_nos]
    done = sum(row.outcome == "done" for row in rows)
    return RowResults(done=done, refused=len(rows) - done, results=rows)


def _twice(line_nos: Sequence[str]) -> list[str]:
    return [line_no for line_no, count in Counter(line_nos).items() if count > 1]


async def _order(order_id: int, line_nos: Sequence[str], command: Command, *, by: Actor) -> dict[str, RowResult]:
    async def run() -> dict[str, RowResult]:
        locked = await lock_lines(order_id)
        results = {line_no: _line(locked, line_no, command.change) for line_no in line_nos}
        saved = await save_lines(locked, actor=by.key, reason=command.reason)
        await audit.record_all(_entries(locked, saved, command.action), by=by)
        if command.event is not None and saved.lines:
            await emit(command.event(order_id, tuple(line.id for line in saved.lines)))
        return results

    try:
        return await unit_of_work(run)
    except AppError as error:
        return {line_no: RowResult.refused(line_no, error) for line_no in line_nos}


def _line(locked: LockedOrder, line_no: str, change: Change) -> RowResult:
    try:
        change(locked.line(line_no))
    except AppError as error:
        return RowResult.refused(line_no, error)
    return RowResult(line_no=line_no, outcome="done")


def _entries(locked: LockedOrder, saved: Saved, action: str) -> list[audit.Entry]:
    entries = []
    for line in saved.lines:
        before, after = audit.changed(locked.read[line.id], locked.values(line))
        target = ("order_line", line.line_no)
        entries.append(audit.Entry(action=action, target=target, before=_plain(before), after=_plain(after)))
    return entries


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Return the values as JSON has them."""
    return {name: value if isinstance(value, int | None) else str(value) for name, value in values.items()}
