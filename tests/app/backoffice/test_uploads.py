"""POST /admin/uploads."""

import asyncio
import io
import shutil
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from typing import Any

import httpx
import pytest
from PIL import Image, ImageCms

from src.common.models import AuditLog, Upload
from src.core.configs import Settings
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.factories.people import bearer, make_staff, staff_bearer
from tests.factories.pictures import UPLOADS, animation, bomb, flicker, picture, send, stored_files, uploaded

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def no_files(shop_settings: Settings) -> Iterator[None]:
    """An empty folder of uploads."""
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)
    yield
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)


async def nothing_is_saved() -> bool:
    return (await Upload.all().count(), stored_files()) == (0, [])


async def test_a_picture_is_kept_as_webp_in_several_widths(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    content = picture(1500, 900, kind="PNG")

    answer = await send(client, content, headers, name="C:\\사진\\여름\u202e.png")

    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"id", "path", "url", "width", "height", "sizes", "slices"}
    assert (body["width"], body["height"], body["url"]) == (1500, 900, f"/media/{body['path']}")
    assert [size["width"] for size in body["sizes"]] == [320, 640, 1280, 1500]
    for size in body["sizes"]:
        shown = await client.get(size["url"])
        image = Image.open(io.BytesIO(shown.content))
        assert (shown.status_code, shown.headers["content-type"], image.format) == (200, "image/webp", "WEBP")
        assert image.size == (size["width"], round(900 * size["width"] / 1500))
        assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "sandbox" in shown.headers["content-security-policy"]
    row = await Upload.get(id=body["id"])
    assert (row.sha256, row.size, row.kind) == (sha256(content).hexdigest(), len(content), "PNG")
    assert (row.name, row.actor) == ("여름.png", f"staff:{boss.id}")
    (logged,) = await audited("upload.created")
    assert (logged["actor"], logged["target_id"]) == (f"staff:{boss.id}", str(body["id"]))
    assert logged["after"]["path"] == body["path"]


async def test_a_small_picture_is_not_enlarged(client: httpx.AsyncClient) -> None:
    body = await uploaded(client, await staff_bearer(client), picture(100, 40))
    assert [(size["width"], size["url"]) for size in body["sizes"]] == [(100, body["url"])]
    assert len(stored_files()) == 1


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("GIF", "P"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
async def test_every_kind_is_taken_whatever_it_is_called(client: httpx.AsyncClient, kind: str, mode: str) -> None:
    content = picture(400, 300, kind=kind, mode=mode)
    answer = await send(client, content, await staff_bearer(client), name="x.exe", kind="application/octet-stream")
    assert answer.status_code == 201, answer.text
    image = Image.open(io.BytesIO((await client.get(answer.json()["url"])).content))
    assert image.size == (400, 300)


async def test_what_shows_through_still_does(client: httpx.AsyncClient) -> None:
    file = io.BytesIO()
    Image.new("RGBA", (200, 100), (200, 0, 0, 0)).save(file, "PNG")
    body = await uploaded(client, await staff_bearer(client), file.getvalue())
    image = Image.open(io.BytesIO((await client.get(body["url"])).content))
    assert (image.mode, image.getchannel("A").getextrema()) == ("RGBA", (0, 0))


async def test_exif_turns_the_picture_and_is_gone(client: httpx.AsyncClient) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010F] = "a camera of somebody"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 0.0)
    content = picture(400, 200, exif=exif, comment=b"a private remark")
    assert b"a camera of somebody" in content
    assert b"a private remark" in content

    body = await uploaded(client, await staff_bearer(client), content)

    assert (body["width"], body["height"]) == (200, 400)
    for file in stored_files():
        kept = file.read_bytes()
        assert not any(word in kept for word in (b"camera", b"private", b"EXIF", b"Exif", b"XMP", b"ICCP"))


