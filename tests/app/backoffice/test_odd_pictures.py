"""POST /admin/uploads with what browsers and phones take and strict decoders do not."""

import io
import shutil
import struct
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from src.common import clock
from src.common.media.sweeping import sweep_orphan_images
from src.common.models import Upload
from src.core.configs import Settings
from tests.app.auth.support import API, code
from tests.app.product.editing.support import BLACK, made
from tests.factories import odd_pictures as odd
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer
from tests.factories.pictures import send, stored_files, uploaded

SIX = odd.short_tag(0x0112, 6)
APP1, APP2, APP13, APP0 = 0xE1, 0xE2, 0xED, 0xE0
JPEGS = {
    "exif of garbage": odd.segment(APP1, b"Exif\0\0" + b"garbage" * 9),
    "icc of garbage": odd.segment(APP2, b"ICC_PROFILE\0\1\1" + b"garbage" * 30),
    "xmp cut short": odd.segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmp"),
    "list of pictures": odd.segment(APP2, b"MPF\0MM\0*\0\0\0\x08\0\x01zzzz"),
    "photoshop": odd.segment(APP13, b"Photoshop 3.0\x008BIM\x04\x04xx"),
    "jfif cut short": odd.segment(APP0, b"JFIF\0\1"),
}
PNGS = {
    "eXIf": b"garbage" * 4,
    "iCCP": b"x\0\0notzlib",
    "pHYs": b"\1",
    "gAMA": b"",
    "cHRM": b"1",
    "sRGB": b"",
    "tRNS": b"\1",
    "iTXt": b"XML:com.adobe.xmp\0\1\0",
    "zTXt": b"a\0\0" + zlib.compress(b"\0" * 9_000_000),
}


# What the decoder itself has always overlooked.
HARMLESS = {"exif of garbage", "icc of garbage", "xmp cut short", "photoshop", "iCCP", "tRNS", "iTXt"}
UNITS = {
    "a number that is none": odd.short_tag(0x0128, 77),
    "a text": struct.pack(">HHI4s", 0x0128, 2, 4, b"abc\0"),
    "a fraction of nothing": struct.pack(">HHII", 0x0128, 5, 1, 4_000_000),
    "of no type": struct.pack(">HHII", 0x0128, 99, 1, 2),
}


def marked(broken: str) -> Any:
    """The parameter, as a fault where it was one."""
    return pytest.param(broken, marks=[] if broken in HARMLESS else [pytest.mark.fault("C12")])


@pytest.fixture(autouse=True)
def no_files(shop_settings: Settings) -> Iterator[None]:
    """An empty folder of uploads."""
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)
    yield
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)


async def drawn(client: httpx.AsyncClient, url: str) -> Image.Image:
    """The picture that a browser gets."""
    return Image.open(io.BytesIO((await client.get(url)).content))


def pixel(image: Image.Image, x: int, y: int, *, mode: str = "RGBA") -> tuple[int, ...]:
    """What is there."""
    return tuple(image.convert(mode).crop((x, y, x + 1, y + 1)).tobytes())


@pytest.mark.parametrize("broken", [marked(name) for name in JPEGS])
async def test_broken_metadata_of_a_jpeg_is_left_out(client: httpx.AsyncClient, broken: str) -> None:
    body = await uploaded(client, await staff_bearer(client), odd.jpeg(JPEGS[broken]))
    assert (body["width"], body["height"]) == (240, 160)


@pytest.mark.parametrize("broken", [marked(name) for name in PNGS])
async def test_broken_metadata_of_a_png_is_left_out(client: httpx.AsyncClient, broken: str) -> None:
    body = await uploaded(client, await staff_bearer(client), odd.png(40, 30, [(broken.encode(), PNGS[broken])]))
    assert (body["width"], body["height"]) == (40, 30)
    assert pixel(await drawn(client, body["url"]), 5, 5)[1] > 100


