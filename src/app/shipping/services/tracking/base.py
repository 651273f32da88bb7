"""The tracking service as a Protocol in our words. Only `sweettracker` and `sweettracker_wire` know its format."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from src.app.shipping.services.couriers.book import Courier
from src.app.shipping.services.couriers.queries import load_book
from src.common.vendors import Declined

UNKNOWN_COURIER: Final = "UNKNOWN_COURIER"
UNKNOWN_NUMBER: Final = "UNKNOWN_NUMBER"
MAX_SCANS: Final = 500
"""Scans of one parcel in one answer or message."""
MAX_PLACE: Final = 100
MAX_TEXT: Final = 200


class ScanStatus(StrEnum):
    """What a scan says (the vocabulary of delivery-tracker, docs/vendors/couriers.md#scans)."""

    UNKNOWN = "UNKNOWN"
    INFORMATION_RECEIVED = "INFORMATION_RECEIVED"
    AT_PICKUP = "AT_PICKUP"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    ATTEMPT_FAIL = "ATTEMPT_FAIL"
    DELIVERED = "DELIVERED"
    AVAILABLE_FOR_PICKUP = "AVAILABLE_FOR_PICKUP"
    EXCEPTION = "EXCEPTION"


class Trouble(StrEnum):
    """What an EXCEPTION is, where the courier's words tell."""

    LOST = "LOST"
    RETURNED = "RETURNED"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One scan of a parcel: when (with time zone), what, where (at most MAX_PLACE letters), and the courier's own words
    (at most MAX_TEXT)."""

    at: datetime
    status: ScanStatus
    place: str = ""
    text: str = ""
    trouble: Trouble | None = None

    @property
    def key(self) -> str:
        """A digest of what the courier told, 64 hexadecimal digits: the same scan told again has the same key, however
        this version of the shop reads its words."""
        told = "\n".join((str(round(self.at.timestamp())), self.place, self.text))
        return hashlib.sha256(told.encode()).hexdigest()


class Tracker(Protocol):
    """A service that knows where parcels are."""

    def knows(self, courier: Courier) -> bool:
        """Return True if the service can be asked about parcels of this courier."""
        ...

    async def track(self, courier: Courier, number: str) -> tuple[Scan, ...]:
        """Return all scans of a parcel, oldest first; none as long as it was not scanned.

        Raises Declined (UNKNOWN_NUMBER, UNKNOWN_COURIER), Unreachable, Nonsense. A number that was registered a short
        time ago may be unknown still.
        """
        ...


_tracker: Tracker | None = None


def use_tracker(chosen: Tracker | None) -> None:
    """Set the service of this process; None: nobody is asked. Called by the lifespan and by tests."""
    global _tracker  # noqa: PLW0603 - the one place that keeps it
    _tracker = chosen


def tracker() -> Tracker | None:
    """Return the service in use, None where tracking is switched off."""
    return _tracker


def is_tracked(courier: Courier) -> bool:
    """Return True if parcels of this courier can be asked for."""
    return _tracker is not None and _tracker.knows(courier)


async def track(courier_code: str, number: str) -> tuple[Scan, ...]:
    """Return the scans of a parcel of the courier with this code of ours, oldest first. One query and one call; never
    inside a transaction.

    Raises what `Tracker.track` raises; Declined UNKNOWN_COURIER also where nobody can be asked about this courier.
    """
    courier = (await load_book()).get(courier_code)
    if courier is None or _tracker is None or not _tracker.knows(courier):
        raise Declined(UNKNOWN_COURIER)
    return await _tracker.track(courier, number)
