"""Reading members: found, masked, unmasked with a trace."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.user.models import User, UserStatus
from src.common.models.personal_data_access import PersonalDataAccess
from tests.app.auth.support import API, code
from tests.app.staff.people import headers_with, staff_with
from tests.factories.people import bearer, make_member, staff_bearer

USERS = f"{API}/admin/users"
MASKED = {"login_id": "mi***", "name": "김*지", "email": "mi***@example.com", "phone": "010-****-5678"}
CLEAR = {"login_id": "minji.kim", "name": "김민지", "email": "minji@example.com", "phone": "01012345678"}


async def minji() -> User:
    return await make_member(login_id="minji.kim", email="minji@example.com")


def shown(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in MASKED}


async def looks() -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for row in await PersonalDataAccess.all().order_by("id").values_list("actor", "purpose", "target_id", "reason")
    ]


async def test_the_list_is_masked_without_the_permission_and_nothing_is_logged(client: httpx.AsyncClient) -> None:
    member = await minji()
    headers = await headers_with(client, "member:read")

    answer = await client.get(USERS, headers=headers)

    (item,) = answer.json()["items"]
    assert shown(item) == MASKED
    assert (item["id"], item["is_masked"], item["grade"], item["status"]) == (member.id, True, "BASIC", "ACTIVE")
    assert item["joined_at"].endswith("+09:00")
    assert not any(value in answer.text for value in CLEAR.values())
    assert await looks() == []


async def test_the_list_is_clear_with_the_permission_and_every_row_is_logged(client: httpx.AsyncClient) -> None:
    member, other = await minji(), await make_member()
    staff = await staff_with("member:read", "pii:read")
    headers = await staff_bearer(client, staff)

    answer = await client.get(f"{USERS}?sort=oldest&reason=명단 확인", headers={**headers, "User-Agent": "Whale/3"})

    items = answer.json()["items"]
    assert (shown(items[0]), items[0]["is_masked"]) == (CLEAR, False)
    assert answer.headers["Cache-Control"] == "no-store"
    actor = f"staff:{staff.id}"
    assert await looks() == [
        (actor, "member.list", str(member.id), "명단 확인"),
        (actor, "member.list", str(other.id), "명단 확인"),
    ]
    row = await PersonalDataAccess.filter(target_id=str(member.id)).get()
    assert (row.items, row.address, row.user_agent) == ("login_id,name,email,phone", "127.0.0.1", "Whale/3")
    assert row.request_id == answer.headers["X-Request-ID"]


async def test_who_may_read_can_ask_for_masked_values_and_leaves_no_trace(client: httpx.AsyncClient) -> None:
    member = await minji()
    headers = await headers_with(client, "member:read", "pii:read")

    listed = (await client.get(f"{USERS}?masked=true", headers=headers)).json()["items"][0]
    detail = (await client.get(f"{USERS}/{member.id}?masked=true", headers=headers)).json()

    assert shown(listed) == shown(detail) == MASKED
    assert await looks() == []


async def test_the_detail_tells_what_is_known_of_the_member(client: httpx.AsyncClient) -> None:
    member = await minji()
    await bearer(client, member)
    await bearer(client, member)
    headers = await headers_with(client, "member:read", "member:write")
    await client.post(f"{USERS}/{member.id}/memos", json={"body": "두 번 문의함"}, headers=headers)

    body = (await client.get(f"{USERS}/{member.id}", headers=headers)).json()

    assert (shown(body), body["is_masked"]) == (MASKED, True)
    consents = {row["policy"]: (row["agreed"], row["version"]) for row in body["consents"]}
    assert consents["terms"] == (True, "2026-01")
    assert consents["privacy"] == (True, "2026-01")
    assert consents["marketing_email"] == (False, "2026-01")
    assert (body["address_count"], body["session_count"], body["memo_count"]) == (0, 2, 1)
    assert [memo["body"] for memo in body["memos"]] == ["두 번 문의함"]
    assert body["orders"] == {"count": 0, "last_ordered_at": None}
    assert body["withdraw_at"] is None
    assert "password" not in str(body)
    assert "epoch" not in str(body)


async def test_the_detail_is_clear_with_the_permission_and_logged(client: httpx.AsyncClient) -> None:
    member = await minji()
    staff = await staff_with("member:read", "pii:read")

    body = (await client.get(f"{USERS}/{member.id}", headers=await staff_bearer(client, staff))).json()

    assert shown(body) == CLEAR
    assert await looks() == [(f"staff:{staff.id}", "member.detail", str(member.id), "")]


async def test_unmasking_answers_the_clear_values_for_a_reason(client: httpx.AsyncClient) -> None:
    member = await minji()
    staff = await staff_with("pii:read")
    headers = await staff_bearer(client, staff)

    answer = await client.post(f"{USERS}/{member.id}/unmask", json={"reason": "배송지 확인"}, headers=headers)

    assert (answer.status_code, answer.json()) == (200, {"id": member.id, **CLEAR})
    assert await looks() == [(f"staff:{staff.id}", "member.unmask", str(member.id), "배송지 확인")]


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  "}, {"reason": "x" * 201}, {"reason": "a\u0000b"}])
async def test_without_a_reason_nothing_is_unmasked(client: httpx.AsyncClient, body: dict[str, str]) -> None:
    member = await minji()
    headers = await headers_with(client, "pii:read")

    answer = await client.post(f"{USERS}/{member.id}/unmask", json=body, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert await looks() == []


async def test_nobody_is_logged_for_somebody_who_is_not_there(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "member:read", "pii:read")

    for method, path, body in (
        ("GET", "", None),
        ("POST", "/unmask", {"reason": "확인"}),
        ("GET", "/memos", None),
    ):
        answer = await client.request(method, f"{USERS}/987654321{path}", json=body, headers=headers)
        assert code(answer) == (404, "MEMBER_NOT_FOUND")
    assert await looks() == []


async def found(client: httpx.AsyncClient, headers: dict[str, str], **query: str) -> list[int]:
    answer = await client.get(USERS, params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["items"])
    return [item["id"] for item in answer.json()["items"]]


async def test_members_are_found_by_part_of_a_value_where_it_may_be_seen(client: httpx.AsyncClient) -> None:
    member = await minji()
    other = await make_member(login_id="hana", email="hana@example.org", name="이하나", phone="01099998888")
    headers = await headers_with(client, "member:read", "pii:read")

    for q in ("민지", "MINJI", "@example.com", "5678", "010-1234", "김"):
        assert await found(client, headers, q=q) == [member.id], q
    assert await found(client, headers, q="ha") == [other.id]
    assert await found(client, headers, q="%") == []
    assert await found(client, headers, q="_") == []
    assert await found(client, headers, q="010") == [other.id, member.id]


async def test_who_sees_masked_values_cannot_guess_them_letter_by_letter(client: httpx.AsyncClient) -> None:
    member = await minji()
    headers = await headers_with(client, "member:read")

    for q in ("민지", "minji", "@example.com", "5678", "0101234567", "minji.ki"):
        assert await found(client, headers, q=q) == [], q
    for q in ("김민지", "Minji.Kim", "minji@example.com", "010-1234-5678"):
        assert await found(client, headers, q=q) == [member.id], q
    both = await headers_with(client, "member:read", "pii:read")
    assert await found(client, both, q="민지", masked="true") == []


@pytest.mark.parametrize("text", ["x" * 41, "x" * 100, "0" * 12, "0" * 100, "ß" * 100, "\ufdfa" * 100])
@pytest.mark.parametrize("permissions", [("member:read",), ("member:read", "pii:read")])
async def test_a_text_longer_than_what_is_looked_at_finds_nobody(
    client: httpx.AsyncClient, text: str, permissions: tuple[str, ...]
) -> None:
    await minji()
    answer = await client.get(USERS, params={"q": text}, headers=await headers_with(client, *permissions))

    assert answer.status_code == 200, answer.text
    assert (answer.json()["items"], answer.json()["total"]) == ([], 0)


async def test_members_are_filtered_by_grade_status_and_korean_day(client: httpx.AsyncClient) -> None:
    first, second, third = await make_member(), await make_member(), await make_member()
    # 2026-03-01 00:30 and 23:30 in Korea
    await User.filter(id=first.id).update(created_at=datetime(2026, 2, 28, 15, 30, tzinfo=UTC), grade="VIP")
    await User.filter(id=second.id).update(
        created_at=datetime(2026, 3, 1, 14, 30, tzinfo=UTC), status=UserStatus.SUSPENDED
    )
    headers = await headers_with(client, "member:read")

    assert await found(client, headers, joined_from="2026-03-01", joined_to="2026-03-01") == [second.id, first.id]
    assert await found(client, headers, joined_to="2026-02-28") == []
    assert await found(client, headers, joined_from="2026-03-02") == [third.id]
    assert await found(client, headers, grade="VIP") == [first.id]
    assert await found(client, headers, status="SUSPENDED") == [second.id]
    assert await found(client, headers, status="SUSPENDED", grade="VIP") == []


async def test_the_order_is_total_and_the_pages_do_not_overlap(client: httpx.AsyncClient) -> None:
    now = datetime.now(UTC)
    ids = [(await make_member(name=name)).id for name in ("나", "가", "가", "다")]
    await User.filter(id__in=ids).update(created_at=now)
    await User.filter(id=ids[1]).update(last_sign_in_at=now)
    await User.filter(id=ids[3]).update(last_sign_in_at=now - timedelta(days=1))
    headers = await headers_with(client, "member:read")

    assert await found(client, headers) == ids[::-1]
    assert await found(client, headers, sort="oldest") == ids
    assert await found(client, headers, sort="name") == [ids[1], ids[2], ids[0], ids[3]]
    assert await found(client, headers, sort="recent_sign_in") == [ids[1], ids[3], ids[2], ids[0]]
    pages = [(await client.get(f"{USERS}?size=3&page={page}", headers=headers)).json() for page in (1, 2, 3)]
    assert [item["id"] for page in pages for item in page["items"]] == ids[::-1]
    assert {page["total"] for page in pages} == {4}


@pytest.mark.parametrize(
    "query",
    [
        "sort=password_hash",
        "sort=-id",
        "status=GONE",
        "grade=KING",
        "page=0",
        "size=101",
        "page=x",
        "joined_from=2026-13-01",
        "joined_from=2026-03-02&joined_to=2026-03-01",
        "q=" + "x" * 101,
        "q=%00",
        "masked=perhaps",
        "reason=" + "x" * 201,
    ],
)
async def test_bad_queries_are_refused(client: httpx.AsyncClient, query: str) -> None:
    headers = await headers_with(client, "member:read", "pii:read")
    await minji()

    assert code(await client.get(f"{USERS}?{query}", headers=headers)) == (422, "VALIDATION_ERROR")
    assert await looks() == []


async def test_who_came_by_a_social_login_may_have_next_to_nothing(client: httpx.AsyncClient) -> None:
    member = await minji()
    await User.filter(id=member.id).update(login_id=None, email=None, phone="", password_hash="")
    headers = await headers_with(client, "member:read")

    body = (await client.get(f"{USERS}/{member.id}", headers=headers)).json()

    assert shown(body) == {"login_id": None, "name": "김*지", "email": None, "phone": ""}
