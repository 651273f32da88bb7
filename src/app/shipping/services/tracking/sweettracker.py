"""SweetTracker (스마트택배) over httpx (docs/vendors/couriers.md#sweettracker)."""

from typing import Any, Final

import httpx

from src.app.shipping.services.couriers.book import Courier
from src.app.shipping.services.tracking.base import UNKNOWN_COURIER, Scan
from src.app.shipping.services.tracking.sweettracker_wire import read_scans
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.configs import Settings
from src.core.http import new_http_client
from src.core.observing.vendors import vendor_call

VENDOR: Final = "sweettracker"
PATH: Final = "/api/v1/trackingInfo"
RETRYABLE: Final = frozenset({408, 425, 429})


class SweetTracker:
    """A `Tracker` with one pooled client. The key is a parameter of the address, so addresses are never logged."""

    def __init__(self, chosen: Settings) -> None:
        self._key = chosen.tracking_key
        self._client = new_http_client(chosen.tracking_url, read_seconds=chosen.tracking.read_timeout_seconds)

    async def close(self) -> None:
        """Close the pool."""
        await self._client.aclose()

    def knows(self, courier: Courier) -> bool:
        """See `Tracker`."""
        return bool(courier.sweettracker_code)

    async def track(self, courier: Courier, number: str) -> tuple[Scan, ...]:
        """See `Tracker`. One call; it counts against the day's quota even if the number is unknown."""
        if not courier.sweettracker_code:
            raise Declined(UNKNOWN_COURIER)
        asked = {"t_key": self._key, "t_code": courier.sweettracker_code, "t_invoice": number}
        with vendor_call(VENDOR, "track"):
            return read_scans(await self._get(asked), number=number)

    async def _get(self, asked: dict[str, str]) -> Any:
        try:
            answer = await self._client.get(PATH, params=asked)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code in RETRYABLE:
            raise Unreachable(str(answer.status_code))
        if answer.status_code != httpx.codes.OK:
            raise Nonsense(f"HTTP {answer.status_code}")
        try:
            return answer.json()
        except ValueError as error:
            raise Nonsense("not JSON") from error
