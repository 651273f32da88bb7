"""The address book."""

import asyncio
from typing import Any

import pytest

from src.app.user.models import Address
from tests.app.user.conftest import SignedIn, code, fields

BOOK = "/me/addresses"
HOME = {"recipient": "김민지", "phone": "010-1234-5678", "zipcode": "06236", "address": "서울 강남구 테헤란로 1"}


async def add(who: SignedIn, **changes: Any) -> int:
    """An address; its id."""
    answer = await who.call("POST", BOOK, {**HOME, **changes})
    assert answer.status_code == 201, answer.text
    made: int = answer.json()["id"]
    return made


async def as_row(address_id: int) -> dict[str, Any]:
    """Every column."""
    (row,) = await Address.filter(id=address_id).values()
    return dict(row)


async def shown(who: SignedIn) -> list[tuple[str, bool]]:
    """(label, is_default) of each address as listed."""
    items = (await who.call("GET", BOOK)).json()["items"]
    return [(item["label"], item["is_default"]) for item in items]


async def test_an_empty_book_is_a_list(minji: SignedIn) -> None:
    answer = await minji.call("GET", BOOK)

    assert (answer.status_code, answer.json()) == (200, {"items": []})
    assert answer.headers["Cache-Control"] == "no-store"


async def test_the_first_address_is_kept_as_given_and_is_the_default(minji: SignedIn) -> None:
    body = {**HOME, "label": " 집 🏠", "address_detail": "101동 202호 "}

    answer = await minji.call("POST", BOOK, body)

    assert answer.status_code == 201
    expected = {
        "id": (await Address.get(user_id=minji.member.id)).id,
        "label": "집 🏠",
        "recipient": "김민지",
        "phone": "01012345678",
        "zipcode": "06236",
        "address": "서울 강남구 테헤란로 1",
        "address_detail": "101동 202호",
        "is_default": True,
    }
    assert answer.json() == expected
    assert (await minji.call("GET", BOOK)).json() == {"items": [expected]}


async def test_the_default_is_first_and_the_others_follow_newest_first(minji: SignedIn) -> None:
    for label, is_default in (("a", False), ("b", True), ("c", False), ("d", False)):
        await add(minji, label=label, is_default=is_default)

    assert await shown(minji) == [("b", True), ("d", False), ("c", False), ("a", False)]


async def test_a_change_writes_what_is_given_and_nothing_else(minji: SignedIn) -> None:
    first, second = await add(minji, label="a", address_detail="101호"), await add(minji, label="b")
    before = await as_row(second)

    answer = await minji.call("PATCH", f"{BOOK}/{first}", {"address_detail": "", "zipcode": "04524", "label": None})

    assert answer.status_code == 200
    assert answer.json() == {
        "id": first,
        "label": "a",
        "recipient": "김민지",
        "phone": "01012345678",
        "zipcode": "04524",
        "address": "서울 강남구 테헤란로 1",
        "address_detail": "",
        "is_default": True,
    }
    assert await as_row(second) == before


async def test_another_default_takes_it_from_the_first(minji: SignedIn) -> None:
    first, second = await add(minji, label="a"), await add(minji, label="b")

    answer = await minji.call("PATCH", f"{BOOK}/{second}", {"is_default": True})

    assert answer.json()["is_default"] is True
    assert await shown(minji) == [("b", True), ("a", False)]
    assert (await Address.get(id=first)).default_of is None


async def test_taking_the_default_away_gives_it_to_the_newest_other(minji: SignedIn) -> None:
    first = await add(minji, label="a")
    await add(minji, label="b")
    await add(minji, label="c")

    answer = await minji.call("PATCH", f"{BOOK}/{first}", {"is_default": False})

    assert answer.json()["is_default"] is False
    assert await shown(minji) == [("c", True), ("b", False), ("a", False)]


async def test_the_only_address_stays_the_default(minji: SignedIn) -> None:
    only = await add(minji, label="a", is_default=False)

    answer = await minji.call("PATCH", f"{BOOK}/{only}", {"is_default": False})

    assert answer.json()["is_default"] is True