@pytest.mark.fault("C12")
async def test_an_odd_unit_of_the_resolution_changes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    for unit in UNITS.values():
        body = await uploaded(client, headers, odd.jpeg(odd.segment(APP1, odd.exif(SIX, unit))))
        assert (body["width"], body["height"]) == (160, 240)
        body = await uploaded(client, headers, odd.jpeg(odd.segment(APP1, odd.exif(unit))))
        assert (body["width"], body["height"]) == (240, 160)


@pytest.mark.fault("C12")
async def test_a_broken_tag_beside_the_orientation_does_not_hide_it(client: httpx.AsyncClient) -> None:
    bad = struct.pack(">HHI4s", 0x011A, 2, 4, b"abc\0")
    body = await uploaded(client, await staff_bearer(client), odd.jpeg(odd.segment(APP1, odd.exif(SIX, bad))))
    assert (body["width"], body["height"]) == (160, 240)
    whole = odd.exif(SIX).removeprefix(b"Exif\0\0")
    body = await uploaded(
        client, await staff_bearer(client), odd.png(40, 30, [(b"iCCP", b"x\0\0no"), (b"eXIf", whole)])
    )
    assert (body["width"], body["height"]) == (30, 40)


@pytest.mark.fault("C12")
@pytest.mark.parametrize("progressive", [False, True])
async def test_a_jpeg_that_lacks_only_its_end_marker_is_taken(client: httpx.AsyncClient, progressive: bool) -> None:
    headers, whole = await staff_bearer(client), odd.jpeg(progressive=progressive)
    assert whole[-2:] == b"\xff\xd9"
    body = await uploaded(client, headers, whole[:-2])
    cut = await drawn(client, body["url"])
    other = await drawn(client, (await uploaded(client, headers, whole))["url"])
    assert cut.tobytes() == other.tobytes()


@pytest.mark.fault("C12")
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("missing", [6, 40, 400, 0.5])
async def test_a_jpeg_that_lacks_picture_data_is_refused(
    client: httpx.AsyncClient, missing: float, progressive: bool
) -> None:
    headers, whole = await staff_bearer(client), odd.jpeg(progressive=progressive)
    await uploaded(client, headers, whole[:-2])  # what the others are measured by
    cut = whole[: -int(missing if missing >= 1 else len(whole) * missing)]
    for content in (cut, cut + b"\xff\xd9"):
        assert code(await send(client, content, headers)) == (422, "IMAGE_INVALID")


