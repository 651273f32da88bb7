"""One effect for one key: claims, leases, take-over, forgetting (docs/promises.md#p2)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import BaseModel

from src.common import clock
from src.common.exceptions.general import IdempotencyInProgress, IdempotencyKeyReused
from src.common.http.idempotency import Claim, KeyedRequest, body_hash, finish, forget_old, once
from src.common.models import IdempotencyKey, Job
from src.common.models.idempotency_key import KeyState
from src.core.database import unit_of_work

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
REQUEST = KeyedRequest(key="k" * 16, endpoint="POST /things")


class Body(BaseModel):
    b: int = 2
    a: str = "x"


def makes(name: str) -> Callable[[Claim], Awaitable[str]]:
    """An effect: one row of the job table, and its name remembered in the same transaction."""

    async def effect(claim: Claim) -> str:
        async def write() -> None:
            await Job.create(name=name, lease_until=NOON, next_run_at=NOON)
            await finish(claim, effect=name)

        await unit_of_work(write)
        return name

    return effect


async def again(effect: str) -> str:
    return f"again {effect}"


async def ask(
    effect: Callable[[Claim], Awaitable[str]],
    *,
    scope: str = "guest",
    digest: str = "d",
    request: KeyedRequest = REQUEST,
) -> tuple[str, bool]:
    return await once(request, scope=scope, digest=digest, effect=effect, again=again)


async def made() -> list[str]:
    return sorted([name for (name,) in await Job.all().values_list("name")])


async def test_first_request_has_the_effect_and_the_second_is_told_of_it() -> None:
    assert await ask(makes("one")) == ("one", False)
    assert await ask(makes("two")) == ("again one", True)
    assert await made() == ["one"]
    row = await IdempotencyKey.get()
    assert (row.state, row.effect, row.scope, row.endpoint) == (KeyState.DONE, "one", "guest", "POST /things")


async def test_other_body_is_refused_whether_done_or_running() -> None:
    await ask(makes("one"))
    with pytest.raises(IdempotencyKeyReused):
        await ask(makes("two"), digest="other")
    await IdempotencyKey.all().update(state=KeyState.RUNNING)
    with pytest.raises(IdempotencyKeyReused):
        await ask(makes("two"), digest="other")
    assert await made() == ["one"]


async def test_scope_endpoint_and_case_of_the_key_tell_requests_apart() -> None:
    await ask(makes("one"))
    await ask(makes("two"), scope="member:1")
    await ask(makes("three"), request=KeyedRequest(key="k" * 16, endpoint="POST /others"))
    await ask(makes("four"), request=KeyedRequest(key="K" * 16, endpoint="POST /things"))
    assert await made() == ["four", "one", "three", "two"]


async def test_error_frees_the_key_even_for_another_body() -> None:
    async def fails(_: Claim) -> str:
        raise LookupError

    with pytest.raises(LookupError):
        await ask(fails)
    assert await IdempotencyKey.all().count() == 0
    assert await ask(makes("one"), digest="other") == ("one", False)


async def test_error_after_the_effect_keeps_the_key() -> None:
    async def fails_late(claim: Claim) -> str:
        await makes("one")(claim)
        raise LookupError

    with pytest.raises(LookupError):
        await ask(fails_late)
    assert await ask(makes("two")) == ("again one", True)
    assert await made() == ["one"]


async def test_request_while_the_first_one_runs_is_refused() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(claim: Claim) -> str:
        begun.set()
        await go_on.wait()
        return await makes("one")(claim)

    first = asyncio.create_task(ask(slow))
    await begun.wait()
    with pytest.raises(IdempotencyInProgress):
        await ask(makes("two"))
    go_on.set()
    assert await first == ("one", False)
    assert await made() == ["one"]


async def test_lease_lasts_sixty_seconds_and_then_the_next_takes_over() -> None:
    async def dies(_: Claim) -> str:
        raise asyncio.CancelledError

    with clock.as_of(NOON), pytest.raises(asyncio.CancelledError):
        await ask(dies)
    with clock.as_of(NOON + timedelta(seconds=59, microseconds=999_999)), pytest.raises(IdempotencyInProgress):
        await ask(makes("one"))
    with clock.as_of(NOON + timedelta(seconds=60)):
        assert await ask(makes("one")) == ("one", False)
    assert await made() == ["one"]


async def test_of_several_that_take_a_dead_request_over_one_does() -> None:
    await IdempotencyKey.create(
        scope="guest",
        endpoint=REQUEST.endpoint,
        request_key=REQUEST.key,
        body_hash="d",
        lease_token="dead",
        lease_until=NOON,
        created_at=clock.now(),
    )
    outcomes = await asyncio.gather(*(ask(makes(f"job {number}")) for number in range(8)), return_exceptions=True)

    assert len(await made()) == 1
    for outcome in outcomes:
        assert isinstance(outcome, IdempotencyInProgress) or outcome in (
            ((await made())[0], False),
            (f"again {(await made())[0]}", True),
        )


async def test_request_that_lost_its_lease_is_rolled_back() -> None:
    async def overtaken(claim: Claim) -> str:
        with clock.as_of(clock.now() + timedelta(seconds=61)):
            assert await ask(makes("two")) == ("two", False)
        return await makes("one")(claim)

    with pytest.raises(IdempotencyInProgress):
        await ask(overtaken)
    assert await made() == ["two"]
    assert (await IdempotencyKey.get()).effect == "two"


async def test_failure_of_a_request_that_lost_its_lease_leaves_the_new_owner_alone() -> None:
    async def overtaken(_: Claim) -> str:
        await IdempotencyKey.all().update(lease_token="somebody else")
        raise LookupError

    with pytest.raises(LookupError):
        await ask(overtaken)
    assert (await IdempotencyKey.get()).lease_token == "somebody else"


@pytest.mark.parametrize("state", list(KeyState))
async def test_key_is_new_again_after_48_hours(state: KeyState) -> None:
    with clock.as_of(NOON):
        await ask(makes("one"))
    await IdempotencyKey.all().update(state=state)
    with clock.as_of(NOON + timedelta(hours=48)):
        if state == KeyState.DONE:
            assert await ask(makes("two")) == ("again one", True)
    with clock.as_of(NOON + timedelta(hours=48, microseconds=1)):
        assert await ask(makes("two"), digest="other") == ("two", False)
    assert await made() == ["one", "two"]


async def test_old_keys_are_forgotten_and_young_ones_are_not() -> None:
    with clock.as_of(NOON):
        await ask(makes("old"))
    with clock.as_of(NOON + timedelta(hours=1)):
        await ask(makes("young"), scope="member:1")

    with clock.as_of(NOON + timedelta(hours=48, seconds=1)):
        assert await forget_old() == 1
        assert await forget_old() == 0
    assert [row.effect for row in await IdempotencyKey.all()] == ["young"]


async def test_crowd_with_one_key_has_one_effect() -> None:
    outcomes = await asyncio.gather(*(ask(makes(f"job {number}")) for number in range(20)), return_exceptions=True)

    (only,) = await made()
    assert (only, False) in outcomes
    for outcome in outcomes:
        assert outcome in ((only, False), (f"again {only}", True)) or isinstance(outcome, IdempotencyInProgress)


def test_hash_is_of_the_meaning_and_not_of_the_spelling() -> None:
    assert body_hash(Body(a="x", b=2)) == body_hash(Body()) == body_hash(Body.model_validate_json('{"b":2}'))
    assert body_hash(Body(b=3)) != body_hash(Body())
    assert body_hash(Body(), beside=1) != body_hash(Body())
    assert len(body_hash(Body())) == 64