async def test_deleting_the_default_promotes_the_newest(minji: SignedIn) -> None:
    ids = [await add(minji, label=label) for label in "abc"]

    answer = await minji.call("DELETE", f"{BOOK}/{ids[0]}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert await shown(minji) == [("c", True), ("b", False)]
    for address_id in ids[1:]:
        assert (await minji.call("DELETE", f"{BOOK}/{address_id}")).status_code == 204
    assert await shown(minji) == []


async def test_deleting_another_than_the_default_leaves_the_default(minji: SignedIn) -> None:
    ids = [await add(minji, label=label) for label in "ab"]

    await minji.call("DELETE", f"{BOOK}/{ids[1]}")

    assert await shown(minji) == [("a", True)]
    assert code(await minji.call("DELETE", f"{BOOK}/{ids[1]}")) == (404, "ADDRESS_NOT_FOUND")


async def test_simultaneous_defaults_leave_exactly_one(minji: SignedIn) -> None:
    ids = [await add(minji) for _ in range(6)]

    answers = await asyncio.gather(
        *(minji.call("PATCH", f"{BOOK}/{address_id}", {"is_default": True}) for address_id in ids),
        *(minji.call("POST", BOOK, {**HOME, "is_default": True}) for _ in range(4)),
    )

    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [201] * 4
    assert [default for _, default in await shown(minji)] == [True] + [False] * 9
    assert await Address.filter(default_of=minji.member.id).count() == 1


async def test_simultaneous_deletes_keep_a_default_until_the_last(minji: SignedIn) -> None:
    ids = [await add(minji) for _ in range(8)]

    answers = await asyncio.gather(*(minji.call("DELETE", f"{BOOK}/{address_id}") for address_id in ids[:6] * 2))

    assert sorted(answer.status_code for answer in answers) == [204] * 6 + [404] * 6
    assert [default for _, default in await shown(minji)] == [True, False]


async def test_the_31st_address_is_refused_also_at_the_same_time(minji: SignedIn) -> None:
    answers = await asyncio.gather(*(minji.call("POST", BOOK, HOME) for _ in range(34)))

    assert sorted(answer.status_code for answer in answers) == [201] * 30 + [409] * 4
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert (refused.json()["code"], refused.json()["limit"]) == ("ADDRESS_BOOK_FULL", 30)
    assert await Address.filter(user_id=minji.member.id).count() == 30
    first = (await minji.call("GET", BOOK)).json()["items"][-1]["id"]
    assert (await minji.call("DELETE", f"{BOOK}/{first}")).status_code == 204
    assert (await minji.call("POST", BOOK, HOME)).status_code == 201


async def test_another_members_address_is_absent(minji: SignedIn, other: SignedIn) -> None:
    theirs = await add(other, label="theirs")
    await add(minji)
    before = await as_row(theirs)

    for method, body in (("PATCH", {"is_default": True}), ("DELETE", None)):
        foreign = await minji.call(method, f"{BOOK}/{theirs}", body)
        absent = await minji.call(method, f"{BOOK}/{theirs + 1000}", body)
        assert code(foreign) == code(absent) == (404, "ADDRESS_NOT_FOUND")
        unlike = {"instance", "request_id"}
        assert {name: value for name, value in foreign.json().items() if name not in unlike} == {
            name: value for name, value in absent.json().items() if name not in unlike
        }
    assert await as_row(theirs) == before
    assert [label for label, _ in await shown(minji)] == [""]


@pytest.mark.parametrize("address_id", ["0", "-1", "x", "1.5", str(2**63), "%00"])
async def test_what_is_no_address_id_is_refused(minji: SignedIn, address_id: str) -> None:
    assert fields(await minji.call("DELETE", f"{BOOK}/{address_id}")) == ["address_id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient": "민지😀"}, "recipient"),
        ({"recipient": "민\u0000지"}, "recipient"),
        ({"recipient": "가" * 51}, "recipient"),
        ({"recipient": ""}, "recipient"),
        ({"phone": "12"}, "phone"),
        ({"zipcode": "0623"}, "zipcode"),
        ({"zipcode": "٠٦٢٣٦"}, "zipcode"),
        ({"zipcode": 6236}, "zipcode"),
        ({"zipcode": "00999"}, "zipcode"),
        ({"zipcode": "63645"}, "zipcode"),
        ({"address": " "}, "address"),
        ({"address": "서울\n강남"}, "address"),
        ({"address": "가" * 201}, "address"),
        ({"address_detail": "1\u0000"}, "address_detail"),
        ({"address_detail": "가" * 201}, "address_detail"),
        ({"label": "가" * 31}, "label"),
        ({"label": "\u0007"}, "label"),
        ({"is_default": "true"}, "is_default"),
        ({"is_default": 1}, "is_default"),
        ({"user_id": 1}, "user_id"),
        ({"default_of": 1}, "default_of"),
        ({"id": 1}, "id"),
    ],
)
async def test_bad_input_is_refused(minji: SignedIn, change: dict[str, Any], field: str) -> None:
    kept = await add(minji)
    before = await as_row(kept)

    assert fields(await minji.call("POST", BOOK, {**HOME, **change})) == [field]
    assert fields(await minji.call("PATCH", f"{BOOK}/{kept}", change)) == [field]
    assert [await as_row(row.id) for row in await Address.all()] == [before]
