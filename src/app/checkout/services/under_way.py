"""Settlements under way in this process: who comes second waits for the first instead of doing the same again."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from src.app.order.models import Order
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import Payment


@dataclass(frozen=True, kw_only=True)
class Settled:
    """Order and payment after settling. `is_unclosed`: closing an account, or the read after it, failed."""

    order: Order
    payment: Payment
    is_unclosed: bool = False


Ending = asyncio.Future[Settled | None]

_running: Final[dict[str, Ending]] = {}


@contextmanager
def told_of(payment_id: str) -> Iterator[Ending]:
    """Let others wait for the settlement that the body makes. The body sets the result.

    Without one, because of an error or a cancel, those who wait learn nothing; an outage of PortOne is theirs too.
    """
    ending: Ending = asyncio.get_running_loop().create_future()
    is_first = _running.setdefault(payment_id, ending) is ending
    try:
        yield ending
    except PaymentProviderUnavailable as error:
        ending.set_exception(error)
        ending.exception()  # retrieved: nobody may be waiting
        raise
    finally:
        if is_first:
            del _running[payment_id]
        if not ending.done():
            ending.set_result(None)


async def joined(payment_id: str) -> Settled | None:
    """Wait for the settlement of this payment that is under way here, and return what came of it.

    None without one, and if it failed. It may have read PortOne before the caller was told of a change, so a caller
    acts on what cannot change any more, a verdict, or looks at the row again. Raises PaymentProviderUnavailable.
    """
    ending = _running.get(payment_id)
    return None if ending is None else await asyncio.shield(ending)
