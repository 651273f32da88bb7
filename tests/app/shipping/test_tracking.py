"""The shop asks for parcels by its own codes of couriers."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.shipping.models import CourierList, CourierRow
from src.app.shipping.services.couriers.book import Courier
from src.app.shipping.services.couriers.queries import load_book
from src.app.shipping.services.tracking.base import ScanStatus, is_tracked, track, tracker
from src.app.shipping.services.tracking.lifecycle import close_tracker, open_tracker
from src.common.vendors import Declined
from src.core.configs import Settings
from src.core.configs.tracking_groups import TrackingSettings

NUMBER = "612345679901"
OTHER = "612345679902"


@pytest.fixture
async def kept(shop_settings: Settings) -> AsyncIterator[None]:
    """The shop has its tracker again after the test."""
    yield
    await close_tracker()
    open_tracker(shop_settings)


async def moved(client: httpx.AsyncClient, action: str, path: str = f"04/{NUMBER}") -> None:
    body = {"action": action, "webhook": "none"}
    answer = await client.post(f"/sandbox/control/parcels/{path}", json=body)
    assert answer.status_code == 200, answer.text


async def test_parcel_is_asked_for_by_our_code(client: httpx.AsyncClient) -> None:
    await moved(client, "pick_up")
    await moved(client, "out_for_delivery")
    scans = await track("CJ", NUMBER)
    assert [scan.status for scan in scans] == [ScanStatus.AT_PICKUP, ScanStatus.OUT_FOR_DELIVERY]
    with pytest.raises(Declined, match=r"^UNKNOWN_NUMBER$"):
        await track("HANJIN", NUMBER)


async def test_code_that_staff_changed_is_asked_with(client: httpx.AsyncClient) -> None:
    await moved(client, "deliver", f"05/{OTHER}")
    changed: dict[str, Any] = {
        "name": "CJ",
        "name_en": "CJ",
        "aliases": [],
        "number_digits": [],
        "is_active": False,
        "position": 0,
    }
    await CourierRow.create(code="CJ", sweettracker_code="05", **changed)
    (scan,) = await track("CJ", OTHER)
    assert scan.status is ScanStatus.DELIVERED
    assert await CourierList.all().count() == 0


@pytest.mark.parametrize("code", ["ETC", "COUPANG", "NOBODY", ""])
async def test_courier_without_a_code_of_the_service_is_declined(client: httpx.AsyncClient, code: str) -> None:
    with pytest.raises(Declined, match=r"^UNKNOWN_COURIER$"):
        await track(code, NUMBER)


async def test_without_a_key_nobody_is_asked(client: httpx.AsyncClient, shop_settings: Settings, kept: None) -> None:
    cj = (await load_book()).offered("CJ")
    assert is_tracked(cj)
    await close_tracker()
    open_tracker(replace(shop_settings, tracking=TrackingSettings(api_key="")))
    assert tracker() is None
    assert not is_tracked(cj)
    with pytest.raises(Declined, match=r"^UNKNOWN_COURIER$"):
        await track("CJ", NUMBER)
    open_tracker(shop_settings)
    assert is_tracked(cj)
    assert not is_tracked(Courier(code="X1", name="X", name_en="X"))
