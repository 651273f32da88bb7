"""Staff keep events and decide on comments."""

import asyncio
import csv
import io
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.event.models import CommentReport, CommentStatus, Event, EventComment
from src.app.event.services.entries import CHUNK
from src.app.event.services.pictures import pictures_shown
from src.common import clock
from src.common.clock import korean
from src.common.models.audit_log import AuditLog
from src.common.models.personal_data_access import PersonalDataAccess
from tests.app.auth.support import code
from tests.app.product.editing.support import store
from tests.app.staff.people import audited, headers_with
from tests.factories.events import make_comment, make_event
from tests.factories.people import bearer, make_member

API = "/api/v1"
ADMIN = f"{API}/admin"
BOTH = ("event:read", "event:write")


def spring() -> dict[str, Any]:
    now = clock.now().replace(microsecond=0)
    return {
        "title": "봄맞이",
        "body": "댓글로 응원해 주세요.",
        "image_path": store("event.webp")[0],
        "is_published": True,
        "starts_at": korean(now - timedelta(hours=1)),
        "ends_at": korean(now + timedelta(days=7)),
    }


async def test_an_event_is_written_shown_changed_and_removed(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    assert (await client.get(f"{API}/events")).json()["total"] == 0

    made = await client.post(f"{ADMIN}/events", json=spring(), headers=headers)
    assert made.status_code == 201, made.text
    event_id = made.json()["id"]
    assert made.json()["status"] == "ongoing"
    assert (await client.get(f"{API}/events")).json()["items"][0]["title"] == "봄맞이"

    path = f"{ADMIN}/events/{event_id}"
    for _ in range(2):
        changed = await client.patch(path, json={"title": "여름맞이"}, headers=headers)
        assert changed.json()["title"] == "여름맞이"
    assert (await client.get(f"{API}/events/{event_id}")).json()["title"] == "여름맞이"
    (row,) = await audited("event.changed")
    assert (row["before"], row["after"]) == ({"title": "봄맞이"}, {"title": "여름맞이"})
    reversed_ = await client.patch(path, json={"ends_at": "2020-01-01T00:00:00+09:00"}, headers=headers)
    assert code(reversed_) == (422, "EVENT_PERIOD_REVERSED")
    assert [(await client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    assert (await client.get(f"{API}/events")).json()["total"] == 0


@pytest.mark.parametrize(
    "over",
    [
        {"title": ""},
        {"title": "a" * 121},
        {"body": "a\x00"},
        {"body": "a" * 20_001},
        {"image_path": "../secret.png"},
        {"image_path": "https://example.com/a.png"},
        {"image_path": "events/1.html"},
        {"image_path": "events/absent.webp"},
        {"starts_at": "2026-12-01"},
        {"starts_at": None},
        {"view_count": 10_000},
    ],
)
async def test_a_bad_event_is_refused(client: httpx.AsyncClient, over: dict[str, Any]) -> None:
    headers = await headers_with(client, *BOTH)
    assert (await client.post(f"{ADMIN}/events", json={**spring(), **over}, headers=headers)).status_code == 422
    assert await Event.all().count() == 0


async def test_events_tell_which_pictures_they_show(empty: None) -> None:
    await make_event(image_path="events/1.webp", is_published=False)
    assert await pictures_shown(frozenset({"events/1.webp", "events/2.webp"})) == {"events/1.webp"}


async def test_an_event_with_comments_stays(client: httpx.AsyncClient) -> None:
    event, member = await make_event(), await make_member()
    await make_comment(event, member.id)
    headers = await headers_with(client, *BOTH)

    answer = await client.delete(f"{ADMIN}/events/{event.id}", headers=headers)

    assert code(answer) == (409, "EVENT_HAS_COMMENTS")
    assert answer.json()["count"] == 1


async def test_the_list_tells_the_phases_apart(client: httpx.AsyncClient) -> None:
    await make_event("지난", starts=-9, ends=-2)
    await make_event("지금")
    await make_event("곧 100%", starts=1, ends=2)
    await make_event("초안", is_published=False)
    headers = await headers_with(client, "event:read")

    async def titles(**params: str) -> list[str]:
        answer = await client.get(f"{ADMIN}/events", params=params, headers=headers)
        return [item["title"] for item in answer.json()["items"]]

    assert await titles() == ["초안", "곧 100%", "지금", "지난"]
    assert await titles(status="scheduled") == ["곧 100%"]
    assert await titles(status="ongoing") == ["지금"]
    assert await titles(status="ended") == ["지난"]
    assert await titles(status="unpublished") == ["초안"]
    assert await titles(q="0%") == ["곧 100%"]


async def test_a_decision_hides_or_shows_and_answers_the_reports(client: httpx.AsyncClient) -> None:
    event, author, reader = await make_event(), await make_member(login_id="spam.er"), await make_member()
    comment = await make_comment(event, author.id, "광고", status="REPORTED", report_count=1)
    await CommentReport.create(comment_id=comment.id, reporter_id=reader.id, reason="광고", created_at=clock.now())
    headers = await headers_with(client, *BOTH)
    reported = await client.get(f"{ADMIN}/event-comments", params={"reported": "true"}, headers=headers)
    (row,) = reported.json()["items"]
    assert (row["author"], row["report_count"], row["status"]) == ("spa****", 1, "REPORTED")
    path = f"{ADMIN}/events/{event.id}/comments/{comment.id}"
    reports = (await client.get(f"{path}/reports", headers=headers)).json()["items"]
    assert [(report["reason"], report["is_open"]) for report in reports] == [("광고", True)]

    for _ in range(2):
        shown = await client.patch(path, json={"status": "SHOWN", "reason": "문제 없음"}, headers=headers)
        assert (shown.json()["status"], shown.json()["report_count"]) == ("SHOWN", 0)
    assert (await client.get(f"{API}/events/{event.id}/comments")).json()["total"] == 1
    hidden = await client.patch(path, json={"status": "HIDDEN", "reason": "광고성 댓글"}, headers=headers)
    assert hidden.json()["reason"] == "광고성 댓글"
    assert (await client.get(f"{API}/events/{event.id}/comments")).json()["total"] == 0
    rows = await audited("event.comment_decided")
    assert [(row["before"]["status"], row["after"]["status"], row["reason"]) for row in rows] == [
        ("REPORTED", "SHOWN", "문제 없음"),
        ("SHOWN", "HIDDEN", "광고성 댓글"),
    ]
    again = await client.post(
        f"{API}/events/{event.id}/comments/{comment.id}/report", json={"reason": "a"}, headers=await bearer(client)
    )
    assert again.status_code == 404


async def test_a_report_and_a_decision_at_once_agree(client: httpx.AsyncClient) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id)
    headers, reader = await headers_with(client, *BOTH), await bearer(client)
    path = f"/events/{event.id}/comments/{comment.id}"

    await asyncio.gather(
        client.post(f"{API}{path}/report", json={"reason": "a"}, headers=reader),
        client.patch(f"{ADMIN}{path}", json={"status": "HIDDEN", "reason": "a"}, headers=headers),
    )

    await comment.refresh_from_db()
    still_open = await CommentReport.filter(comment_id=comment.id, closed_at=None).count()
    assert (comment.status, comment.report_count, still_open) == (CommentStatus.HIDDEN, 0, 0)


@pytest.mark.parametrize("decision", ["SHOWN", "HIDDEN"])
async def test_a_comment_that_its_author_took_back_is_answered_and_never_shown_again(
    client: httpx.AsyncClient, decision: str
) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id, "광고", status=CommentStatus.REMOVED, report_count=2)
    headers = await headers_with(client, *BOTH)
    waiting = (await client.get(f"{ADMIN}/event-comments", params={"reported": True}, headers=headers)).json()
    assert [(item["content"], item["status"]) for item in waiting["items"]] == [("광고", "REMOVED")]

    path = f"{ADMIN}/events/{event.id}/comments/{comment.id}"
    answer = await client.patch(path, json={"status": decision, "reason": "확인"}, headers=headers)

    assert (answer.status_code, answer.json()["status"], answer.json()["report_count"]) == (200, "REMOVED", 0)
    assert (await client.get(f"{API}/events/{event.id}/comments")).json()["total"] == 0
    exported = await client.get(f"{ADMIN}/events/{event.id}/entries/export", headers=headers)
    assert len(table(exported)) == 1
    assert len(await audited("event.comment_decided")) == 1


async def test_many_decisions_answer_one_by_one(client: httpx.AsyncClient) -> None:
    event, author = await make_event(), await make_member()
    ids = [(await make_comment(event, author.id, str(number))).id for number in range(2)]
    headers = await headers_with(client, *BOTH)
    body = {"ids": [ids[0], ids[1] + 99, ids[1], ids[0]], "status": "HIDDEN", "reason": "도배"}

    answer = await client.post(f"{ADMIN}/event-comments/decisions", json=body, headers=headers)

    assert [(item["id"], item["outcome"], item["code"]) for item in answer.json()["items"]] == [
        (ids[0], "done", None),
        (ids[1] + 99, "failed", "COMMENT_NOT_FOUND"),
        (ids[1], "done", None),
    ]
    assert len(await audited("event.comment_decided")) == 2
    others: tuple[dict[str, Any], ...] = ({"ids": []}, {"status": "REPORTED"}, {"reason": ""})
    for other in others:
        refused = await client.post(f"{ADMIN}/event-comments/decisions", json=body | other, headers=headers)
        assert refused.status_code == 422


async def test_staff_remove_a_comment_and_the_log_does_not_keep_its_words(client: httpx.AsyncClient) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id, "비밀스러운말")
    headers = await headers_with(client, *BOTH)
    path = f"{ADMIN}/events/{event.id}/comments/{comment.id}"

    answers = [await client.delete(path, params={"reason": "욕설"}, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 404]
    (row,) = await audited("event.comment_removed")
    assert (row["reason"], row["before"]["user_id"]) == ("욕설", author.id)
    assert "비밀스러운말" not in json.dumps(await AuditLog.all().values("before", "after"), ensure_ascii=False)


def table(answer: httpx.Response) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_entries_with_personal_data_are_in_the_access_log(client: httpx.AsyncClient) -> None:
    event = await make_event()
    member = await make_member(login_id="minji.kim", name="김민지", email="minji@example.com", phone="01012345678")
    await make_comment(event, member.id, '=HYPERLINK("x")')
    await make_comment(event, member.id, "둘째, 댓글")
    await make_comment(event, None, "")
    headers = await headers_with(client, "event:read", "pii:read")

    answer = await client.get(f"{ADMIN}/events/{event.id}/entries/export", params={"reason": "추첨"}, headers=headers)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    heading, first, second, gone = table(answer)
    assert heading[2:6] == ["아이디", "이름", "이메일", "휴대전화"]
    assert first[2:7] == ["minji.kim", "김민지", "minji@example.com", "010-1234-5678", '\'=HYPERLINK("x")']
    assert second[6:] == ["둘째, 댓글", "표시"]
    assert gone[2:7] == ["탈퇴한 회원", "", "", "", ""]
    (row,) = await PersonalDataAccess.filter(purpose="event.entries")
    assert (row.target_id, row.items, row.reason) == (str(member.id), "login_id,name,email,phone", "추첨")
    (exported,) = await audited("event.entries_exported")
    assert exported["after"] == {"personal_data": True}


async def test_every_entry_of_a_long_list_is_in_the_file_once(client: httpx.AsyncClient) -> None:
    event, now = await make_event(), clock.now()
    await EventComment.bulk_create(
        [
            EventComment(event_id=event.id, user_id=None, content=str(number), created_at=now, updated_at=now)
            for number in range(CHUNK + 1)
        ]
    )
    headers = await headers_with(client, "event:read")

    answer = await client.get(f"{ADMIN}/events/{event.id}/entries/export", headers=headers)

    assert [row[6] for row in table(answer)[1:]] == [str(number) for number in range(CHUNK + 1)]


@pytest.mark.parametrize(("permissions", "params"), [((), {}), (("pii:read",), {"masked": "true"})])
async def test_entries_are_masked_otherwise(
    client: httpx.AsyncClient, permissions: tuple[str, ...], params: dict[str, str]
) -> None:
    event, member = await make_event(), await make_member(login_id="minji.kim")
    await make_comment(event, member.id)
    headers = await headers_with(client, "event:read", *permissions)

    answer = await client.get(f"{ADMIN}/events/{event.id}/entries/export", params=params, headers=headers)

    assert table(answer)[1][2:6] == ["min****", "", "", ""]
    assert await PersonalDataAccess.all().count() == 0
    absent = await client.get(f"{ADMIN}/events/{event.id + 1}/entries/export", headers=headers)
    assert code(absent) == (404, "EVENT_NOT_FOUND")


async def test_who_lacks_the_permission_is_refused(client: httpx.AsyncClient) -> None:
    event = await make_event()
    reader, stranger = await headers_with(client, "event:read"), await headers_with(client, "notice:read")
    calls: list[tuple[str, str, Any]] = [
        ("POST", "/events", spring()),
        ("PATCH", f"/events/{event.id}", {"title": "a"}),
        ("DELETE", f"/events/{event.id}", None),
        ("POST", "/event-comments/decisions", {"ids": [1], "status": "SHOWN", "reason": "a"}),
        ("PATCH", f"/events/{event.id}/comments/1", {"status": "SHOWN", "reason": "a"}),
        ("DELETE", f"/events/{event.id}/comments/1", None),
    ]
    for method, path, body in calls:
        assert code(await client.request(method, f"{ADMIN}{path}", json=body, headers=reader)) == (403, "FORBIDDEN")
    for path in ("/events", f"/events/{event.id}", f"/events/{event.id}/entries/export", "/event-comments"):
        assert (await client.get(f"{ADMIN}{path}", headers=stranger)).status_code == 403
    assert await EventComment.all().count() == 0
