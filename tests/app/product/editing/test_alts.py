"""Words for those who do not see a picture."""

from typing import Any

import httpx
import pytest

from src.app.product.models import ProductImage
from tests.app.auth.support import API
from tests.app.product.editing.support import BLACK, PRODUCTS, at, made, read, store
from tests.app.product.sheets.support import as_csv, exported, imported, more
from tests.factories.carts import put_in
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer
from tests.factories.pictures import uploaded

PERIOD = {"starts_at": "2026-01-01T00:00:00+09:00", "ends_at": "2099-01-01T00:00:00+09:00"}
NAMED = "투어 스탠드백 블랙"


@pytest.mark.fault("C15")
async def test_pictures_of_a_product_say_what_they_show_wherever_they_are(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    front, back = store("a.webp", "b.webp")
    images: list[Any] = [{"path": front, "alt": " 앞모습 "}, back]
    form = await made(client, headers, await make_category("bag"), options=[{**BLACK, "images": images}])
    (option,) = form["options"]
    assert [(one["path"], one["alt"], one["own_alt"]) for one in option["images"]] == [
        (front, "앞모습", "앞모습"),
        (back, NAMED, ""),
    ]

    page = (await client.get(f"{API}/products/BAG-1")).json()
    assert [one["alt"] for one in page["options"][0]["images"]] == ["앞모습", NAMED]
    (card,) = (await client.get(f"{API}/products")).json()["items"]
    assert card["alt"] == "앞모습"
    (line,) = (await put_in(client, option["sizes"][0]["variant_id"], 1)).json()["items"]
    assert line["alt"] == "앞모습"
    asked = {"items": [{"variant_id": option["sizes"][0]["variant_id"], "quantity": 1}]}
    (quoted,) = (await client.post(f"{API}/cart/quote", json=asked)).json()["lines"]
    assert quoted["alt"] == "앞모습"


@pytest.mark.fault("C15")
async def test_a_path_alone_leaves_the_words_and_an_empty_text_takes_them(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    front, back = store("a.webp", "b.webp")
    option: dict[str, Any] = {**BLACK, "images": [{"path": front, "alt": "앞모습"}, back]}
    form = await made(client, headers, await make_category("bag"), options=[option])

    async def replaced(images: list[Any]) -> list[str]:
        page = await read(client, headers, form["id"])
        sizes = [{"variant_id": size["variant_id"], "size": size["size"]} for size in page["options"][0]["sizes"]]
        body = {"options": [{"color": "블랙", "color_code": "#1A1A1A", "images": images, "sizes": sizes}]}
        answer = await client.put(f"{PRODUCTS}/{form['id']}/options", json=body, headers=at(headers, page["version"]))
        assert answer.status_code == 200, answer.text
        return [one["own_alt"] for one in answer.json()["options"][0]["images"]]

    assert await replaced([back, front]) == ["", "앞모습"]
    assert await replaced([{"path": back, "alt": "뒷모습"}, {"path": front}]) == ["뒷모습", "앞모습"]
    assert await replaced([back, {"path": front, "alt": ""}]) == ["뒷모습", ""]
    twice = {"options": [{**BLACK, "images": [front, {"path": front}]}]}
    version = (await read(client, headers, form["id"]))["version"]
    answer = await client.put(f"{PRODUCTS}/{form['id']}/options", json=twice, headers=at(headers, version))
    assert answer.status_code == 422
    long = {"options": [{**BLACK, "images": [{"path": front, "alt": "가" * 201}]}]}
    answer = await client.put(f"{PRODUCTS}/{form['id']}/options", json=long, headers=at(headers, version))
    assert answer.status_code == 422


@pytest.mark.fault("C15")
async def test_banners_and_events_say_what_they_show(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    picture = await uploaded(client, headers)
    banner = {"type": "banner", "title": "가을", "upload_id": picture["id"]}
    event = {"title": "봄맞이", "body": "안내", "image_path": picture["path"], "is_published": True, **PERIOD}
    for path, public, body in (("banners", "banners", banner), ("events", "events", event)):
        created = (await client.post(f"{API}/admin/{path}", json=body, headers=headers)).json()
        assert (created["alt"], created["own_alt"]) == (body["title"], "")
        one = f"{API}/admin/{path}/{created['id']}"
        changed = await client.patch(one, json={"alt": "라운드하는 사람들"}, headers=headers)
        assert (changed.json()["alt"], changed.json()["own_alt"]) == ("라운드하는 사람들",) * 2
        (shown,) = (await client.get(f"{API}/{public}")).json()["items"]
        assert shown["alt"] == "라운드하는 사람들"
        emptied = await client.patch(one, json={"alt": ""}, headers=headers)
        assert emptied.json()["alt"] == body["title"]
        assert (await client.patch(one, json={"alt": "가" * 201}, headers=headers)).status_code == 422
    assert (await client.get(f"{API}/home")).json()["banners"][0]["alt"] == "가을"
    assert (await client.get(f"{API}/events/{created['id']}")).json()["alt"] == "봄맞이"


async def alts() -> list[str]:
    """As they are stored, in the order shown."""
    return [str(alt) for alt in await ProductImage.all().order_by("position", "id").values_list("alt", flat=True)]


@pytest.mark.fault("C15")
async def test_sheets_take_and_give_the_words(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    front, back, side = store("a.webp", "b.webp", "c.webp")
    images: list[Any] = [front, {"path": back, "alt": "뒷모습"}, side]
    await made(client, headers, await make_category("bag"), options=[{**BLACK, "images": images}])
    assert "[비움]\n뒷모습" in (await exported(client, headers, "csv")).decode("utf-8-sig").replace("\r", "")

    async def saved(**cells: str) -> dict[str, Any]:
        task = await imported(client, headers, as_csv(more(size="S", **cells)))
        found: dict[str, Any] = task["result"]["products"]
        return found

    assert (await saved(color_code="#222222"))["updated"] == 1
    assert await alts() == ["", "뒷모습", ""]
    assert (await saved(image_alts="앞모습\n[비움]\n옆모습"))["updated"] == 1
    assert await alts() == ["앞모습", "", "옆모습"]
    assert (await saved(images=f"{side}\n{front}"))["updated"] == 1
    assert await alts() == ["옆모습", "앞모습"]
    assert (await saved(image_alts="가\n나\n다"))["failed"] == 1
    assert (await saved(image_alts="옆모습\n앞모습"))["unchanged"] == 1
    assert (await saved(image_alts="[비움]"))["updated"] == 1
    assert await alts() == ["", ""]


@pytest.mark.fault("C15")
async def test_every_answer_with_a_picture_has_words_for_it(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    schemas = document["components"]["schemas"]
    shown = {
        name: schema["properties"] for name, schema in schemas.items() if "image_url" in schema.get("properties", {})
    }
    assert len(shown) >= 8
    assert [name for name, properties in shown.items() if "alt" not in properties] == []
    assert [name for name in shown if "alt" not in schemas[name]["required"]] == []
