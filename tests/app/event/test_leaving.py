"""Members leave, and take what they wrote along."""

import asyncio

import httpx

from src.app.event.models import CommentReport, EventComment
from src.app.event.services import personal_data
from src.app.user.services.withdrawing import finish_due
from src.common import clock
from src.worker.jobs.run import run_job
from tests.factories.events import make_comment, make_event
from tests.factories.orders import later
from tests.factories.people import PASSWORD, bearer, make_member


async def test_comments_and_reports_lose_author_and_words_however_often(client: httpx.AsyncClient) -> None:
    event, gone, stays = await make_event(), await make_member(), await make_member()
    other = await make_event("다른 이벤트")
    mine = [await make_comment(event, gone.id, text) for text in ("하나", "둘")]
    theirs = await make_comment(other, stays.id, "남의 댓글")
    await CommentReport.create(comment_id=theirs.id, reporter_id=gone.id, reason="신고", created_at=clock.now())

    assert [await personal_data.erase(gone.id) for _ in range(2)] == [2, 0]

    rows = await EventComment.filter(id__in=[row.id for row in mine]).values_list("user_id", "content", "digest")
    assert list(rows) == [(None, "", "")] * 2
    assert await CommentReport.all().values_list("reporter_id", "reason") == [(None, "")]
    assert (await EventComment.get(id=theirs.id)).content == "남의 댓글"
    listed = (await client.get(f"/api/v1/events/{event.id}/comments")).json()
    assert (listed["total"], listed["items"]) == (0, [])


async def test_the_export_holds_what_a_member_wrote(client: httpx.AsyncClient) -> None:
    event, member, other = await make_event(), await make_member(), await make_member()
    await make_comment(event, member.id, "제 댓글")
    theirs = await make_comment(event, other.id, "남의 댓글")
    headers = await bearer(client, member)
    path = f"/api/v1/events/{event.id}/comments/{theirs.id}/report"
    assert (await client.post(path, json={"reason": "광고"}, headers=headers)).status_code == 204

    exported = (await client.get("/api/v1/me/export", headers=headers)).json()["event_comments"]

    assert [(row.get("content"), row.get("reason")) for row in exported] == [("제 댓글", None), (None, "광고")]
    assert "남의 댓글" not in str(exported)


async def test_who_writes_while_leaving_leaves_nothing_behind(client: httpx.AsyncClient) -> None:
    event, member = await make_event(), await make_member()
    headers = await bearer(client, member)
    asked = await client.post("/api/v1/me/withdrawal", json={"reason": "", "password": PASSWORD}, headers=headers)
    assert asked.status_code == 200, asked.text
    path = f"/api/v1/events/{event.id}/comments"

    with later(days=15):
        calls = [client.post(path, json={"content": f"{number}번째"}, headers=headers) for number in range(4)]
        answers, finished = await asyncio.gather(asyncio.gather(*calls), finish_due())
        await run_job("relay-outbox")

    assert finished == 1
    assert {answer.status_code for answer in answers} <= {201, 401}
    assert await EventComment.exclude(user_id=None).count() == 0
    assert await EventComment.exclude(content="").count() == 0
