"""Questions that are often asked."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.notice.models import Faq
from src.common import clock
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with

API = "/api/v1/faqs"
ADMIN = "/api/v1/admin/faqs"
BOTH = ("notice:read", "notice:write")


async def make_faq(question: str, category: str = "delivery", **over: Any) -> Faq:
    now = clock.now()
    return await Faq.create(category=category, question=question, answer="네.", created_at=now, updated_at=now, **over)


async def questions(client: httpx.AsyncClient, **params: str) -> list[str]:
    return [item["question"] for item in (await client.get(API, params=params)).json()["items"]]


async def test_questions_come_by_category_in_their_order(client: httpx.AsyncClient) -> None:
    await make_faq("배송 2", position=2)
    await make_faq("배송 1", position=1)
    await make_faq("주문", "order", position=9)
    await make_faq("숨김", is_shown=False)

    assert await questions(client) == ["주문", "배송 1", "배송 2"]
    assert await questions(client, category="delivery") == ["배송 1", "배송 2"]
    assert (await client.get(API, params={"category": "x"})).status_code == 422


async def test_staff_add_change_and_remove(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    body = {"category": "delivery", "question": "언제 오나요?", "answer": "곧 갑니다."}

    first, second = [(await client.post(ADMIN, json=body, headers=headers)).json() for _ in range(2)]
    assert (first["position"], second["position"]) == (0, 1)
    assert len(await questions(client)) == 2
    for _ in range(2):
        changed = await client.patch(f"{ADMIN}/{first['id']}", json={"is_shown": False}, headers=headers)
        assert changed.json()["is_shown"] is False
    assert len(await questions(client)) == 1
    assert len(await audited("faq.changed")) == 1
    path = f"{ADMIN}/{second['id']}"
    assert [(await client.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    assert code(await client.patch(path, json={"is_shown": True}, headers=headers)) == (404, "FAQ_NOT_FOUND")


async def test_an_order_names_every_question_once(client: httpx.AsyncClient) -> None:
    ids = [(await make_faq(str(number), position=number)).id for number in range(3)]
    headers = await headers_with(client, *BOTH)

    for bad in (ids[:2], [*ids, ids[-1] + 9], [*ids, ids[0]], []):
        answer = await client.put(f"{ADMIN}/order", json={"category": "delivery", "ids": bad}, headers=headers)
        assert code(answer) == (409, "FAQ_ORDER_INCOMPLETE")
    assert await questions(client) == ["0", "1", "2"]
    orders = [[ids[2], ids[0], ids[1]], [ids[1], ids[2], ids[0]]]
    answers = await asyncio.gather(
        *(
            client.put(f"{ADMIN}/order", json={"category": "delivery", "ids": order}, headers=headers)
            for order in orders * 2
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    assert await questions(client) in (["2", "0", "1"], ["1", "2", "0"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"category": "etc", "question": "a"},
        {"category": "etc", "question": "", "answer": "a"},
        {"category": "etc", "question": "a" * 201, "answer": "a"},
        {"category": "etc", "question": "a", "answer": "a", "position": -1},
    ],
)
async def test_bad_input_writes_nothing(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    headers = await headers_with(client, *BOTH)
    assert code(await client.post(ADMIN, json=body, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await Faq.all().count() == 0
