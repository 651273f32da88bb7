"""``GET /me`` is answered from Redis, and never after somebody changed the member."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from src.app.user.models import User
from src.app.user.services import withdrawing
from src.app.user.services.account import contact, credentials
from src.app.user.services.admin import changes
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.http import me_cache
from src.common.identity import Identity
from src.core.database import unit_of_work
from src.core.redis import redis
from tests.app.user.conftest import SignedIn, code, sign_in


async def name_of(who: SignedIn) -> Any:
    answer = await who.call("GET", "/me")
    assert answer.status_code == 200, answer.text
    return answer.json()["name"]


async def behind_the_back(member: User, name: str) -> None:
    """Change the row as no code of ours does."""
    await User.filter(id=member.id).update(name=name)


async def test_the_second_answer_asks_the_database_nothing(minji: SignedIn) -> None:
    first = await minji.call("GET", "/me")
    await behind_the_back(minji.member, "이몰래")
    second = await minji.call("GET", "/me")

    assert second.content == first.content
    assert second.headers["content-type"] == first.headers["content-type"]
    assert second.headers["cache-control"] == "no-store"
    assert 0 < await redis().ttl(me_cache.key_of("member", minji.member.id)) <= me_cache.KEPT_SECONDS


async def test_it_is_the_members_own_answer(minji: SignedIn, other: SignedIn) -> None:
    for _ in range(2):
        assert (await minji.call("GET", "/me")).json()["login_id"] == "minji.kim"
        assert (await other.call("GET", "/me")).json()["login_id"] == "other.one"


async def _rename(who: SignedIn) -> None:
    assert (await who.call("PATCH", "/me", {"name": "새이름"})).status_code == 200


async def _contact(who: SignedIn) -> None:
    await contact.change_contact(who.member.id, phone="01099998888")


async def _password(who: SignedIn) -> None:
    await credentials.set_password(who.member.id, "")


async def _leave(who: SignedIn) -> None:
    assert (await who.call("POST", "/me/withdrawal", {})).status_code == 200


async def _stay(who: SignedIn) -> None:
    await _leave(who)
    await who.call("GET", "/me")
    assert (await who.call("DELETE", "/me/withdrawal")).status_code == 204


async def _promote(who: SignedIn) -> None:
    async def write() -> None:
        user = await changes.lock(who.member.id)
        assert user is not None
        await changes.set_standing(user, suspended=None, grade="VIP")

    await unit_of_work(write)


@pytest.mark.parametrize("change", [_rename, _contact, _password, _leave, _stay, _promote])
async def test_a_change_is_seen_by_the_next_request_of_every_session(
    minji: SignedIn, change: Callable[[SignedIn], Awaitable[None]]
) -> None:
    elsewhere = await sign_in(minji.client, minji.member)
    for session in (minji, elsewhere):
        await session.call("GET", "/me")
    await change(minji)

    answers = [(await session.call("GET", "/me")).json() for session in (minji, elsewhere)]

    await redis().delete(me_cache.key_of("member", minji.member.id))
    assert answers == [(await minji.call("GET", "/me")).json()] * 2


async def test_a_change_that_is_rolled_back_forgets_nothing(minji: SignedIn) -> None:
    await name_of(minji)

    async def fail() -> None:
        await lock_member(minji.member.id)
        raise KeyError

    with pytest.raises(KeyError):
        await unit_of_work(fail)
    await behind_the_back(minji.member, "이몰래")
    assert await name_of(minji) == "김민지"


@pytest.mark.off_contract("what Redis remembers is planted")
async def test_a_reader_who_was_overtaken_by_a_change_keeps_nothing(minji: SignedIn) -> None:
    reader = Identity("member", minji.member.id)
    await me_cache.forget(minji.member.id)

    await me_cache.keep(reader, '{"name": "옛날"}')
    assert await name_of(minji) == "김민지"

    await me_cache.forget(minji.member.id)
    await me_cache.keep(replace(reader, remembered_no="2"), '{"name": "지금"}')
    assert await name_of(minji) == "지금"


async def test_a_member_who_left_gets_no_remembered_answer(minji: SignedIn) -> None:
    await _leave(minji)
    await name_of(minji)
    await User.filter(id=minji.member.id).update(withdraw_at=clock.now() - timedelta(seconds=1))
    assert await withdrawing.finish_due() == 1

    assert code(await minji.call("GET", "/me"))[0] == 401


async def test_a_session_that_ended_gets_no_remembered_answer(minji: SignedIn) -> None:
    await name_of(minji)
    assert (await minji.call("POST", "/auth/sign-out")).status_code == 204

    assert code(await minji.call("GET", "/me"))[0] == 401


async def test_an_unknown_query_parameter_is_refused_all_the_same(minji: SignedIn) -> None:
    await name_of(minji)
    assert (await minji.call("GET", "/me?x=1")).status_code == 422
