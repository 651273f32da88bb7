"""Stored hashes follow the configured cost, and a lower cost is not quicker to refuse."""

import os
import sys
import threading
import time
from dataclasses import replace

import httpx
import pytest

from src.app.auth.services.credentials import passwords
from src.app.user.models import User
from src.core.configs import Settings, use
from src.core.configs.groups import SecuritySettings
from tests.app.auth.support import code, me, sign_in
from tests.factories.people import PASSWORD, make_member


def with_cost(shop_settings: Settings, cost: int) -> Settings:
    return replace(shop_settings, security=SecuritySettings(bcrypt_rounds=cost))


@pytest.mark.parametrize("cost", [5, 4])
async def test_the_hash_is_made_anew_at_sign_in(client: httpx.AsyncClient, shop_settings: Settings, cost: int) -> None:
    with use(with_cost(shop_settings, 9 - cost)):
        await make_member(login_id="minji.kim")
        session = (await sign_in(client, "minji.kim")).json()["access_token"]
    before = (await User.get()).password_hash

    with use(with_cost(shop_settings, cost)):
        refused = await sign_in(client, "minji.kim", "Wrong!2345")
        untouched = (await User.get()).password_hash
        answers = [(await sign_in(client, "minji.kim")).status_code for _ in range(2)]
        after = (await User.get()).password_hash
        assert (await me(client, session)).status_code == 200

    assert code(refused) == (401, "BAD_CREDENTIALS")
    assert untouched == before
    assert answers == [200, 200]
    assert (before[:7], after[:7]) == (f"$2b$0{9 - cost}$", f"$2b$0{cost}$")
    assert (await User.get()).session_epoch == 0


async def test_a_hash_of_the_configured_cost_stays(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    before = (await User.get()).password_hash

    await sign_in(client, "minji.kim")

    assert (await User.get()).password_hash == before
    assert not passwords.needs_upgrade(before)


async def test_a_sign_in_is_noted(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    assert (await User.get()).last_sign_in_at is None

    await sign_in(client, "minji.kim", "Wrong!2345")
    assert (await User.get()).last_sign_in_at is None
    await sign_in(client, "minji.kim")

    assert (await User.get()).last_sign_in_at is not None


async def test_no_hash_a_low_cost_and_the_configured_cost_take_as_long(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    with use(with_cost(shop_settings, 5)):
        low = await passwords.hash_password(PASSWORD)
    with use(with_cost(shop_settings, 10)):
        high = await passwords.hash_password(PASSWORD)
        took = {}
        for name, stored in {"none": None, "empty": "", "low": low, "high": high}.items():
            times = []
            for _ in range(3):
                started = time.process_time()  # what was computed, whatever else the machine does
                assert not await passwords.matches("Wrong!2345", stored)
                times.append(time.process_time() - started)
            took[name] = min(times)

    assert max(took.values()) < 3 * min(took.values()), took  # without the filling: 32 times


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
async def test_hashing_gives_way_to_the_thread_that_answers() -> None:
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    while_hashing = await passwords._in_thread(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
    assert (own, while_hashing) == (os.getpriority(os.PRIO_PROCESS, 0), 19)
