from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.oauth.support import SignIn
from tests.sandbox.support import Receiver, Shop, config_for, running, said

MINE = {"id": "mine", "name": "나 혼자", "email": "me@example.com", "subjects": {"kakao": 77, "google": "g-1"}}


async def people(shop: Shop) -> dict[str, dict[str, Any]]:
    return {person["id"]: person for person in (await shop.http.get("/control/people")).json()["items"]}


async def test_there_is_somebody_for_every_case(shop: Shop) -> None:
    everyone = await people(shop)
    assert everyone["haneul"]["shares"] == [
        "nickname", "image", "name", "email", "phone", "gender", "birthyear", "birthday", "age",
    ]  # fmt: skip
    assert (everyone["bora"]["email"], "email" in everyone["bora"]["shares"]) == ("bora.lee@example.com", False)
    assert everyone["minjun"]["email"] is None
    assert everyone["seoyeon"]["email_verified"] is False
    assert everyone["jiho"]["email_valid"] is False
    demo = [person for person in everyone.values() if person["email"] == "demo@example.com"]
    assert {(person["email_verified"], person["hd"]) for person in demo} == {
        (True, None),
        (False, None),
        (True, "example.com"),
    }
    assert everyone["haneul"]["email"].endswith("@gmail.com")
    ids = [tuple(person["subjects"].values()) for person in everyone.values()]
    for column in zip(*ids, strict=True):
        assert len(set(column)) == len(ids)


async def test_ids_at_the_providers_look_like_theirs(shop: Shop) -> None:
    subjects = [person["subjects"] for person in (await people(shop)).values()]
    assert all(isinstance(one["kakao"], int) and 0 < one["kakao"] < 2**63 for one in subjects)
    assert max(one["kakao"] for one in subjects) == 2**63 - 1
    assert all(len(one["naver"]) == 43 for one in subjects)
    assert all(len(one["google"]) == 21 and one["google"].isdigit() for one in subjects)


async def test_person_is_added_replaced_and_kept(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as shop:
        added = await shop.http.post("/control/people", json=MINE)
        assert added.status_code == 201
        assert added.json()["subjects"]["kakao"] == 77
        assert (await people(shop))["mine"] == added.json()
        await shop.http.post("/control/people", json={"id": "haneul", "name": "다른하늘"})
    async with running(config) as shop:
        assert (await people(shop))["haneul"]["name"] == "다른하늘"
        assert list(await people(shop))[-1] == "mine"
        assert (await SignIn(shop, "kakao").person("mine"))["id"] == 77
        assert (await SignIn(shop, "google").person("mine"))["sub"] == "g-1"


async def test_id_of_somebody_else_is_409(shop: Shop) -> None:
    answer = await shop.http.post("/control/people", json={**MINE, "subjects": {"kakao": 1234567890}})
    assert said(answer) == (409, "SUBJECT_TAKEN")
    assert "mine" not in await people(shop)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "With Blank"},
        {"id": "a" * 65},
        {"name": ""},
        {"name": " x"},
        {"name": "a\x00"},
        {"email_verified": "maybe"},
        {"phone": "010-1234-5678"},
        {"birthday": "1350"},
        {"gender": "x"},
        {"declines": ["shoes"]},
        {"subjects": {"kakao": 2**63}},
        {"subjects": {"kakao": "77"}},
        {"subjects": {"naver": "a" * 65}},
        {"admin": True},
    ],
)
async def test_person_of_wrong_shape_is_422(shop: Shop, change: dict[str, Any]) -> None:
    assert said(await shop.http.post("/control/people", json={**MINE, **change})) == (422, "VALIDATION_ERROR")
