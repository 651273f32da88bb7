"""Changing members: status, grade, sessions, memos."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.app.user.models import User, UserMemo, UserStatus
from src.app.user.services import personal_data
from src.common.models.audit_log import AuditLog
from tests.app.auth.support import API, code, me, refresh, sign_in
from tests.app.staff.people import audited, headers_with, staff_with
from tests.factories.people import make_member, staff_bearer

USERS = f"{API}/admin/users"
SUSPEND = {"status": "SUSPENDED", "reason": "결제 도용 의심"}
ALLOWED = ("member:read", "member:write", "member:suspend")


async def test_a_suspended_member_is_out_at_once_and_everywhere(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")
    sessions = [await sign_in(client, "minji.kim") for _ in range(2)]
    staff = await staff_with(*ALLOWED)

    answer = await client.patch(f"{USERS}/{member.id}", json=SUSPEND, headers=await staff_bearer(client, staff))

    assert (answer.status_code, answer.json()["status"], answer.json()["is_masked"]) == (200, "SUSPENDED", True)
    for session in sessions:
        assert code(await me(client, session.json()["access_token"])) == (401, "INVALID_TOKEN")
        assert code(await refresh(client, session.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert code(await sign_in(client, "minji.kim")) == (403, "ACCOUNT_SUSPENDED")
    assert (await User.get(id=member.id)).session_epoch == 1
    (row,) = await audited("member.changed")
    assert (row["actor"], row["target_type"], row["target_id"]) == (f"staff:{staff.id}", "member", str(member.id))
    assert (row["before"], row["after"]) == ({"status": "ACTIVE"}, {"status": "SUSPENDED"})
    assert row["reason"] == "결제 도용 의심"


async def test_a_member_is_let_back_in(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")
    headers = await headers_with(client, *ALLOWED)
    await client.patch(f"{USERS}/{member.id}", json=SUSPEND, headers=headers)

    body = {"status": "ACTIVE", "reason": "본인 확인 완료"}
    answer = await client.patch(f"{USERS}/{member.id}", json=body, headers=headers)

    assert answer.json()["status"] == "ACTIVE"
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_a_withdrawal_under_way_goes_on_after_a_suspension(client: httpx.AsyncClient) -> None:
    member = await make_member()
    await User.filter(id=member.id).update(status=UserStatus.WITHDRAWING, withdraw_at=datetime(2030, 1, 1, tzinfo=UTC))
    headers = await headers_with(client, *ALLOWED)

    same = await client.patch(f"{USERS}/{member.id}", json={"status": "ACTIVE", "reason": "확인"}, headers=headers)
    assert same.json()["status"] == "WITHDRAWING"
    await client.patch(f"{USERS}/{member.id}", json=SUSPEND, headers=headers)
    back = await client.patch(f"{USERS}/{member.id}", json={"status": "ACTIVE", "reason": "확인"}, headers=headers)

    assert back.json()["status"] == "WITHDRAWING"
    assert len(await audited("member.changed")) == 2


async def test_the_grade_is_set_and_saying_the_same_again_writes_nothing(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")
    token = (await sign_in(client, "minji.kim")).json()["access_token"]
    headers = await headers_with(client, "member:read", "member:write")

    for _ in range(2):
        body = {"grade": "VIP", "reason": "우수 고객"}
        answer = await client.patch(f"{USERS}/{member.id}", json=body, headers=headers)
        assert (answer.status_code, answer.json()["grade"]) == (200, "VIP")

    (row,) = await audited("member.changed")
    assert (row["before"], row["after"]) == ({"grade": "BASIC"}, {"grade": "VIP"})
    assert (await me(client, token)).status_code == 200


async def test_the_status_needs_a_permission_of_its_own(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await headers_with(client, "member:read", "member:write")

    answer = await client.patch(f"{USERS}/{member.id}", json={**SUSPEND, "grade": "VIP"}, headers=headers)

    assert code(answer) == (403, "FORBIDDEN")
    user = await User.get(id=member.id)
    assert (user.status, user.grade) == (UserStatus.ACTIVE, "BASIC")
    (row,) = await audited("access.denied")
    assert (row["target_type"], row["target_id"], row["reason"]) == ("member", str(member.id), "member:suspend")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": "이유만"},
        {"status": "SUSPENDED"},
        {"status": "WITHDRAWN", "reason": "확인"},
        {"grade": "KING", "reason": "확인"},
        {"grade": "VIP", "reason": ""},
        {"grade": "VIP", "reason": "확인", "role": "owner"},
        {"email": "x@example.com", "reason": "확인"},
    ],
)
async def test_bad_changes_are_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    member = await make_member()
    headers = await headers_with(client, *ALLOWED)

    assert code(await client.patch(f"{USERS}/{member.id}", json=body, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await audited("member.changed") == []


async def test_nothing_of_a_member_who_left_is_changed(client: httpx.AsyncClient) -> None:
    member = await make_member()
    await User.filter(id=member.id).update(status=UserStatus.WITHDRAWN)
    headers = await headers_with(client, *ALLOWED)

    for method, path, body in (
        ("PATCH", "", SUSPEND),
        ("POST", "/force-logout", {}),
        ("POST", "/memos", {"body": "메모"}),
    ):
        answer = await client.request(method, f"{USERS}/{member.id}{path}", json=body, headers=headers)
        assert code(answer) == (409, "MEMBER_HAS_LEFT"), path
        answer = await client.request(method, f"{USERS}/987654321{path}", json=body, headers=headers)
        assert code(answer) == (404, "MEMBER_NOT_FOUND"), path


async def test_forcing_a_logout_ends_every_session_of_one_member(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")
    await make_member(login_id="hana.lee")
    mine, hers = await sign_in(client, "minji.kim"), await sign_in(client, "hana.lee")
    headers = await headers_with(client, "member:read", "member:write")

    answer = await client.post(f"{USERS}/{member.id}/force-logout", headers=headers)

    assert answer.status_code == 204
    assert code(await me(client, mine.json()["access_token"])) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, mine.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert (await me(client, hers.json()["access_token"])).status_code == 200
    assert (await sign_in(client, "minji.kim")).status_code == 200
    assert [row["target_id"] for row in await audited("member.signed_out")] == [str(member.id)]


async def test_a_sign_in_at_the_moment_of_a_suspension_does_not_survive_it(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *ALLOWED)
    for number in range(4):
        member = await make_member(login_id=f"racer{number}")

        answers = await asyncio.gather(
            *(sign_in(client, f"racer{number}") for _ in range(3)),
            client.patch(f"{USERS}/{member.id}", json=SUSPEND, headers=headers),
        )

        assert answers[-1].status_code == 200
        for answer in answers[:-1]:
            if answer.status_code == 200:
                assert code(await me(client, answer.json()["access_token"])) == (401, "INVALID_TOKEN")


async def test_memos_are_kept_newest_first_with_their_author(client: httpx.AsyncClient) -> None:
    member, other = await make_member(), await make_member()
    staff = await staff_with("member:read", "member:write")
    headers = await staff_bearer(client, staff)
    path = f"{USERS}/{member.id}/memos"

    first = await client.post(path, json={"body": "첫 줄\n둘째 줄"}, headers=headers)
    await client.post(path, json={"body": "두 번째 메모"}, headers=headers)
    await client.post(f"{USERS}/{other.id}/memos", json={"body": "다른 회원"}, headers=headers)

    assert first.status_code == 201
    assert (first.json()["body"], first.json()["author_id"], first.json()["author_name"]) == (
        "첫 줄\n둘째 줄",
        staff.id,
        "박운영",
    )
    page = (await client.get(path, headers=headers)).json()
    assert ([memo["body"] for memo in page["items"]], page["total"]) == (["두 번째 메모", "첫 줄\n둘째 줄"], 2)
    rows = await audited("member.memo_added")
    assert rows[0]["after"] == {"memo_id": first.json()["id"]}
    assert "첫 줄" not in str(rows)


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, "a\u0000b", None, 5])
async def test_bad_memos_are_refused(client: httpx.AsyncClient, text: Any) -> None:
    member = await make_member()
    headers = await headers_with(client, "member:read", "member:write")

    answer = await client.post(f"{USERS}/{member.id}/memos", json={"body": text}, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert await UserMemo.all().count() == 0


async def test_memos_about_somebody_are_forgotten_together(client: httpx.AsyncClient) -> None:
    member, other = await make_member(), await make_member()
    headers = await headers_with(client, "member:read", "member:write")
    for user in (member, member, other):
        await client.post(f"{USERS}/{user.id}/memos", json={"body": "메모"}, headers=headers)
    rows = await AuditLog.all().count()

    assert [await personal_data.erase(member.id) for _ in range(2)] == [2, 0]

    assert await UserMemo.all().values_list("user_id", flat=True) == [other.id]
    assert await AuditLog.all().count() == rows
