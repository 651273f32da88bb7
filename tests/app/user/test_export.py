"""What the shop holds about me, as a file."""

import asyncio

import pytest

from src.app.order.services.exporting import orders_of
from src.app.user.models import User
from src.app.user.services import exporting
from src.common.utils.clock import korean
from tests.app.user.conftest import SignedIn, code
from tests.app.user.test_addresses import HOME, add
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import order_of, place


@pytest.fixture(autouse=True)
def orders_are_exported() -> None:
    exporting.register_exporter("orders", orders_of)


async def test_the_export_holds_everything_of_mine_and_nothing_of_others(minji: SignedIn, other: SignedIn) -> None:
    await add(other, label="theirs")
    address_id = await add(minji, label="집")
    await minji.call("POST", "/me/withdrawal", {"reason": "그냥"})
    await minji.call("DELETE", "/me/withdrawal")
    (variant,) = await variants_of(await make_product(name="투어 스탠드백", price=45_000))
    await place(minji.client, (variant.id, 1), headers=other.headers)
    placed = await place(minji.client, (variant.id, 2), headers=minji.headers)

    answer = await minji.call("GET", "/me/export")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="micgolf-my-data.json"'
    body = answer.json()
    assert list(body) == ["exported_at", "profile", "addresses", "consents", "withdrawals", "orders"]
    user = await User.get(id=minji.member.id)
    assert body["profile"] == {
        **(await minji.call("GET", "/me")).json(),
        "last_sign_in_at": None if user.last_sign_in_at is None else korean(user.last_sign_in_at),
        "updated_at": korean(user.updated_at),
    }
    assert body["addresses"] == [
        {"id": address_id, "label": "집", **HOME, "phone": "01012345678", "address_detail": "", "is_default": True}
    ]
    assert [(row["policy"], row["version"], row["agreed"]) for row in body["consents"]] == [
        ("terms", "2026-01", True),
        ("privacy", "2026-01", True),
        ("marketing", "2026-01", False),
    ]
    assert [row["reason"] for row in body["withdrawals"]] == ["그냥"]
    assert [order["order_no"] for order in body["orders"]] == [placed.order_no]
    assert minji.member.password_hash not in answer.text


async def test_an_exported_order_says_what_was_bought_and_for_whom(minji: SignedIn) -> None:
    (variant,) = await variants_of(await make_product(name="투어 스탠드백", price=45_000))
    placed = await place(minji.client, (variant.id, 2), headers=minji.headers)

    body = (await minji.call("GET", "/me/export")).json()

    order = await order_of(placed)
    (exported,) = body["orders"]
    assert exported == {
        "order_no": placed.order_no,
        "status": "PENDING",
        "created_at": korean(order.created_at),
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {
            "recipient": "김민지",
            "phone": "01012345678",
            "zipcode": "06236",
            "address": "서울 강남구 테헤란로 1",
            "address_detail": "",
            "memo": "",
        },
        "client_address": "127.0.0.1",
        "item_total": 90_000,
        "discount_total": 0,
        "shipping_fee": 2_500,
        "points_used": 0,
        "total": 92_500,
        "lines": [
            {
                "line_no": f"{placed.order_no}-01",
                "name": "투어 스탠드백",
                "color": "블랙",
                "size": variant.size,
                "quantity": 2,
                "unit_price": 45_000,
                "line_total": 90_000,
            }
        ],
    }


async def test_the_sixth_export_of_a_day_is_refused_also_at_the_same_time(minji: SignedIn, other: SignedIn) -> None:
    answers = await asyncio.gather(*(minji.call("GET", "/me/export") for _ in range(7)))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 2
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert 0 < int(refused.headers["Retry-After"]) <= 86_401
    assert (await other.call("GET", "/me/export")).status_code == 200


def test_an_exporter_cannot_take_the_place_of_a_part() -> None:
    with pytest.raises(ValueError, match="profile"):
        exporting.register_exporter("profile", orders_of)


async def test_an_unknown_parameter_is_refused(minji: SignedIn) -> None:
    answer = await minji.call("GET", f"/me/export?user_id={minji.member.id + 1}")

    assert code(answer) == (422, "VALIDATION_ERROR")
