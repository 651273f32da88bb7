"""Members write under events."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.event.models import CommentReport, CommentStatus, Event, EventComment
from src.app.user.models import User
from src.core.configs import settings
from tests.app.auth.support import code
from tests.factories.events import make_comment, make_event
from tests.factories.people import bearer, make_member, make_social_member

API = "/api/v1/events"


async def listed(client: httpx.AsyncClient, event: Event, **params: int) -> list[tuple[str, str]]:
    answer = await client.get(f"{API}/{event.id}/comments", params=params)
    assert answer.status_code == 200, answer.text
    return [(item["author"], item["content"]) for item in answer.json()["items"]]


async def test_a_comment_is_seen_at_once_with_its_author_masked(client: httpx.AsyncClient) -> None:
    event = await make_event()
    headers = await bearer(client, await make_member(login_id="smith.kim"))
    assert await listed(client, event) == []

    made = await client.post(
        f"{API}/{event.id}/comments", json={"content": "  좋아요 ⛳\r\n또 만나요 "}, headers=headers
    )

    assert made.status_code == 201, made.text
    body = made.json()
    assert (body["author"], body["content"], body["status"], body["is_edited"]) == (
        "smi****",
        "좋아요 ⛳\n또 만나요",
        "SHOWN",
        False,
    )
    assert await listed(client, event) == [("smi****", "좋아요 ⛳\n또 만나요")]
    shown = (await client.get(f"{API}/{event.id}")).json()
    assert (shown["accepts_comments"], shown["status"]) == (True, "ongoing")


async def test_who_came_by_a_provider_is_masked_by_name(client: httpx.AsyncClient) -> None:
    event = await make_event()
    member = await make_social_member(name="남궁민수")
    await make_comment(event, member.id)

    assert await listed(client, event) == [("남**", "응원합니다")]


async def test_comments_are_five_a_page_the_newest_first(client: httpx.AsyncClient) -> None:
    event, member = await make_event(), await make_member()
    for number in range(7):
        await make_comment(event, member.id, f"댓글 {number}")

    answer = (await client.get(f"{API}/{event.id}/comments")).json()

    assert (answer["total"], answer["size"]) == (7, 5)
    assert [item["content"] for item in answer["items"]] == [f"댓글 {number}" for number in (6, 5, 4, 3, 2)]
    assert len(await listed(client, event, page=2)) == 2


@pytest.mark.parametrize(
    "content",
    ["가" * 500, "😀" * 500, "👨\u200d👩\u200d👧\u200d👦" * 500, "e\u0301" * 500, "\U0001fae8" * 3, "=1+1", "<script>"],
)
async def test_five_hundred_characters_are_counted_as_they_are_seen(client: httpx.AsyncClient, content: str) -> None:
    event = await make_event()
    headers = await bearer(client)

    answer = await client.post(f"{API}/{event.id}/comments", json={"content": content}, headers=headers)

    assert answer.status_code == 201, answer.text
    assert len(await listed(client, event)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"content": "가" * 501},
        {"content": "😀" * 501},
        {"content": "a" + "\u0301" * 6500},
        {"content": ""},
        {"content": " \n "},
        {"content": "\u3164\u200b"},
        {"content": "a\x00b"},
        {"content": "a\u202eb"},
        {"content": 5},
        {"content": None},
        {},
        {"content": "a", "user_id": 1},
        {"content": "a", "status": "SHOWN"},
    ],
)
async def test_a_bad_comment_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    event = await make_event()
    headers = await bearer(client)

    assert code(await client.post(f"{API}/{event.id}/comments", json=body, headers=headers)) == (
        422,
        "VALIDATION_ERROR",
    )
    assert await EventComment.all().count() == 0


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"starts": -5, "ends": -1}, (409, "EVENT_CLOSED")),
        ({"takes_comments": False}, (409, "EVENT_CLOSED")),
        ({"starts": 1, "ends": 2}, (404, "EVENT_NOT_FOUND")),
        ({"is_published": False}, (404, "EVENT_NOT_FOUND")),
    ],
)
async def test_the_event_must_be_on(
    client: httpx.AsyncClient, event: dict[str, Any], expected: tuple[int, str]
) -> None:
    made = await make_event(**event)
    headers = await bearer(client)

    answer = await client.post(f"{API}/{made.id}/comments", json={"content": "늦었나요"}, headers=headers)

    assert code(answer) == expected


async def test_the_same_text_twice_is_refused_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    event = await make_event()
    headers = await bearer(client)

    answers = await asyncio.gather(
        *(
            client.post(f"{API}/{event.id}/comments", json={"content": text}, headers=headers)
            for text in ("Go Mic!", "go mic!", "Go  Mic!")
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    other = await bearer(client)
    again = await client.post(f"{API}/{event.id}/comments", json={"content": "Go Mic!"}, headers=other)
    assert again.status_code == 201


async def test_who_writes_too_much_waits(client: httpx.AsyncClient) -> None:
    event = await make_event()
    headers = await bearer(client)
    allowed = int(settings().limits.comment.partition("/")[0])

    answers = [
        await client.post(f"{API}/{event.id}/comments", json={"content": f"{number}번"}, headers=headers)
        for number in range(allowed + 1)
    ]

    assert [answer.status_code for answer in answers] == [201] * allowed + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


async def test_guests_and_staff_do_not_write(client: httpx.AsyncClient) -> None:
    event = await make_event()
    assert code(await client.post(f"{API}/{event.id}/comments", json={"content": "a"})) == (401, "NOT_AUTHENTICATED")


async def test_a_member_changes_and_removes_only_their_own(client: httpx.AsyncClient) -> None:
    event, mine = await make_event(), await make_member()
    comment = await make_comment(event, mine.id)
    headers, others = await bearer(client, mine), await bearer(client)
    path = f"{API}/{event.id}/comments/{comment.id}"

    for call in (client.patch(path, json={"content": "바꿈"}, headers=others), client.delete(path, headers=others)):
        assert code(await call) == (404, "COMMENT_NOT_FOUND")
    elsewhere = await make_event("다른 이벤트")
    wrong = await client.delete(f"{API}/{elsewhere.id}/comments/{comment.id}", headers=headers)
    assert code(wrong) == (404, "COMMENT_NOT_FOUND")

    edited = await client.patch(path, json={"content": "바꿈"}, headers=headers)
    assert (edited.json()["content"], edited.json()["is_edited"]) == ("바꿈", True)
    assert [text for _, text in await listed(client, event)] == ["바꿈"]
    second = await make_comment(event, mine.id, "둘째")
    taken = await client.patch(f"{API}/{event.id}/comments/{second.id}", json={"content": "바 꿈"}, headers=headers)
    assert code(taken) == (409, "COMMENT_REPEATED")
    assert [(await client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    assert [text for _, text in await listed(client, event)] == ["둘째"]


async def test_after_the_event_a_comment_can_only_be_taken_back(client: httpx.AsyncClient) -> None:
    event, mine = await make_event(starts=-5, ends=-1), await make_member()
    comment = await make_comment(event, mine.id)
    headers = await bearer(client, mine)
    path = f"{API}/{event.id}/comments/{comment.id}"

    assert code(await client.patch(path, json={"content": "바꿈"}, headers=headers)) == (409, "EVENT_CLOSED")
    assert (await client.delete(path, headers=headers)).status_code == 204


async def reporters(client: httpx.AsyncClient, count: int) -> list[dict[str, str]]:
    return [await bearer(client) for _ in range(count)]


async def test_enough_reports_hide_a_comment_counted_one_by_one(client: httpx.AsyncClient) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id)
    limit = settings().limits.reports_to_hide
    people = await reporters(client, limit)
    path = f"{API}/{event.id}/comments/{comment.id}/report"

    first = await client.post(path, json={"reason": "광고입니다"}, headers=people[0])
    twice = await client.post(path, json={"reason": "광고입니다"}, headers=people[0])
    assert (first.status_code, code(twice)) == (204, (409, "REPORTED_ALREADY"))
    assert len(await listed(client, event)) == 1
    rest = await asyncio.gather(*(client.post(path, json={"reason": "욕설"}, headers=one) for one in people[1:] * 2))

    assert sorted(answer.status_code for answer in rest).count(204) == limit - 1
    await comment.refresh_from_db()
    assert (comment.status, comment.report_count) == (CommentStatus.REPORTED, limit)
    assert await listed(client, event) == []
    assert await CommentReport.all().count() == limit
    late = await client.post(path, json={"reason": "늦음"}, headers=await bearer(client))
    assert code(late) == (404, "COMMENT_NOT_FOUND")
    mine = await client.get(f"{API}/{event.id}/comments/mine", headers=await bearer(client, author))
    assert [(item["id"], item["status"]) for item in mine.json()["items"]] == [(comment.id, "REPORTED")]


@pytest.mark.parametrize(
    ("status", "reports", "is_kept"),
    [
        (CommentStatus.SHOWN, 0, False),
        (CommentStatus.SHOWN, 1, True),
        (CommentStatus.REPORTED, 3, True),
        (CommentStatus.HIDDEN, 0, True),
    ],
)
async def test_what_was_reported_or_hidden_is_not_taken_back_to_be_written_again(
    client: httpx.AsyncClient, status: CommentStatus, reports: int, is_kept: bool
) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id, "광고", status=status, report_count=reports)
    headers = await bearer(client, author)
    path = f"{API}/{event.id}/comments"

    assert (await client.delete(f"{path}/{comment.id}", headers=headers)).status_code == 204

    assert (await listed(client, event), (await client.get(f"{path}/mine", headers=headers)).json()["total"]) == ([], 0)
    assert (await client.get(f"{API}/{event.id}")).json()["comment_count"] == 0
    for answer in (
        await client.delete(f"{path}/{comment.id}", headers=headers),
        await client.patch(f"{path}/{comment.id}", json={"content": "다른 글"}, headers=headers),
    ):
        assert code(answer) == (404, "COMMENT_NOT_FOUND")
    again = await client.post(path, json={"content": " 광 고"}, headers=headers)
    assert again.status_code == (409 if is_kept else 201)
    kept = await EventComment.filter(id=comment.id).values_list("status", "report_count", "content")
    assert kept == ([(CommentStatus.REMOVED, reports, "광고")] if is_kept else [])


async def test_nobody_reports_themselves_or_nothing(client: httpx.AsyncClient) -> None:
    event, author = await make_event(), await make_member()
    comment = await make_comment(event, author.id)
    headers = await bearer(client, author)
    path = f"{API}/{event.id}/comments/{comment.id}/report"

    assert code(await client.post(path, json={"reason": "a"}, headers=headers)) == (409, "OWN_COMMENT")
    for body in ({}, {"reason": ""}, {"reason": "a" * 201}):
        assert (await client.post(path, json=body, headers=await bearer(client))).status_code == 422


async def test_a_member_who_left_meanwhile_writes_nothing(client: httpx.AsyncClient) -> None:
    event, member = await make_event(), await make_member()
    headers = await bearer(client, member)
    await User.filter(id=member.id).update(status="WITHDRAWN")

    answer = await client.post(f"{API}/{event.id}/comments", json={"content": "안녕"}, headers=headers)

    assert answer.status_code == 401
    assert await EventComment.all().count() == 0
