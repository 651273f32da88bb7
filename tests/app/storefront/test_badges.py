"""GET /me/badges and PUT /me/notices/seen."""

import asyncio
from datetime import timedelta

import httpx

from src.app.notice.models import NoticesSeen
from src.app.notice.services import personal_data
from src.common import clock
from tests.app.auth.support import API, code
from tests.app.notice.test_notices import make_notice
from tests.app.product.captured import captured_sql
from tests.factories.carts import put_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.people import bearer, make_member

BADGES = f"{API}/me/badges"
SEEN = f"{API}/me/notices/seen"


async def shown(client: httpx.AsyncClient, headers: dict[str, str]) -> tuple[int, int]:
    answer = await client.get(BADGES, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert set(body) == {"cart_count", "unread_notice_count"}
    return body["cart_count"], body["unread_notice_count"]


async def test_the_cart_counts_its_lines_and_only_mine(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    mine, other = await bearer(client), await bearer(client)
    assert await shown(client, mine) == (0, 0)
    for variant in (first, first, second):
        assert (await put_in(client, variant.id, 3, headers=mine)).status_code == 200

    assert await shown(client, mine) == (2, 0)
    assert await shown(client, other) == (0, 0)


async def test_notices_are_unread_until_i_look_and_no_longer_than_a_month(client: httpx.AsyncClient) -> None:
    headers, other = await bearer(client), await bearer(client)
    await make_notice("오래", hours=-31 * 24)
    await make_notice("어제", hours=-24)
    await make_notice("내일", hours=24)
    await make_notice("초안", hours=None)
    assert await shown(client, headers) == (0, 1)

    for _ in range(2):
        assert (await client.put(SEEN, headers=headers)).status_code == 204
    assert (await shown(client, headers), await shown(client, other)) == ((0, 0), (0, 1))
    await make_notice("방금", hours=0)
    assert await shown(client, headers) == (0, 1)


async def test_looking_from_many_places_at_once_is_one_look(client: httpx.AsyncClient) -> None:
    headers = await bearer(client)

    answers = await asyncio.gather(*(client.put(SEEN, headers=headers) for _ in range(8)))

    assert [answer.status_code for answer in answers] == [204] * 8
    assert await NoticesSeen.all().count() == 1


async def test_the_number_of_queries_does_not_grow(client: httpx.AsyncClient) -> None:
    headers = await bearer(client)
    (variant,) = await variants_of(await make_product())
    await client.put(SEEN, headers=headers)
    counts = []
    for number in range(3):
        await make_notice(f"{number}", hours=0)
        await put_in(client, variant.id, headers=headers)
        with captured_sql() as statements:
            await shown(client, headers)
        counts.append(len(statements))
    assert counts == [2, 2, 2]


async def test_guests_have_no_badges(client: httpx.AsyncClient) -> None:
    for call in (client.get(BADGES), client.put(SEEN)):
        assert code(await call) == (401, "NOT_AUTHENTICATED")


async def test_a_look_goes_with_the_member(client: httpx.AsyncClient) -> None:
    member, other = await make_member(), await make_member()
    for one in (member, other):
        await NoticesSeen.create(user_id=one.id, seen_at=clock.now() - timedelta(days=1))

    for _ in range(2):
        await personal_data.erase(member.id)

    assert await NoticesSeen.all().values_list("user_id", flat=True) == [other.id]
