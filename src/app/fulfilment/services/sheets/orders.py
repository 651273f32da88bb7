"""Send the rows of a tracking sheet order by order, or try it without keeping anything."""

from collections.abc import Sequence

from src.app.fulfilment.dtos.admin.shipments import SentRow, ShipmentRow
from src.app.fulfilment.errors import TrackingNoUsed
from src.app.fulfilment.models import Shipment, ShipmentMethod
from src.app.fulfilment.services.sheets.reading import SheetRow
from src.app.fulfilment.services.sheets.results import Result
from src.app.fulfilment.services.shipments import queries, sending
from src.app.fulfilment.services.shipments.numbers import is_same_person
from src.app.order.errors import OrderNotFound, WrongState
from src.app.order.models import Order, OrderLine
from src.app.order.services import queries as orders
from src.app.order.services.lines.statuses import unsent
from src.app.shipping.services.couriers.book import plain_number
from src.common.exceptions import AppError
from src.common.records.audit import Actor

Key = tuple[str, str]


class Sender:
    """Sends the rows of one import. A dry run rolls each order back, and remembers whose number is whose itself."""

    def __init__(self, *, by: Actor, import_id: str, is_dry_run: bool) -> None:
        self._by = by
        self._import_id = import_id
        self._is_dry_run = is_dry_run
        self._sent: dict[Key, str] = {}
        self._claimed: dict[Key, Order] = {}

    async def remember(self) -> None:
        """Learn what this import sent before its worker died."""
        found = await Shipment.filter(import_id=self._import_id)
        by_id = {shipment.id: shipment for shipment in found}
        lines = await orders.lines_of(sorted({shipment.order_id for shipment in found}))
        number_of = {line.id: line.line_no for held in lines.values() for line in held}
        for shipment_id, parts in (await queries.parts_of(list(by_id))).items():
            shipment = by_id[shipment_id]
            for part in parts:
                self._sent[number_of[part.order_line_id], shipment.tracking_no] = shipment.number

    async def send(self, groups: Sequence[Sequence[SheetRow]]) -> list[Result]:
        """Send the rows of these orders, each order in one transaction; return what became of each row."""
        lines = {group[0].order_no: await self._lines(group) for group in groups}
        wishes: list[ShipmentRow] = []
        places: dict[int, list[int]] = {}
        results: list[Result] = []
        for group in groups:
            for row in group:
                try:
                    wanted = _wanted(row, lines[row.order_no])
                except AppError as error:
                    results.append(Result.refused(row, error))
                    continue
                places[row.number] = list(range(len(wishes), len(wishes) + len(wanted)))
                wishes += wanted
        sent = await self._send(wishes)
        done = [row for group in groups for row in group if row.number in places]
        return [*results, *(Result.of(row, [sent[place] for place in places[row.number]]) for row in done)]

    async def _lines(self, group: Sequence[SheetRow]) -> list[OrderLine]:
        """Return the lines of the order, if a row names it as a whole."""
        if not any(row.is_whole_order and row.error is None for row in group):
            return []
        try:
            return (await orders.with_lines(group[0].order_no))[1]
        except OrderNotFound:
            return []

    async def _send(self, wishes: Sequence[ShipmentRow]) -> list[SentRow]:
        """Send these rows but for those that were sent before; in a dry run refuse the second person of a number."""
        known = {
            place: self._sent.get((wish.line_no, plain_number(wish.tracking_no))) for place, wish in _placed(wishes)
        }
        open_places = [place for place, _ in _placed(wishes) if known[place] is None]
        answer = await sending.send(
            [wishes[place] for place in open_places],
            by=self._by,
            import_id=self._import_id,
            is_dry_run=self._is_dry_run,
        )
        rows = dict(zip(open_places, answer.results, strict=True))
        for place, number in known.items():
            if number is not None:
                rows[place] = SentRow(line_no=wishes[place].line_no, outcome="done", shipment=number)
        found = [rows[place] for place, _ in _placed(wishes)]
        return await self._judged(wishes, found) if self._is_dry_run else found

    async def _judged(self, wishes: Sequence[ShipmentRow], found: Sequence[SentRow]) -> list[SentRow]:
        return [
            await self._claim(wish, row) if row.outcome == "done" and wish.method == ShipmentMethod.PARCEL else row
            for wish, row in zip(wishes, found, strict=True)
        ]

    async def _claim(self, wish: ShipmentRow, row: SentRow) -> SentRow:
        order = await orders.by_number(wish.line_no.rpartition("-")[0])
        if order is None:
            return row
        key = (wish.courier, plain_number(wish.tracking_no))
        owner = self._claimed.setdefault(key, order)
        if owner.id == order.id or is_same_person(owner, order):
            return row
        return SentRow.refused(wish.line_no, TrackingNoUsed(tracking_no=wish.tracking_no))


def _placed(wishes: Sequence[ShipmentRow]) -> list[tuple[int, ShipmentRow]]:
    return list(enumerate(wishes))


def _wanted(row: SheetRow, lines: Sequence[OrderLine]) -> list[ShipmentRow]:
    """Return what the row sends: its line, or every line of its order that has something left. Raises what refuses the
    row."""
    if row.error is not None:
        raise row.error
    assert row.wish is not None  # noqa: S101 - a row without an error has one
    if not row.is_whole_order:
        return [row.wish]
    if not lines:
        raise OrderNotFound
    left = [line for line in lines if unsent(line) > 0]
    if not left:
        raise WrongState(line_no=lines[0].line_no, line_status=lines[0].status.value)
    return [row.wish.model_copy(update={"line_no": line.line_no}) for line in left]