async def test_a_camera_s_jpeg_of_several_pictures_is_its_first(client: httpx.AsyncClient) -> None:
    file = io.BytesIO()
    first, second = Image.new("RGB", (400, 300), "red"), Image.new("RGB", (400, 300), "blue")
    first.save(file, "MPO", save_all=True, append_images=[second])
    body = await uploaded(client, await staff_bearer(client), file.getvalue())
    image = Image.open(io.BytesIO((await client.get(body["url"])).content))
    assert getattr(image, "n_frames", 1) == 1
    red, _, blue = image.convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert (red > 240, blue < 20) == (True, True)


async def test_a_profile_is_applied_and_a_broken_one_ignored(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile at all"):
        body = await uploaded(client, headers, picture(90, 90, icc_profile=profile))
        kept = (await client.get(body["url"])).content
        assert b"ICCP" not in kept


async def test_an_animation_stays_one(client: httpx.AsyncClient) -> None:
    body = await uploaded(client, await staff_bearer(client), animation(4))
    assert [size["width"] for size in body["sizes"]] == [320, 400]
    for size in body["sizes"]:
        image = Image.open(io.BytesIO((await client.get(size["url"])).content))
        assert (getattr(image, "n_frames", 1), image.info["loop"]) == (4, 0)


async def test_the_same_file_twice_is_one_upload_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    headers, content = await staff_bearer(client), picture(500, 400)

    answers = await asyncio.gather(*(send(client, content, headers, name=f"{n}.jpg") for n in range(4)))
    again = await send(client, content, headers)

    assert {answer.status_code for answer in [*answers, again]} == {201}
    assert len({answer.json()["path"] for answer in [*answers, again]}) == 1
    assert await Upload.all().count() == 1
    assert len(stored_files()) == 2
    assert len(await audited("upload.created")) == 1


BROKEN_JPEG = picture(600, 600, color="red")[:400]
BAD: list[tuple[str, bytes, str]] = [
    ("svg with a script", SVG, "IMAGE_INVALID"),
    ("svg named jpg", SVG.replace(b'<?xml version="1.0"?>', b""), "IMAGE_INVALID"),
    ("html", b"<html><script>alert(1)</script></html>", "IMAGE_INVALID"),
    ("text named jpg", b"this is no image" * 50, "IMAGE_INVALID"),
    ("a signature and nothing else", b"\xff\xd8\xff", "IMAGE_INVALID"),
    ("a signature and rubbish", b"\xff\xd8\xff\xe0" + b"\x00\x10rubbish" * 99, "IMAGE_INVALID"),
    ("a png signature and rubbish", b"\x89PNG\r\n\x1a\n" + b"rubbish" * 99, "IMAGE_INVALID"),
    ("half a jpeg", BROKEN_JPEG, "IMAGE_INVALID"),
    ("half a png", picture(300, 300, kind="PNG")[:120], "IMAGE_INVALID"),
    ("half a webp", picture(300, 300, kind="WEBP")[:40], "IMAGE_INVALID"),
    ("half a gif", picture(300, 300, kind="GIF")[:30], "IMAGE_INVALID"),
    ("a tiff", picture(30, 30, kind="TIFF"), "IMAGE_INVALID"),
    ("a bmp", picture(30, 30, kind="BMP"), "IMAGE_INVALID"),
    ("an empty file", b"", "IMAGE_INVALID"),
    ("a zip", b"PK\x03\x04" + b"\0" * 100, "IMAGE_INVALID"),
    ("a png bomb", bomb(), "IMAGE_TOO_MANY_PIXELS"),
    ("a flat png bomb", bomb(2_000_000_000, 1), "IMAGE_TOO_MANY_PIXELS"),
    ("a gif bomb", b"GIF89a\xff\xff\xff\xff" + b"\0" * 99, "IMAGE_TOO_MANY_PIXELS"),
    ("a webp bomb", b"RIFF\x64\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xfe\x3f\0\xfe\x3f\0" + b"\0" * 99, "IMAGE_TOO_MANY_PIXELS"),
    ("a jpeg of many pixels", picture(6_000, 5_000, color="red", quality=1), "IMAGE_TOO_MANY_PIXELS"),
    ("many tiny frames", flicker(501), "IMAGE_TOO_MANY_FRAMES"),
    ("a long thin one", picture(20_000, 2, kind="PNG", color="red"), "IMAGE_TOO_MANY_PIXELS"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "expected"), BAD, ids=[what for what, _, _ in BAD])
async def test_a_bad_file_is_refused_and_leaves_nothing(
    client: httpx.AsyncClient, what: str, content: bytes, expected: str
) -> None:
    answer = await send(client, content, await staff_bearer(client), name="photo.jpg", kind="image/jpeg")

    assert code(answer) == (422, expected), what
    assert await nothing_is_saved()
    assert await AuditLog.filter(action="upload.created").count() == 0


async def test_many_small_frames_count_together(client: httpx.AsyncClient) -> None:
    answer = await send(client, animation(60, width=900, height=500), await staff_bearer(client))
    assert code(answer) == (422, "IMAGE_TOO_MANY_PIXELS")
    assert await nothing_is_saved()


async def test_a_file_over_ten_megabytes_is_refused(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await send(client, picture() + b"\0" * (10 * 1024 * 1024), headers)
    assert code(answer) == (413, "BODY_TOO_LARGE")
    assert answer.json()["limit"] == 10_485_760
    assert await nothing_is_saved()


async def test_fifty_megabytes_are_refused_by_their_length_alone(client: httpx.AsyncClient) -> None:
    headers = {**await staff_bearer(client), "Content-Type": "multipart/form-data; boundary=x"}
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        for _ in range(800):
            sent += 65_536
            yield b"x" * 65_536

    reader, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
    lines = [f"POST {UPLOADS} HTTP/1.1", "Host: shop", f"Content-Length: {50 * 1024 * 1024}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 10)  # not one byte of the body was sent
    writer.close()

    streamed = await client.post(UPLOADS, content=body(), headers=headers)  # no length: counted while it comes
    assert code(streamed) == (413, "BODY_TOO_LARGE")
    assert await nothing_is_saved()


async def test_other_routes_keep_their_megabyte(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    answer = await client.post("/api/v1/admin/banners", content=b"x" * 1_100_000, headers=headers)
    assert code(answer) == (413, "BODY_TOO_LARGE")


async def test_what_is_no_form_with_one_file_is_refused(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    content = picture()
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    calls: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"json": {"file": "x"}}, (415, "MULTIPART_EXPECTED")),
        ({"content": content, "headers": {**headers, "Content-Type": "image/jpeg"}}, (415, "MULTIPART_EXPECTED")),
        ({}, (415, "MULTIPART_EXPECTED")),
        ({"files": {"picture": ("a.jpg", content)}}, (422, "VALIDATION_ERROR")),
        ({"files": [("file", ("a.jpg", content)), ("file", ("b.jpg", content))]}, (400, "BAD_REQUEST")),
        ({"files": {"file": ("a.jpg", content)}, "data": {"price": "1"}}, (400, "BAD_REQUEST")),
        ({"files": {"file": (None, "text")}}, (400, "BAD_REQUEST")),
        ({"content": part + content, "headers": {**headers, "Content-Type": "multipart/form-data"}}, (400, "BAD_REQUEST")),
        ({"content": b"no form", "headers": {**headers, **form}}, (400, "BAD_REQUEST")),
        ({"files": {"file": ("a.jpg", content)}, "params": {"width": "9"}}, (422, "VALIDATION_ERROR")),
    ]  # fmt: skip
    for options, expected in calls:
        answer = await client.post(UPLOADS, **{"headers": headers, **options})
        assert code(answer) == expected, options
    assert await nothing_is_saved()


async def test_only_staff_with_the_permission_upload(client: httpx.AsyncClient) -> None:
    content = picture()
    assert code(await send(client, content, {})) == (401, "NOT_AUTHENTICATED")
    assert code(await send(client, content, await bearer(client))) == (403, "FORBIDDEN")
    reader = await headers_with(client, "banner:write", "product:write")
    assert code(await send(client, content, reader)) == (403, "FORBIDDEN")
    assert code(await client.post(UPLOADS, json={}, headers=reader)) == (403, "FORBIDDEN")
    assert await nothing_is_saved()
    writer = await headers_with(client, "upload:write")
    assert (await send(client, content, writer)).status_code == 201
