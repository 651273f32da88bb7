"""Pictures that staff put into the store themselves: announced, put, confirmed. On a folder and on S3."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from moto.server import ThreadedMotoServer

from src.common import clock
from src.common.media.opening import open_store
from src.common.media.store import store, use_store
from src.common.media.sweeping import sweep_orphan_images
from src.common.models import Upload
from src.core.configs import settings, use
from src.core.configs.media_groups import MediaSettings
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.conftest import free_port
from tests.factories.people import bearer, staff_bearer
from tests.factories.pictures import UPLOADS, picture, uploaded

DIRECT = f"{UPLOADS}/direct"


@pytest.fixture(scope="module")
def bucket() -> Iterator[MediaSettings]:
    """A bucket on a server of its own."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    chosen = MediaSettings(
        endpoint_url=f"http://{host}:{port}", bucket="direct", region="us-east-1", access_key="key", secret_key="secret"
    )
    httpx.put(f"{chosen.endpoint_url}/direct", trust_env=False).raise_for_status()
    yield chosen
    server.stop()


@pytest.fixture(params=["folder", "s3"])
async def where(client: httpx.AsyncClient, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The running shop with its pictures in one of both."""
    media = settings().server.state_dir / "media"
    for folder in ("uploads", "incoming"):
        shutil.rmtree(media / folder, ignore_errors=True)
    before = store()
    if request.param == "folder":
        yield "folder"
        return
    with use(replace(settings(), media=request.getfixturevalue("bucket"))) as chosen:
        open_store(chosen)
        for folder in ("uploads", "incoming"):
            await store().delete([one.key async for page in store().pages(folder) for one in page])
        yield "s3"
    use_store(before)


async def announced(client: httpx.AsyncClient, headers: dict[str, str], size: int) -> dict[str, Any]:
    """The place for a file."""
    answer = await client.post(DIRECT, json={"name": "여름.jpg", "type": "image/jpeg", "size": size}, headers=headers)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def put(client: httpx.AsyncClient, place: dict[str, Any], content: bytes, **headers: str) -> httpx.Response:
    """What a browser does with it: nobody is signed in."""
    return await client.put(place["url"], content=content, headers={**place["headers"], **headers})


async def confirmed(client: httpx.AsyncClient, place: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
    return await client.post(f"{DIRECT}/{place['upload_id']}/confirm", headers=headers)


async def waiting() -> int:
    """Files that were put and not yet drawn."""
    return sum([len(page) async for page in store().pages("incoming")])


@pytest.mark.fault("S3")
async def test_a_picture_that_was_put_counts_once_it_is_confirmed(client: httpx.AsyncClient, where: str) -> None:
    headers, content = await staff_bearer(client), picture(700, 500)
    place = await announced(client, headers, len(content))
    assert place["headers"] == {"Content-Type": "image/jpeg"}
    assert code(await confirmed(client, place, headers)) == (409, "UPLOAD_NOT_RECEIVED")

    assert (await put(client, place, content)).status_code in (200, 204)
    assert await Upload.all().count() == 0
    first = await confirmed(client, place, headers)
    again = await confirmed(client, place, headers)

    assert (first.status_code, again.status_code) == (200, 200), first.text
    assert first.json() == again.json()
    assert [size["width"] for size in first.json()["sizes"]] == [320, 640, 700]
    assert (await Upload.get(id=first.json()["id"])).name == "여름.jpg"
    assert len(await audited("upload.created")) == 1
    assert await waiting() == 0
    assert (await uploaded(client, headers, content))["id"] == first.json()["id"]


@pytest.mark.fault("S3")
async def test_two_confirms_at_once_make_one_picture(client: httpx.AsyncClient, where: str) -> None:
    headers, content = await staff_bearer(client), picture(300, 200)
    place = await announced(client, headers, len(content))
    await put(client, place, content)
    answers = await asyncio.gather(*(confirmed(client, place, headers) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (await Upload.all().count(), await waiting()) == (1, 0)


@pytest.mark.fault("S3")
@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"<svg onload='alert(1)'/>" * 9, "IMAGE_INVALID"),
        (picture(40, 30, kind="PNG", color="red"), "UPLOAD_NOT_AS_ANNOUNCED"),
        (picture(40, 30, color="red")[:-200], "IMAGE_INVALID"),
    ],
    ids=["a script", "another kind", "cut short"],
)
async def test_what_was_put_is_judged_like_every_upload(
    client: httpx.AsyncClient, where: str, content: bytes, refused: str
) -> None:
    headers = await staff_bearer(client)
    place = await announced(client, headers, len(content))
    assert (await put(client, place, content)).status_code in (200, 204)
    assert code(await confirmed(client, place, headers)) == (422, refused)
    assert code(await confirmed(client, place, headers)) == (409, "UPLOAD_NOT_RECEIVED")
    assert (await Upload.all().count(), await waiting()) == (0, 0)


@pytest.mark.fault("S3")
async def test_a_file_of_another_size_is_not_taken(client: httpx.AsyncClient, where: str) -> None:
    headers, content = await staff_bearer(client), picture(300, 200)
    place = await announced(client, headers, len(content))
    answer = await put(client, place, content + b"more")
    if where == "folder":
        assert code(answer) == (403, "UPLOAD_ADDRESS_REFUSED")
        assert code(await put(client, place, content[:-1])) == (403, "UPLOAD_ADDRESS_REFUSED")
        assert code(await confirmed(client, place, headers)) == (409, "UPLOAD_NOT_RECEIVED")
    else:
        assert code(await confirmed(client, place, headers)) == (422, "UPLOAD_NOT_AS_ANNOUNCED")
    assert (await Upload.all().count(), await waiting()) == (0, 0)


@pytest.mark.fault("S3")
async def test_an_address_of_the_app_is_bound_and_shows_nothing(client: httpx.AsyncClient) -> None:
    headers, content = await staff_bearer(client), picture(300, 200)
    place = await announced(client, headers, len(content))
    url = place["url"]
    other = (await announced(client, headers, len(content)))["url"]
    mixed = other.partition("?")[0] + "?" + url.partition("?")[2]
    for wrong in (
        url.replace(f"size={len(content)}", f"size={len(content) + 1}"),
        url.replace("expires=", "expires=9"),
        url.replace("image%2Fjpeg", "text%2Fhtml"),
        url.partition("?")[0],
        mixed,
        "/media/uploads/1/x.webp",
    ):
        assert code(await put(client, {**place, "url": wrong}, content)) == (403, "UPLOAD_ADDRESS_REFUSED"), wrong
    typed = await client.put(url, content=content, headers={"Content-Type": "text/html"})
    assert code(typed) == (403, "UPLOAD_ADDRESS_REFUSED")
    from src.common.media.signing import signed

    for late, status in ((-1, 403), (60, 204)):
        until = clock.now() + timedelta(seconds=late)
        own = signed("incoming/a", content_type="image/jpeg", size=len(content), until=until)
        assert (await put(client, {**place, "url": own}, content)).status_code == status
    assert (await put(client, place, content)).status_code == 204
    assert (await client.get(url)).status_code == 404
    assert (await client.get(url.partition("?")[0].replace("/media/", "/media/./"))).status_code == 404


@pytest.mark.fault("S3")
async def test_who_may_announce_and_confirm(client: httpx.AsyncClient, where: str) -> None:
    mine, content = await staff_bearer(client), picture(300, 200)
    place = await announced(client, mine, len(content))
    await put(client, place, content)
    other = await headers_with(client, "upload:write")
    assert code(await confirmed(client, place, other)) == (404, "UPLOAD_TICKET_NOT_FOUND")
    body = {"name": "a.jpg", "type": "image/jpeg", "size": 1}
    for headers, status in ((await headers_with(client, "banner:read"), 403), (await bearer(client), 401), ({}, 401)):
        assert (await client.post(DIRECT, json=body, headers=headers)).status_code in (status, 403)
        assert (await confirmed(client, place, headers)).status_code in (status, 403)
    for wrong in ({"type": "image/svg+xml"}, {"size": 0}, {"size": "1"}, {"name": ""}):
        assert (await client.post(DIRECT, json={**body, **wrong}, headers=mine)).status_code == 422
    large = await client.post(DIRECT, json={**body, "size": settings().media.upload_limit + 1}, headers=mine)
    assert code(large) == (413, "BODY_TOO_LARGE")
    assert (await confirmed(client, place, mine)).status_code == 200


@pytest.mark.fault("S3")
async def test_what_is_never_confirmed_is_swept(client: httpx.AsyncClient, where: str) -> None:
    headers, content = await staff_bearer(client), picture(300, 200)
    place = await announced(client, headers, len(content))
    await put(client, place, content)
    assert await sweep_orphan_images() == 0
    assert await waiting() == 1
    with clock.as_of(clock.now() + timedelta(hours=25)):
        assert await sweep_orphan_images() == 1
        assert await waiting() == 0
    assert code(await confirmed(client, place, headers)) == (404, "UPLOAD_TICKET_NOT_FOUND")
