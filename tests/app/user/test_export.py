"""What the shop holds about me, as a file."""

import asyncio

import pytest

from src.app.auth.models import SocialAccount
from src.app.user.models import Consent, User
from src.common.clock import korean
from src.common.records import personal_data
from tests.app.auth.social.support import link, new_person
from tests.app.user.conftest import SignedIn, code
from tests.app.user.test_addresses import HOME, add
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import complete, control, order_of, payment_of, place
from tests.factories.people import PASSWORD, bearer


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
    own = ["exported_at", "profile", "addresses", "consents", "withdrawals"]
    more = [
        "social_links",
        "sessions",
        "cart",
        "orders",
        "manual_transfers",
        "payments",
        "refund_accounts",
        "cash_receipts",
        "shipments",
        "restock_alerts",
        "messages",
        "event_comments",
        "notices_seen",
    ]
    assert list(body) == [*own, *more]
    user = await User.get(id=minji.member.id)
    me = (await minji.call("GET", "/me")).json()
    del me["consents_required"], me["verification_required"]
    assert body["profile"] == {
        **me,
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
    assert [payment["payment_id"] for payment in body["payments"]] == [placed.payment_id]
    assert (body["social_links"], body["cart"], len(body["sessions"])) == ([], [], 1)
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
        "vat_amount": 8_409,
        "tax_free_amount": 0,
        "lines": [
            {
                "line_no": f"{placed.order_no}-01",
                "name": "투어 스탠드백",
                "color": "블랙",
                "size": variant.size,
                "quantity": 2,
                "unit_price": 45_000,
                "line_total": 90_000,
                "vat_amount": 8_182,
            }
        ],
    }


async def test_the_history_of_consents_is_exported_with_versions(minji: SignedIn) -> None:
    for agreed in (True, False):
        await minji.call("PUT", "/me/consents", {"agreements": [{"policy": "marketing_sms", "agreed": agreed}]})

    rows = (await minji.call("GET", "/me/export")).json()["consents"]

    assert [(row["policy"], row["version"], row["agreed"]) for row in rows] == [
        ("terms", "2026-01", True),
        ("privacy", "2026-01", True),
        ("marketing", "2026-01", False),
        ("marketing_sms", "2026-01", True),
        ("marketing_sms", "2026-01", False),
    ]
    assert [row["decided_at"] for row in rows] == [
        korean(row.created_at) for row in await Consent.filter(user_id=minji.member.id).order_by("id")
    ]


async def test_linked_accounts_are_exported_without_their_tokens(minji: SignedIn) -> None:
    for provider in ("naver", "google"):
        person = await new_person(minji.client)
        assert (await link(minji.client, provider, person, minji.headers)).status_code == 200
    naver, google = await SocialAccount.filter(user_id=minji.member.id).order_by("id")

    answer = await minji.call("GET", "/me/export")

    assert answer.json()["social_links"] == [
        {
            "provider": row.provider,
            "subject": row.subject,
            "email": row.email,
            "linked_at": korean(row.linked_at),
            "last_used_at": korean(row.used_at),
        }
        for row in (naver, google)
    ]
    assert google.refresh_token
    assert google.refresh_token not in answer.text


async def test_devices_and_the_cart_are_exported_as_far_as_they_are_kept(minji: SignedIn) -> None:
    phone = await bearer(minji.client, minji.member)
    await minji.client.post("/api/v1/auth/sign-out", headers=phone)
    await minji.client.post(
        "/api/v1/auth/sign-in",
        json={"login_id": "minji.kim", "password": PASSWORD, "remember_me": True},
        headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36"},
    )
    (variant,) = await variants_of(await make_product())
    await minji.call("POST", "/cart/items", {"variant_id": variant.id, "quantity": 2})

    body = (await minji.call("GET", "/me/export")).json()

    listed = (await minji.call("GET", "/auth/sessions")).json()["items"]
    assert body["sessions"] == [
        {name: value for name, value in row.items() if name not in ("id", "is_current")} for row in listed
    ]
    assert {(row["device"], row["address"], row["remember_me"]) for row in body["sessions"]} == {
        ("Chrome · Windows", "127.0.0.1", True),
        ("알 수 없는 기기", "127.0.0.1", False),
    }
    assert body["cart"] == [{"variant_id": variant.id, "quantity": 2}]


@pytest.mark.usefixtures("accounts_offered")
async def test_an_exported_payment_says_how_it_was_paid_and_into_which_account(minji: SignedIn) -> None:
    (variant,) = await variants_of(await make_product(price=45_000))
    placed = await place(minji.client, (variant.id, 2), headers=minji.headers)
    await control(minji.client, placed.payment_id, "issue_virtual_account")
    await complete(minji.client, placed.payment_id)
    payment = await payment_of(placed.payment_id)

    (exported,) = (await minji.call("GET", "/me/export")).json()["payments"]

    assert payment.account_number
    assert payment.account_due_at is not None
    assert exported == {
        "order_no": placed.order_no,
        "payment_id": placed.payment_id,
        "pay_method": "CARD",
        "paid_with": "VIRTUAL_ACCOUNT",
        "status": "VIRTUAL_ACCOUNT_ISSUED",
        "total_amount": 92_500,
        "paid_amount": 0,
        "cancelled_amount": 0,
        "created_at": korean(payment.created_at),
        "paid_at": None,
        "receipt_url": None,
        "refunds": [],
        "virtual_account": {
            "bank": payment.account_bank,
            "number": payment.account_number,
            "holder": payment.account_holder,
            "due_at": korean(payment.account_due_at),
        },
    }


async def test_the_sixth_export_of_a_day_is_refused_also_at_the_same_time(minji: SignedIn, other: SignedIn) -> None:
    answers = await asyncio.gather(*(minji.call("GET", "/me/export") for _ in range(7)))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 2
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert 0 < int(refused.headers["Retry-After"]) <= 86_401
    assert (await other.call("GET", "/me/export")).status_code == 200


async def test_two_domains_cannot_export_under_one_name(minji: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = {**personal_data.registered(), "planted": personal_data.registered()["user"]}
    monkeypatch.setattr(personal_data, "_domains", twice)

    with pytest.raises(ValueError, match="profile"):
        await personal_data.export_member(minji.member.id)


async def test_an_unknown_parameter_is_refused(minji: SignedIn) -> None:
    answer = await minji.call("GET", f"/me/export?user_id={minji.member.id + 1}")

    assert code(answer) == (422, "VALIDATION_ERROR")
