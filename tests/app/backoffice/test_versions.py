"""Two people edit one row: the second is told, sees what the first made of it, and loses nothing."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from src.app.shop.dtos.requests import INFO
from src.core.configs import Settings
from src.main import create_app
from tests.app.auth.support import API, code
from tests.architecture.test_routes import operations
from tests.factories.catalogue import make_product
from tests.factories.people import make_member, make_staff, staff_bearer
from tests.factories.pictures import uploaded

ADMIN = f"{API}/admin"
# They set a value or take a whole list of ids, so what was there before is nothing to be lost.
FREE = {
    "PATCH /admin/banners/reorder",
    "PATCH /admin/banners/{banner_id}/active",
    "PATCH /admin/categories/reorder",
    "PUT /admin/faqs/order",
    "PATCH /admin/products/bulk",
    # Members wrote it; staff decide whether it shows.
    "PATCH /admin/events/{event_id}/comments/{comment_id}",
    "DELETE /admin/events/{event_id}/comments/{comment_id}",
    # One's own second factor, with its code.
    "DELETE /admin/auth/totp",
    # Whether the shop works on one day: the whole of it is set.
    "PUT /admin/business-days/{day}",
    "DELETE /admin/business-days/{day}",
    # The state of each row decides under its order's lock; who comes second is told so.
    "PATCH /admin/order-lines/bulk",
    # What the buyer asks for on the telephone counts, whatever stood there; the log has who and when.
    "PATCH /admin/orders/{order_no}/shipping",
    "PATCH /admin/shipments/{number}",
    # It ends the receipt, whatever it is over by then.
    "DELETE /admin/orders/{order_no}/cash-receipt",
    "DELETE /admin/payments/{payment_id}/cash-receipt",
    # One's own notifications: nobody else writes them.
    "PUT /admin/me/notifications",
}


@pytest.fixture(scope="module")
def plain_app(shop_settings: Settings) -> FastAPI:
    return create_app(shop_settings, with_runner=False)


@pytest.mark.fault("A12")
def test_every_edit_of_a_row_needs_the_version_that_was_read(plain_app: FastAPI) -> None:
    blind = set()
    document = plain_app.openapi()["paths"]
    for method, path, _ in operations(plain_app):
        if not path.startswith(ADMIN) or method not in {"PUT", "PATCH", "DELETE"}:
            continue
        named = {parameter["name"] for parameter in document[path][method.lower()].get("parameters", ())}
        if "If-Match" not in named:
            blind.add(f"{method} {path.removeprefix(API)}")
    assert blind - FREE == set()
    assert {f"{method} {path.removeprefix(API)}" for method, path, _ in operations(plain_app)} >= FREE


async def row_of(client: httpx.AsyncClient, kind: str, headers: dict[str, str]) -> str:
    """Make a row of this kind; the address of its form."""
    made: dict[str, tuple[str, dict[str, Any]]] = {
        "notice": ("notices", {"category": "general", "title": "공지", "body": "내용"}),
        "faq": ("faqs", {"category": "order", "question": "언제 오나요?", "answer": "곧 갑니다."}),
        "policy": ("policies", {"policy": "terms", "version": "2.0", "title": "약관", "body": "제1조"}),
        "role": ("roles", {"code": "night", "name": "야간", "permissions": ["order:read"]}),
        "category": ("categories", {"name": "모자"}),
        "banner": ("banners", {"type": "banner", "title": "가을"}),
        "event": (
            "events",
            {
                "title": "행사",
                "body": "내용",
                "starts_at": "2026-12-01T00:00:00+09:00",
                "ends_at": "2026-12-02T00:00:00+09:00",
            },
        ),
    }
    if kind in made:
        path, body = made[kind]
        if kind in ("banner", "event"):
            body["image_path"] = (await uploaded(client, headers))["path"]
        answer = await client.post(f"{ADMIN}/{path}", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        return f"{ADMIN}/{path}/{answer.json()['id']}"
    if kind == "product":
        return f"{ADMIN}/products/{(await make_product()).id}"
    if kind == "pick":
        product = await make_product(code="a1")
        picked = await client.post(
            f"{ADMIN}/promotions/best/items", json={"product_code": product.product_code}, headers=headers
        )
        return f"{ADMIN}/promotions/best/items/{picked.json()['id']}"
    if kind == "staff":
        return f"{ADMIN}/staff/{(await make_staff(role='cs')).id}"
    if kind == "member":
        return f"{ADMIN}/users/{(await make_member()).id}"
    return f"{ADMIN}/{SETTINGS[kind]}"


SETTINGS = {
    "promo bar": "storefront/promo-bar",
    "footer": "storefront/footer-links",
    "branding": "shop/branding",
    "seller": "shop/info",
    "rule": "promotions/new/rule",
    "list": "promotions/best/items",
    "synonyms": "search/synonyms",
    "template": "message-templates/order_cancelled",
}
BRAND = {"logo": None, "favicon": None}
# Kind of row, method, the edit of the first, the edit of the second.
EDITS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("notice", "PATCH", {"title": "하나"}, {"title": "둘"}),
    ("faq", "PATCH", {"question": "하나?"}, {"question": "둘?"}),
    ("policy", "PATCH", {"title": "하나"}, {"title": "둘"}),
    ("role", "PATCH", {"permissions": ["order:read", "order:write"]}, {"permissions": ["member:read"]}),
    ("category", "PUT", {"name": "하나"}, {"name": "둘"}),
    ("banner", "PATCH", {"title": "하나"}, {"title": "둘"}),
    ("event", "PATCH", {"title": "하나"}, {"title": "둘"}),
    ("product", "PATCH", {"name": "하나"}, {"name": "둘"}),
    ("pick", "PATCH", {"is_active": False}, {"starts_at": "2026-12-01T00:00:00+09:00"}),
    ("staff", "PATCH", {"name": "하나"}, {"name": "둘"}),
    ("member", "PATCH", {"grade": "VIP", "reason": "우수"}, {"grade": "GOLD", "reason": "우수"}),
    ("promo bar", "PUT", {"text": "하나"}, {"text": "둘"}),
    ("footer", "PUT", {"items": [{"label": "a", "url": "/a"}]}, {"items": [{"label": "b", "url": "/b"}]}),
    ("branding", "PUT", {**BRAND, "shop_name": "하나"}, {**BRAND, "shop_name": "둘"}),
    ("seller", "PUT", {**INFO, "company_name": "하나"}, {**INFO, "company_name": "둘"}),
    ("rule", "PUT", {"by_rule": True, "days": 10}, {"by_rule": True, "days": 20}),
    (
        "synonyms",
        "PUT",
        {"items": [{"term": "가", "synonyms": ["나"], "both_ways": True}]},
        {"items": [{"term": "다", "synonyms": ["라"], "both_ways": True}]},
    ),
    ("template", "PUT", {"texts": [], "off": ["sms"]}, {"texts": [], "off": ["mail"]}),
]


@pytest.mark.fault("A12")
@pytest.mark.parametrize(("kind", "method", "first", "second"), EDITS, ids=[edit[0] for edit in EDITS])
async def test_the_second_of_two_edits_is_told_and_shown_what_the_first_made(
    client: httpx.AsyncClient, kind: str, method: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    headers = await staff_bearer(client)
    path = await row_of(client, kind, headers)
    read = await client.get(path, headers=headers)
    tag = read.headers["etag"]
    key = "revision" if kind == "policy" else "version"
    assert tag == f'"{read.json()[key]}"'

    blind = await client.request(method, path, json=first, headers={**headers, "If-Match": ""})
    assert code(blind) == (428, "IF_MATCH_REQUIRED")
    done = await client.request(method, path, json=first, headers={**headers, "If-Match": tag})
    assert done.status_code == 200, done.text
    assert done.headers["etag"] == f'"{done.json()[key]}"' != tag
    late = await client.request(method, path, json=second, headers={**headers, "If-Match": tag})
    assert code(late) == (412, "STALE_EDIT")
    now = (await client.get(path, headers=headers)).json()
    assert late.json()["version"] == now[key]
    assert late.json()["current"][key] == now[key]
    for name, value in first.items():
        if name in now and name != "texts":  # a template shows the texts of the code beside its own
            assert late.json()["current"][name] == value == now[name]
    again = await client.request(method, path, json=second, headers={**headers, "If-Match": done.headers["etag"]})
    assert again.status_code == 200, again.text


@pytest.mark.fault("A12")
@pytest.mark.parametrize("kind", ["notice", "faq", "policy", "role", "category", "banner", "event", "product", "pick"])
async def test_what_somebody_changed_meanwhile_is_not_removed(client: httpx.AsyncClient, kind: str) -> None:
    headers = await staff_bearer(client)
    path = await row_of(client, kind, headers)
    tag = (await client.get(path, headers=headers)).headers["etag"]
    (method, edit), *_ = [(edit[1], edit[2]) for edit in EDITS if edit[0] == kind]
    assert (await client.request(method, path, json=edit, headers=headers)).status_code == 200

    blind = await client.delete(path, headers={**headers, "If-Match": ""})
    assert code(blind) == (428, "IF_MATCH_REQUIRED")
    late = await client.delete(path, headers={**headers, "If-Match": tag})
    assert code(late) == (412, "STALE_EDIT")
    assert late.json()["current"]["id"] == int(path.rpartition("/")[2])
    assert (await client.delete(path, headers=headers)).status_code == 204


@pytest.mark.fault("A12")
async def test_a_curated_list_has_one_version_and_each_item_its_own(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    products = [await make_product(code=name) for name in ("a1", "b2", "c3")]
    path = f"{ADMIN}/promotions/best/items"
    empty = await client.get(path, headers=headers)
    body = {"product_ids": [product.id for product in products]}

    answers = await asyncio.gather(
        *(
            client.put(path, json={"product_ids": ids}, headers={**headers, "If-Match": empty.headers["etag"]})
            for ids in (body["product_ids"], body["product_ids"][::-1])
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    kept = (await client.get(path, headers=headers)).json()
    stale = next(answer.json() for answer in answers if answer.status_code == 412)
    assert stale["current"]["items"] == kept["items"]

    item = kept["items"][0]
    edit = {**headers, "If-Match": f'"{item["version"]}"'}
    assert (await client.patch(f"{path}/{item['id']}", json={"is_active": False}, headers=edit)).status_code == 200
    # An item's own setting is not the list: who orders it loses nothing by it.
    tag = {**headers, "If-Match": f'"{kept["version"]}"'}
    assert (await client.put(path, json=body, headers=tag)).status_code == 200


@pytest.mark.fault("A12")
async def test_reorders_and_switches_need_no_version_and_a_switch_is_an_edit(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    path = await row_of(client, "banner", headers)
    tag = (await client.get(path, headers=headers)).headers["etag"]
    plain = {**headers, "If-Match": ""}
    ids = {"ids": [int(path.rpartition("/")[2])]}
    assert (await client.patch(f"{ADMIN}/banners/reorder", json=ids, headers=plain)).status_code == 200
    assert (await client.get(path, headers=headers)).headers["etag"] == tag
    assert (await client.patch(f"{path}/active", json={"is_active": False}, headers=plain)).status_code == 200
    late = await client.patch(path, json={"title": "둘"}, headers={**headers, "If-Match": tag})
    assert (code(late), late.json()["current"]["is_active"]) == ((412, "STALE_EDIT"), False)
