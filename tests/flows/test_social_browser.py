"""The whole social sign-in in a real browser: a front end's page, the provider's consent page, a click, and back.

Runs where a Chromium is installed and is skipped elsewhere.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from src.core.configs import Settings
from tests.flows.browser import CHROMIUM, FRONT, Tab, browsing

PAGE = """<!doctype html><meta charset="utf-8"><title>front end</title><body><script type="module">
const api = "http://localhost:PORT/api/v1";
const call = (path, options = {}) => fetch(api + path, {credentials: "include", ...options});
const json = (body) => ({method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
const [, word, provider] = location.pathname.split("/");
if (word === "start") {
  location = (await (await call(`/oauth/${provider}/authorize?return_to=/cart`)).json()).authorize_url;
} else {
  const back = Object.fromEntries(new URLSearchParams(location.search));
  const body = Object.fromEntries(["code", "state", "error"].filter((n) => back[n]).map((n) => [n, back[n]]));
  const first = await call(`/oauth/${provider}`, json(body));
  const told = await first.json();
  const again = await call(`/oauth/${provider}`, json(body));
  const me = await call("/me", {headers: {Authorization: `Bearer ${told.access_token}`}});
  const refreshed = await call("/auth/refresh", {method: "POST"});
  window.result = {
    status: first.status, told, again: (await again.json()).code, name: (await me.json()).name ?? null,
    refreshed: refreshed.status, visible: document.cookie,
  };
}
</script>"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)")


@pytest.fixture
async def tab(client: httpx.AsyncClient, shop_settings: Settings, tmp_path: Path) -> AsyncIterator[Tab]:
    """A tab of a new browser, for which FRONT_URL leads to the test's page."""
    async with browsing(PAGE.replace("PORT", str(shop_settings.server.port)), tmp_path) as opened:
        yield opened


async def come_back(tab: Tab, provider: str, *, person: str, button: str) -> dict[str, Any]:
    """Start on the front end's page, choose the person, press the button, and read what the callback page got."""
    await tab.command("Page.navigate", url=f"http://{FRONT}/start/{provider}")
    await tab.until("document.querySelector('button.agree') !== null")
    await tab.evaluate(f"document.querySelector('input[name=sandbox_person][value={person}]').click()")
    await tab.evaluate(f"document.querySelector('button[value={button}]').click()")
    result: dict[str, Any] = await tab.until("window.result")
    return result


@pytest.mark.parametrize("provider", ["kakao", "naver", "google"])
async def test_a_person_clicks_and_is_signed_in(tab: Tab, provider: str) -> None:
    result = await come_back(tab, provider, person="yuna-workspace", button="agree")

    assert result["status"] == 200, result
    assert (result["told"]["is_new"], result["told"]["return_to"]) == (True, "/cart")
    assert (result["name"], result["refreshed"]) == ("한유나", 200)
    assert result["again"] == "OAUTH_STATE_INVALID"
    assert result["visible"] == ""  # no script sees our cookies


async def test_a_person_refuses_and_is_told_so(tab: Tab) -> None:
    result = await come_back(tab, "kakao", person="haneul", button="refuse")

    assert (result["status"], result["told"]["code"]) == (400, "OAUTH_CONSENT_REFUSED")
    assert result["refreshed"] == 401
