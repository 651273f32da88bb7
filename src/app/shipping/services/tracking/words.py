"""What the words of couriers mean. They decide before any level or status, which know no trouble."""

from typing import Final

from src.app.shipping.services.tracking.base import ScanStatus, Trouble

RETURN_WORDS: Final = ("반송",)
LOST_WORDS: Final = ("분실", "망실")
FAILED_WORDS: Final = ("미배달", "배달실패", "배송실패", "배달 실패", "배송 실패", "수취인부재", "수취인 부재")
WAITING_WORDS: Final = ("보관함", "수령대기", "점포 도착", "점포도착")


def meaning(status: ScanStatus, words: str) -> tuple[ScanStatus, Trouble | None]:
    """Return the status and the trouble of a scan that was told with this status and these words. A parcel that came
    back to its sender ends as "delivered" too, so returned and lost count before everything else."""
    if any(word in words for word in RETURN_WORDS):
        return ScanStatus.EXCEPTION, Trouble.RETURNED
    if any(word in words for word in LOST_WORDS):
        return ScanStatus.EXCEPTION, Trouble.LOST
    if any(word in words for word in FAILED_WORDS):
        return ScanStatus.ATTEMPT_FAIL, None
    if status is not ScanStatus.DELIVERED and any(word in words for word in WAITING_WORDS):
        return ScanStatus.AVAILABLE_FOR_PICKUP, None
    return status, None
