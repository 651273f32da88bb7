from typing import Any

import pytest

from tests.sandbox.support import Shop, said

MAIL = {"channel": "mail", "to": "kim@example.com", "subject": "재설정", "body": "http://shop.test/?token=a&b=1"}


async def test_messages_are_listed_oldest_first_and_by_receiver(shop: Shop) -> None:
    assert (await shop.http.post("/inbox", json=MAIL)).status_code == 201
    await shop.http.post("/inbox", json={"channel": "sms", "to": "01012345678", "body": "123456"})
    await shop.http.post("/inbox", json={**MAIL, "subject": "둘째"})
    items = (await shop.http.get("/inbox")).json()["items"]
    assert [(item["channel"], item["subject"]) for item in items] == [("mail", "재설정"), ("sms", ""), ("mail", "둘째")]
    assert set(items[0]) == {"channel", "to", "subject", "body", "message_id", "sent_at"}
    mine = (await shop.http.get("/inbox", params={"to": "kim@example.com"})).json()["items"]
    assert [item["subject"] for item in mine] == ["재설정", "둘째"]
    assert (await shop.http.get("/inbox", params={"to": "nobody"})).json() == {"items": []}


async def test_browser_gets_a_page_with_escaped_text_and_links(shop: Shop) -> None:
    await shop.http.post("/inbox", json={**MAIL, "subject": "<script>1</script>", "body": f"<b> {MAIL['body']}"})
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = await shop.http.get("/inbox", headers=accept)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert '<a href="http://shop.test/?token=a&amp;b=1"' in page.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0.5, application/json", "text/html;q=x"])
async def test_others_get_json(shop: Shop, accept: str) -> None:
    assert (await shop.http.get("/inbox", headers={"Accept": accept})).json() == {"items": []}


@pytest.mark.parametrize(
    "change", [{"channel": "fax"}, {"to": ""}, {"to": "a\x00"}, {"body": None}, {"body": 5}, {"cc": "x"}]
)
async def test_message_of_wrong_shape_is_422(shop: Shop, change: dict[str, Any]) -> None:
    assert said(await shop.http.post("/inbox", json={**MAIL, **change})) == (422, "VALIDATION_ERROR")
    assert (await shop.http.get("/inbox")).json() == {"items": []}
