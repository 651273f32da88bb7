"""What a scan means for a shipment. Pure."""

from typing import Final

from src.app.fulfilment.models import OPEN, Shipment
from src.app.fulfilment.models import ShipmentState as State
from src.app.shipping.services.tracking.base import Scan, ScanStatus, Trouble

RANK: Final = {State.READY: 0, State.IN_TRANSIT: 1, State.ATTEMPT_FAILED: 1}
END: Final = 2
STATES: Final = {
    ScanStatus.AT_PICKUP: State.IN_TRANSIT,
    ScanStatus.IN_TRANSIT: State.IN_TRANSIT,
    ScanStatus.OUT_FOR_DELIVERY: State.IN_TRANSIT,
    ScanStatus.AVAILABLE_FOR_PICKUP: State.IN_TRANSIT,
    ScanStatus.ATTEMPT_FAIL: State.ATTEMPT_FAILED,
    ScanStatus.DELIVERED: State.DELIVERED,
}
TROUBLES: Final = {Trouble.LOST: State.LOST, Trouble.RETURNED: State.RETURNED_TO_SENDER}


def told_state(scan: Scan) -> State | None:
    """Return the state that a scan tells, None for one that tells none: a label that was printed, words that nobody
    knows, trouble without a name."""
    if scan.trouble is not None:
        return TROUBLES[scan.trouble]
    return STATES.get(scan.status)


def counts(shipment: Shipment, scan: Scan) -> bool:
    """Return whether a scan says something new of a shipment. Others are stored and move nothing.

    A scan older than the shipment is of an earlier parcel with its number. A shipment that has ended, or whose number
    is wrong, is moved by staff only. Of the states on the way the later scan counts, whatever came before; an end
    counts at any time, because couriers scan in any order.
    """
    to = told_state(scan)
    if to is None or shipment.state not in OPEN or shipment.state == State.WRONG_NUMBER:
        return False
    if scan.at < shipment.created_at or RANK.get(to, END) < RANK[shipment.state]:
        return False
    is_end = to not in RANK
    return is_end or shipment.scanned_at is None or scan.at > shipment.scanned_at
