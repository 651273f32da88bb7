"""Several events of one topic that are handled together, and what their handlers read: by one statement each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from src.app.deposit.models import ManualTransfer
from src.app.deposit.services.queries import is_transfer, transfers_of
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order, OrderLine
from src.app.order.services import queries as orders
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.common.models.outbox_event import OutboxEvent

Errors = Mapping[int, Exception]
"""What failed, by the event's id."""


class Batch:
    """Events of different aggregates. Each kind of row is read when it is first asked for, and then kept."""

    def __init__(self, events: Sequence[OutboxEvent]) -> None:
        self.events = tuple(events)
        self._orders: dict[int, Order] | None = None
        self._lines: dict[int, list[OrderLine]] | None = None
        self._payments: dict[int, list[Payment]] | None = None
        self._transfers: dict[int, ManualTransfer] | None = None

    async def orders(self) -> list[tuple[OutboxEvent, Order]]:
        """Return each event with its order. Raises OrderNotFound if one is missing."""
        if self._orders is None:
            self._orders = await orders.by_ids(self._order_ids())
        if not self._orders.keys() >= set(self._order_ids()):
            raise OrderNotFound
        return [(event, self._orders[event.payload["order_id"]]) for event in self.events]

    async def lines(self) -> dict[int, list[OrderLine]]:
        """Return the lines of the orders by order id."""
        if self._lines is None:
            self._lines = await orders.lines_of(self._order_ids())
        return self._lines

    async def payments(self) -> dict[int, list[Payment]]:
        """Return the payments of the orders by order id, oldest first."""
        if self._payments is None:
            self._payments = await of_orders(self._order_ids())
        return self._payments

    async def transfers(self) -> dict[int, ManualTransfer]:
        """Return the manual transfers that orders wait or waited for by order id; none for other ways to pay."""
        if self._transfers is None:
            lines = await self.lines()
            self._transfers = await transfers_of([key for key in self._order_ids() if is_transfer(lines[key])])
        return self._transfers

    def _order_ids(self) -> list[int]:
        return sorted({event.payload["order_id"] for event in self.events})


class Together:
    """A handler of any number of events at once. Called with a payload, it handles that event alone.

    What it raises says nothing of any single event: the relay then hands it one event after the other. So it must be
    harmless to repeat, and should write all or nothing. What it returns are the events that failed.
    """

    def __init__(self, many: Callable[[Batch], Awaitable[Errors | None]]) -> None:
        self._many = many
        self.__doc__ = many.__doc__

    async def __call__(self, payload: dict[str, Any]) -> None:
        for error in (await self.many(Batch([OutboxEvent(id=0, payload=payload)]))).values():
            raise error

    async def many(self, batch: Batch) -> Errors:
        """Handle the events; return the errors of those that failed."""
        return await self._many(batch) or {}
