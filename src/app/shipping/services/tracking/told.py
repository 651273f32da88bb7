"""Read a message of scans (docs/vendors/couriers.md#scans-that-are-sent-to-the-shop)."""

import logging
from dataclasses import dataclass
from datetime import UTC
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from src.app.shipping.services.couriers.book import CourierBook, Parcel, read_number
from src.app.shipping.services.tracking.base import MAX_PLACE, MAX_SCANS, MAX_TEXT, Scan, ScanStatus
from src.app.shipping.services.tracking.words import meaning
from src.common.exceptions import AppError

logger = logging.getLogger(__name__)

Word = Annotated[str, Field(min_length=1, max_length=50)]
STATUSES: Final = ScanStatus.__members__


class WireScan(BaseModel):
    model_config = ConfigDict(extra="ignore")

    at: AwareDatetime
    status: str = ""
    place: str = ""
    text: str = ""

    def ours(self) -> Scan:
        """Convert to our type. An unknown word is UNKNOWN: senders may add some."""
        text = self.text.strip()[:MAX_TEXT]
        status, trouble = meaning(STATUSES.get(self.status.upper(), ScanStatus.UNKNOWN), text)
        place = self.place.strip()[:MAX_PLACE]
        return Scan(at=self.at.astimezone(UTC), status=status, place=place, text=text, trouble=trouble)


class WireParcel(BaseModel):
    model_config = ConfigDict(extra="ignore")

    courier: Word
    tracking_no: Word
    scans: Annotated[list[WireScan], Field(max_length=MAX_SCANS)]


@dataclass(frozen=True, slots=True)
class Told:
    """A parcel, and the scans that were told of it, oldest first."""

    parcel: Parcel
    scans: tuple[Scan, ...]


def told_by(body: str, book: CourierBook) -> Told | None:
    """Return what a stored message tells, or None for one that is none: no JSON of this shape, a courier that the shop
    does not know, a number that this courier cannot have. Such a message is done; the sender cannot correct it.

    The courier is named by our code or by that of a tracking service; one that is switched off still has parcels.
    """
    try:
        message = WireParcel.model_validate_json(body)
        courier = book.traced(message.courier)
        if courier is None:
            logger.info("scans of a courier that the shop does not know")
            return None
        parcel = Parcel(courier.code, read_number(courier, message.tracking_no))
    except (ValidationError, AppError) as error:
        logger.warning("scans that cannot be read: %s", type(error).__name__)
        return None
    scans = sorted((scan.ours() for scan in message.scans), key=lambda scan: scan.at)
    return Told(parcel, tuple(scans))