@pytest.mark.fault("C12")
async def test_a_photo_of_an_iphone_is_taken_as_it_was_held(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    body = await uploaded(client, headers, odd.HEIC)
    assert (body["width"], body["height"]) == (96, 64)
    red, green, *_ = pixel(await drawn(client, body["url"]), 8, 8)
    assert (red > 180, green < 90) == (True, True)
    turned = await uploaded(client, headers, odd.HEIC_TURNED)
    assert (turned["width"], turned["height"]) == (96, 64)
    red, green, *_ = pixel(await drawn(client, turned["url"]), 88, 56)
    assert (red > 180, green < 90) == (True, True)
    assert (await Upload.get(id=turned["id"])).kind == "HEIC"
    assert not any(b"camera" in file.read_bytes() for file in stored_files())


@pytest.mark.fault("C12")
async def test_a_photo_says_its_size_before_it_is_decoded(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    size = struct.pack(">II", 96, 64)
    assert odd.HEIC.count(size) == 1
    huge = odd.HEIC.replace(size, struct.pack(">II", 9_000, 9_000))
    assert code(await send(client, huge, headers)) == (422, "IMAGE_TOO_MANY_PIXELS")
    for broken in (odd.HEIC[:-60], odd.HEIC.replace(b"ispe", b"free"), odd.HEIC[:40]):
        assert code(await send(client, broken, headers)) == (422, "IMAGE_INVALID")
    await uploaded(client, headers, odd.HEIC)
    assert await Upload.all().count() == 1


@pytest.mark.fault("C12")
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_a_long_picture_is_kept_as_slices(client: httpx.AsyncClient, kind: str) -> None:
    body = await uploaded(client, await staff_bearer(client), odd.long_picture(kind=kind))

    assert (body["width"], body["height"]) == (300, 17_000)
    assert [(one["width"], one["height"]) for one in body["slices"]] == [(300, 4_000)] * 4 + [(300, 1_000)]
    assert body["slices"][0]["url"] == body["url"] == body["sizes"][-1]["url"]
    for number, one in enumerate(body["slices"]):
        image = await drawn(client, one["url"])
        assert image.size == (one["width"], one["height"])
        assert abs(pixel(image, 150, 500)[0] - number * 24) <= 3
    assert len(stored_files()) == 5
    with clock.as_of(clock.now() + timedelta(hours=25)):
        assert await sweep_orphan_images() == 1
    assert stored_files() == []


@pytest.mark.fault("C12")
async def test_long_pictures_have_a_limit_of_their_own(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    body = await uploaded(client, headers, odd.png(1_000, 40_000))
    assert (len(body["slices"]), body["slices"][-1]["height"]) == (10, 4_000)
    assert [size["width"] for size in body["sizes"]] == [320, 640, 1_000]
    for width, height in ((1_001, 17_000), (1_000, 40_001), (17_000, 800)):
        assert code(await send(client, odd.png(width, height), headers)) == (422, "IMAGE_TOO_MANY_PIXELS")
    short = await uploaded(client, headers, odd.png(300, 16_000))
    assert (short["height"], short["slices"]) == (16_000, [])


@pytest.mark.fault("C12")
async def test_slices_are_wherever_the_long_picture_is_shown(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    long = await uploaded(client, headers, odd.long_picture())
    short = await uploaded(client, headers)
    assert (len(long["slices"]), short["slices"]) == (5, [])
    detail = f"설명\n{long['url']}\n{short['url']}"
    options = [{**BLACK, "images": [long["path"], short["path"]]}]
    form = await made(client, headers, await make_category("bag"), options=options, detail=detail)
    page = (await client.get(f"{API}/products/BAG-1")).json()
    for shown in (page, form):
        assert [one["slices"] for one in shown["options"][0]["images"]] == [long["slices"], []]
    assert page["detail_pictures"] == [{"url": long["url"], "slices": long["slices"]}]

    banner = {"type": "banner", "title": "가을", "upload_id": long["id"]}
    period = {"starts_at": "2026-01-01T00:00:00+09:00", "ends_at": "2099-01-01T00:00:00+09:00"}
    event = {"title": "봄", "body": "안내", "image_path": long["path"], "is_published": True, **period}
    for path, body in (("banners", banner), ("events", event)):
        created = (await client.post(f"{API}/admin/{path}", json=body, headers=headers)).json()
        (public,) = (await client.get(f"{API}/{path}")).json()["items"]
        assert created["slices"] == public["slices"] == long["slices"]
        assert public["image_url"] == long["url"]


@pytest.mark.fault("C13")
@pytest.mark.parametrize(
    ("frames", "shown"),
    [
        ([b"\x00\x00\xff\xff", b"\x00\xff\x00\xff"], [(0, 0, 255, 255), (0, 255, 0, 255)]),
        ([b"\x00\x00\xff\xff"], [(0, 0, 255, 255)]),
        ([b"\x00\x00\xff\x00", b"\x00\xff\x00\xff"], [(0, 0, 0, 0), (0, 255, 0, 255)]),
    ],
)
async def test_the_default_picture_of_an_animation_is_left_out(
    client: httpx.AsyncClient, frames: list[bytes], shown: list[tuple[int, ...]]
) -> None:
    content = odd.apng(40, 30, default=b"\xff\x00\x00\xff", frames=frames)
    body = await uploaded(client, await staff_bearer(client), content)

    image = await drawn(client, body["url"])
    assert getattr(image, "n_frames", 1) == len(shown)
    for number, wanted in enumerate(shown):
        image.seek(number)
        got = pixel(image, 20, 15)
        assert abs(got[3] - wanted[3]) <= 8, got
        assert wanted[3] == 0 or all(abs(a - b) <= 8 for a, b in zip(got, wanted, strict=True)), got
