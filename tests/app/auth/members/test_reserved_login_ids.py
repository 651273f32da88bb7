"""Login ids that others take for the shop: new members cannot have them, nor what looks like them."""

from dataclasses import replace

import httpx
import pytest

from src.app.user.models import User
from src.app.user.services.queries import members_with_reserved_login_ids
from src.core.configs import Settings, use
from src.core.configs.identity_groups import IdentitySettings
from tests.app.auth.support import API, code, sign_in, sign_up
from tests.factories.people import make_member

TAKEN = (409, "LOGIN_ID_TAKEN")
OFFICIAL = ["admin", "root", "support", "administrator", "webmaster", "postmaster", "system", "micgolf", "no-reply"]
LOOK_ALIKES = [
    "ADMIN",
    "Admin",
    "ａｄｍｉｎ",
    "𝐚𝐝𝐦𝐢𝐧",
    "adm1n",
    "admln",
    "4dmin",
    "4DM1N",
    "adrnin",
    "adr.nin",
    "a.d.m.i.n",
    "-admin-",
    "admin_",
    "ad-min",
    "r00t",
    "ro0t",
    "r.o.o.t",
    "supp0rt",
    "5upp0r7",
    "sup.port",
    "vvebmaster",
    "5y5t3m",
    "rnicg0lf",
    "micgo1f",
    "noreply",
    "n0_reply",
]
FREE = ["minji.kim", "badminton", "admin.kim", "rooted", "supporter", "golf1234", "admiral", "....", "ra1n_man"]


async def is_free(client: httpx.AsyncClient, login_id: str) -> bool:
    """What /auth/availability says."""
    answer = await client.get(f"{API}/auth/availability", params={"login_id": login_id})
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["available"])


@pytest.mark.fault("I9")
@pytest.mark.parametrize("login_id", [*OFFICIAL, *LOOK_ALIKES])
async def test_nobody_signs_up_as_the_shop(client: httpx.AsyncClient, login_id: str) -> None:
    assert await is_free(client, login_id) is False
    assert code(await sign_up(client, login_id=login_id)) == TAKEN
    assert await User.all().count() == 0


@pytest.mark.parametrize("login_id", ["аdmin", "аdmіn", "αdmin", "rооt", "supροrt", "ѕystem", "admın", "ádmin"])
async def test_letters_of_other_scripts_are_none_of_login_ids(client: httpx.AsyncClient, login_id: str) -> None:
    answer = await client.get(f"{API}/auth/availability", params={"login_id": login_id})

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert code(await sign_up(client, login_id=login_id)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("login_id", FREE)
async def test_what_only_holds_such_a_word_is_free(client: httpx.AsyncClient, login_id: str) -> None:
    assert await is_free(client, login_id) is True
    assert (await sign_up(client, login_id=login_id)).status_code == 201


async def test_members_of_before_keep_theirs(client: httpx.AsyncClient) -> None:
    await make_member()
    await make_member(login_id="adm1n")

    signed_in = await sign_in(client, "Adm1n")
    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    changed = await client.patch(f"{API}/me", json={"name": "김새봄"}, headers=headers)

    assert [login_id async for _, login_id in members_with_reserved_login_ids()] == ["adm1n"]
    assert (changed.status_code, changed.json()["login_id"], changed.json()["name"]) == (200, "adm1n", "김새봄")
    assert code(await sign_up(client, login_id="admin")) == TAKEN


@pytest.mark.fault("I9")
async def test_the_list_is_a_setting(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    own = IdentitySettings(RESERVED_LOGIN_IDS=("Greens-Keeper", "", "._-"))
    with use(replace(shop_settings, identity=own)):
        answers = [await is_free(client, login_id) for login_id in ("gr33n5.keeper", "admin", "....")]
    none = IdentitySettings(RESERVED_LOGIN_IDS=())
    with use(replace(shop_settings, identity=none)):
        answers.append(await is_free(client, "admin"))

    assert answers == [False, True, True, True]
