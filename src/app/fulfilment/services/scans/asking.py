"""Ask couriers where parcels are, less often the longer nothing is new."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from src.app.fulfilment.models import Shipment, ShipmentState
from src.app.fulfilment.services.scans.recording import COURIER, record
from src.app.fulfilment.services.shipments import moving
from src.app.fulfilment.services.shipments.locks import lock_shipments
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.tracking.base import UNKNOWN_NUMBER, track, tracker
from src.common import clock
from src.common.logs.setup import where
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.configs import settings
from src.core.database import unit_of_work
from src.core.database.statements import change, fetch, find, marks

logger = logging.getLogger(__name__)

BATCH: Final = 100
AT_ONCE: Final = 5
"""Parcels that are asked for side by side."""
LEASE: Final = timedelta(minutes=10)
LONGEST: Final = timedelta(hours=12)
UNREACHABLE: Final = timedelta(minutes=15)
DUE: Final = "SELECT id FROM shipment WHERE next_poll_at <= %s ORDER BY next_poll_at, id LIMIT %s"
TAKE: Final = "UPDATE shipment SET next_poll_at = %s WHERE id = %s AND next_poll_at <= %s"
NEXT: Final = "UPDATE shipment SET next_poll_at = %s, polls = polls + %s WHERE id = %s AND next_poll_at IS NOT NULL"
UNKNOWN: Final = "택배사에 등록되지 않은 송장번호"


async def poll_due() -> int:
    """Ask for the parcels that are due, store their scans, and return how many were asked for. The job
    ``poll-parcels``.

    Nobody is asked without a tracking service. A shipment is taken by a compare-and-set that moves its next poll ahead
    by LEASE: a worker that dies leaves it to be asked for then. The next poll comes after TRACKING_FIRST_POLL_SECONDS,
    doubled for each poll without news up to LONGEST; a parcel that has ended, or that was sent TRACKING_DAYS ago, is
    not asked for any more. A number that the courier does not know after TRACKING_UNKNOWN_DAYS becomes WRONG_NUMBER.
    """
    if tracker() is None:
        return 0
    taken = await _take()
    parcels: dict[Parcel, list[Shipment]] = {}
    for shipment in taken:
        parcels.setdefault(Parcel(shipment.courier, shipment.tracking_no), []).append(shipment)
    turns = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_poll(parcel, rows, turns) for parcel, rows in parcels.items()))
    return len(parcels)


async def _take() -> list[Shipment]:
    now = clock.now()
    ids = [row["id"] for row in await fetch(DUE, (now, BATCH))]
    mine = [row_id for row_id in ids if await change(TAKE, (now + LEASE, row_id, now))]
    return await find(Shipment, f"id IN ({marks(len(mine))}) ORDER BY id", mine) if mine else []


async def _poll(parcel: Parcel, shipments: Sequence[Shipment], turns: asyncio.Semaphore) -> None:
    """Ask for one parcel, and say when to ask again. A parcel that breaks does not keep the others."""
    try:
        async with turns:
            scans = await track(parcel.courier, parcel.number)
        news = await record(parcel, scans)
    except Declined as refusal:
        await _refused(shipments, refusal)
    except (Unreachable, Nonsense) as outage:
        logger.warning("a courier did not tell of a parcel: %s", type(outage).__name__)
        await _later(shipments, after=UNREACHABLE)
    except Exception as failure:  # noqa: BLE001 - see above; the lease ends by itself
        logger.error("polling a parcel failed: %s", where(failure))
    else:
        for shipment in shipments:
            await _later([shipment], after=_pause(0 if news else shipment.polls), counted=not news)


async def _refused(shipments: Sequence[Shipment], refusal: Declined) -> None:
    """Ask again later, and give a number up that its courier still does not know."""
    patience = timedelta(days=settings().fulfilment.unknown_days)
    for shipment in shipments:
        is_unknown = str(refusal) == UNKNOWN_NUMBER and shipment.scanned_at is None
        if is_unknown and shipment.state == ShipmentState.READY and clock.now() - shipment.created_at >= patience:
            await unit_of_work(partial(_give_up, shipment.order_id, shipment.id, shipment.tracking_no))
        else:
            await _later([shipment], after=_pause(shipment.polls), counted=True)


async def _give_up(order_id: int, shipment_id: int, tracking_no: str) -> None:
    held = await lock_shipments(order_id)
    shipment = next(each for each in held.shipments if each.id == shipment_id)
    if shipment.state != ShipmentState.READY or shipment.tracking_no != tracking_no:
        return
    await moving.move(held, shipment, ShipmentState.WRONG_NUMBER, by=COURIER, reason=UNKNOWN)
    await moving.save_moved(held, [shipment], by=COURIER, reason=UNKNOWN)


async def _later(shipments: Sequence[Shipment], *, after: timedelta, counted: bool = False) -> None:
    """Say when to ask again; never, for a parcel that was sent too long ago."""
    now = clock.now()
    for shipment in shipments:
        is_old = now - shipment.created_at >= timedelta(days=settings().fulfilment.tracking_days)
        await change(NEXT, (None if is_old else now + after, int(counted), shipment.id))


def _pause(polls: int) -> timedelta:
    first = timedelta(seconds=settings().fulfilment.first_poll_seconds)
    wanted: timedelta = first * 2 ** min(polls, 10)
    return min(wanted, LONGEST)
