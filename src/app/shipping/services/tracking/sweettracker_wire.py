"""SweetTracker's wire format (docs/vendors/couriers.md#sweettracker). Unknown fields are ignored; names, addresses and
telephone numbers of an answer are not read."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from src.app.shipping.services.tracking.base import MAX_PLACE, MAX_SCANS, MAX_TEXT, UNKNOWN_NUMBER, Scan, ScanStatus
from src.app.shipping.services.tracking.words import meaning
from src.common.clock import KST
from src.common.vendors import Declined, Nonsense, Unreachable

logger = logging.getLogger(__name__)

NOT_FOUND: Final = "104"
QUOTA_WORDS: Final = ("초과", "한도", "limit")
NOT_FOUND_WORDS: Final = ("운송장", "송장번호", "조회 결과", "배송정보")
LEVELS: Final = {
    1: ScanStatus.INFORMATION_RECEIVED,
    2: ScanStatus.AT_PICKUP,
    3: ScanStatus.IN_TRANSIT,
    4: ScanStatus.IN_TRANSIT,
    5: ScanStatus.OUT_FOR_DELIVERY,
    6: ScanStatus.DELIVERED,
}
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)


class WireScan(BaseModel):
    model_config = ConfigDict(extra="ignore")

    time: int | None = None
    time_string: str = Field("", alias="timeString")
    where: str = ""
    kind: str = ""
    level: int = 0

    @field_validator("time_string", "where", "kind", "level", mode="before")
    @classmethod
    def _null_is_absent(cls, value: Any, info: Any) -> Any:
        return cls.model_fields[info.field_name].default if value is None else value

    def ours(self) -> Scan:
        """Convert to our type. Raises ValueError for a scan without a readable time."""
        status, trouble = meaning(LEVELS.get(self.level, ScanStatus.UNKNOWN), self.kind)
        place, text = self.where.strip()[:MAX_PLACE], self.kind.strip()[:MAX_TEXT]
        return Scan(at=self._moment(), status=status, place=place, text=text, trouble=trouble)

    def _moment(self) -> datetime:
        if self.time:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.time)
        else:
            moment = datetime.fromisoformat(self.time_string.strip()).replace(tzinfo=KST).astimezone(UTC)
        if moment < EARLIEST:
            raise ValueError("no time")
        return moment


def read_scans(body: Any, *, number: str) -> tuple[Scan, ...]:
    """Return the scans of an answer, oldest first. Scans of one moment keep their order; one that cannot be read is
    left out and counted in the log.

    Raises Declined for an unknown number, Unreachable where the quota is used up, Nonsense for everything that is no
    answer about this number.
    """
    if not isinstance(body, dict):
        raise Nonsense("not an object")
    if body.get("status") is False or body.get("result") not in ("Y", None):
        raise _refusal(body)
    told = body.get("invoiceNo")
    if isinstance(told, str) and told and told.replace("-", "") != number:
        raise Nonsense("an answer about another parcel")
    rows = body.get("trackingDetails")
    if not isinstance(rows, list):
        raise Nonsense("no list of scans")
    scans = [scan for scan in map(_scan, rows[-MAX_SCANS:]) if scan is not None]
    if len(scans) < len(rows[-MAX_SCANS:]):
        logger.warning("%d scans of a parcel could not be read", len(rows[-MAX_SCANS:]) - len(scans))
    return tuple(sorted(scans, key=lambda scan: scan.at))


def _scan(row: Any) -> Scan | None:
    try:
        return WireScan.model_validate(row).ours()
    except (ValidationError, ValueError, OverflowError):
        return None


def _refusal(body: dict[str, Any]) -> Declined | Unreachable | Nonsense:
    """Return the error for an answer without a parcel: HTTP says 200 for all of them. An unknown one may be a wrong key
    and is Nonsense."""
    code, message = str(body.get("code") or ""), str(body.get("msg") or "")
    if code == NOT_FOUND:
        return Declined(UNKNOWN_NUMBER)
    if any(word in message for word in QUOTA_WORDS):
        return Unreachable("QUOTA")
    if body.get("result") == "N" or any(word in message for word in NOT_FOUND_WORDS):
        return Declined(UNKNOWN_NUMBER)
    return Nonsense(f"refused {code if code.isdigit() and len(code) <= 5 else ''}".strip())
