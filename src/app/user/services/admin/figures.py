"""What other domains tell the members' staff screen; `bootstrap.hooks` registers them. Registering again replaces.

`OrdersRead`: returns the number of a member's orders and when the last one was placed. `NamesRead`: returns the names
of these staff members, by id.
"""

from collections.abc import Awaitable, Callable

from src.app.user.dtos.admin import OrderFigures

OrdersRead = Callable[[int], Awaitable[OrderFigures]]
NamesRead = Callable[[set[int]], Awaitable[dict[int, str]]]

_orders: OrdersRead | None = None
_names: NamesRead | None = None


def register_order_figures(reader: OrdersRead) -> None:
    """Set the order domain's answer."""
    global _orders  # noqa: PLW0603 - the one place that keeps it
    _orders = reader


def register_staff_names(reader: NamesRead) -> None:
    """Set the staff domain's answer."""
    global _names  # noqa: PLW0603 - the one place that keeps it
    _names = reader


async def of_orders(user_id: int) -> OrderFigures:
    """See `OrdersRead`. Raises RuntimeError if there is none."""
    if _orders is None:
        raise RuntimeError("register_order_figures was not called")
    return await _orders(user_id)


async def names_of_staff(staff_ids: set[int]) -> dict[int, str]:
    """See `NamesRead`. Raises RuntimeError if there is none."""
    if _names is None:
        raise RuntimeError("register_staff_names was not called")
    return await _names(staff_ids)
