"""GET /banners."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.banner.models import Banner, BannerType
from src.app.banner.services.showing import banners
from src.common import clock
from tests.app.product.captured import captured_sql

PATH = "/api/v1/banners"


async def make_banner(title: str, **over: Any) -> Banner:
    values = {"type": BannerType.BANNER, "image_path": f"banners/{title}.svg", "link_url": "/shop", **over}
    return await Banner.create(title=title, **values)


async def test_banner_shows_exactly_its_fields(client: httpx.AsyncClient) -> None:
    made = await make_banner("fall", sub_title="새 시즌")
    assert (await client.get(PATH, params={"type": "banner"})).json() == {
        "items": [
            {
                "id": made.id,
                "type": "banner",
                "title": "fall",
                "sub_title": "새 시즌",
                "image_url": "/media/banners/fall.svg",
                "alt": "fall",
                "sizes": [],
                "slices": [],
                "link_url": "/shop",
            }
        ]
    }


async def test_type_chooses_and_no_type_is_all_of_them_in_order(client: httpx.AsyncClient) -> None:
    await make_banner("c", position=2)
    await make_banner("a", position=1)
    await make_banner("b", position=1, type=BannerType.PROMOTION)
    await make_banner("off", is_active=False)

    async def titles(**params: str) -> list[str]:
        return [item["title"] for item in (await client.get(PATH, params=params)).json()["items"]]

    assert await titles(type="banner") == ["a", "c"]
    assert await titles(type="promotion") == ["b"]
    assert await titles() == ["a", "b", "c"]


@pytest.mark.parametrize("params", [{"type": "BANNER"}, {"type": ""}, {"type": "x\x00"}, {"page": "1"}])
async def test_bad_parameter_is_refused(client: httpx.AsyncClient, params: dict[str, str]) -> None:
    assert (await client.get(PATH, params=params)).status_code == 422


async def test_period_holds_its_first_moment_and_not_its_last(empty: None) -> None:
    start = clock.now().replace(microsecond=0)
    await make_banner("open")
    await make_banner("until", ends_at=start)
    await make_banner("from", starts_at=start)
    await make_banner("short", starts_at=start, ends_at=start + timedelta(hours=1))

    async def shown(moment: datetime) -> list[str]:
        with clock.as_of(moment):
            return [banner.title for banner in await banners()]

    assert await shown(start - timedelta(seconds=1)) == ["open", "until"]
    assert await shown(start) == ["open", "from", "short"]
    assert await shown(start + timedelta(hours=1)) == ["open", "from"]


async def test_banners_are_one_query(empty: None) -> None:
    for number in range(5):
        await make_banner(str(number))
    with captured_sql() as statements:
        assert len(await banners()) == 5
    assert len(statements) == 1
