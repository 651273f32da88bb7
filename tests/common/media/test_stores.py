"""Both stores keep the same promises: the folder, and S3 as a moto server speaks it over HTTP."""

import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from src.common import clock
from src.common.media import uploads
from src.common.media.addresses import icon_key, keys_of, media_url
from src.common.media.local import LocalFolder
from src.common.media.opening import open_store
from src.common.media.s3 import S3Storage
from src.common.media.store import MediaStoreUnavailable, ObjectStore, store, use_store
from src.common.media.sweeping import sweep_orphan_images
from src.common.models import Upload
from src.common.records import audit
from src.core.configs import Settings, settings, use
from src.core.configs.media_groups import MediaSettings
from tests.conftest import free_port
from tests.factories.people import staff_bearer
from tests.factories.pictures import picture, stored_files, uploaded

BUCKET = "shop-pictures"


@pytest.fixture(scope="module")
def s3_settings() -> Iterator[MediaSettings]:
    """A bucket on a server of its own."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    chosen = MediaSettings(
        endpoint_url=f"http://{host}:{port}", bucket=BUCKET, region="us-east-1", access_key="key", secret_key="secret"
    )
    bucket = f"{chosen.endpoint_url}/{BUCKET}"
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    policy = {"Version": "2012-10-17", "Statement": [everybody]}
    httpx.put(bucket, trust_env=False).raise_for_status()
    httpx.put(f"{bucket}?policy", json=policy, trust_env=False).raise_for_status()
    yield chosen
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """Each of them, with nothing in it under ``uploads/t``."""
    if request.param == "folder":
        return LocalFolder(tmp_path)
    return S3Storage(request.getfixturevalue("s3_settings"))


async def keys(of: ObjectStore, prefix: str) -> dict[str, datetime]:
    return {found.key: found.changed_at async for page in of.pages(prefix) for found in page}


async def test_what_is_put_is_got_listed_and_deleted(either: ObjectStore) -> None:
    assert await either.get("uploads/t/a.webp") is None
    await either.put("uploads/t/a.webp", b"first", content_type="image/webp")
    await either.put("uploads/t/a.webp", b"second", content_type="image/webp")
    await either.put("uploads/t/b/c.webp", b"\0" * 100_000, content_type="image/webp")

    assert await either.get("uploads/t/a.webp") == b"second"
    found = await keys(either, "uploads/t")
    assert set(found) == {"uploads/t/a.webp", "uploads/t/b/c.webp"}
    assert all(abs(datetime.now(UTC) - moment) < timedelta(minutes=1) for moment in found.values())
    assert await keys(either, "uploads/none") == {}

    await either.delete(["uploads/t/a.webp", "uploads/t/never.webp", "uploads/t/b/c.webp"])
    await either.delete([])
    assert await keys(either, "uploads/t") == {}
    assert await either.get("uploads/t/a.webp") is None


async def test_many_objects_come_in_pages(either: ObjectStore) -> None:
    names = [f"uploads/many/{number}.webp" for number in range(7)]
    for name in names:
        await either.put(name, b"x", content_type="image/webp")
    pages = [len(page) async for page in either.pages("uploads/many", size=3)]
    assert pages == [3, 3, 1]
    await either.delete(names)
    assert await keys(either, "uploads/many") == {}


async def test_a_bucket_that_cannot_be_reached_is_unavailable(s3_settings: MediaSettings) -> None:
    for changes in ({"endpoint_url": f"http://127.0.0.1:{free_port()}", "timeout_seconds": 1.0}, {"bucket": "absent"}):
        lost = S3Storage(s3_settings.model_copy(update=changes))
        with pytest.raises(MediaStoreUnavailable):
            await lost.put("uploads/a.webp", b"x", content_type="image/webp")


@pytest.fixture
def file_in_the_way(tmp_path: Path) -> Iterator[Path]:
    """A folder in which the folder of uploads cannot be made, and in which nothing else is afterwards."""
    (tmp_path / "uploads").write_text("a file where the folder should be")
    yield tmp_path
    assert [path.name for path in tmp_path.iterdir()] == ["uploads"]


async def test_a_disk_that_refuses_is_unavailable(file_in_the_way: Path) -> None:
    with pytest.raises(MediaStoreUnavailable):
        await LocalFolder(file_in_the_way).put("uploads/a.webp", b"x", content_type="image/webp")


@pytest.fixture
async def on_s3(client: httpx.AsyncClient, s3_settings: MediaSettings) -> AsyncIterator[Settings]:
    """The running shop with its pictures in the bucket."""
    shutil.rmtree(settings().server.state_dir / "media" / "uploads", ignore_errors=True)
    before = store()
    with use(replace(settings(), media=s3_settings)) as chosen:
        open_store(chosen)
        assert isinstance(store(), S3Storage)
        yield chosen
    use_store(before)


async def test_an_upload_lies_in_the_bucket_and_is_shown_from_there(on_s3: Settings, client: httpx.AsyncClient) -> None:
    body = await uploaded(client, await staff_bearer(client), picture(700, 500))

    assert body["url"] == f"{on_s3.media.endpoint_url}/{BUCKET}/{body['path']}"
    assert stored_files() == []
    for size in body["sizes"]:
        shown = await client.get(size["url"])
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
        assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert media_url("banners/1.svg") == "/media/banners/1.svg"

    with clock.as_of(clock.now() + timedelta(hours=25)):
        assert await sweep_orphan_images() == 1
    assert await keys(store(), "uploads/1") == {}


async def test_an_icon_lies_beside_its_upload_and_goes_with_it(on_s3: Settings, client: httpx.AsyncClient) -> None:
    upload = await uploads.save(BytesIO(picture(300, 200)), name="a.jpg", by=audit.COMMAND)
    for _ in range(2):
        await uploads.add_icon(upload.path)

    shown = await client.get(media_url(icon_key(upload.path)))
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert set(await keys(store(), "uploads/1")) == {upload.path, icon_key(upload.path)}
    with clock.as_of(clock.now() + timedelta(hours=25)):
        assert await sweep_orphan_images() == 1
    assert await keys(store(), "uploads/1") == {}


async def test_strays_in_the_bucket_are_swept(on_s3: Settings) -> None:
    upload = await uploads.save(BytesIO(picture()), name="a.jpg", by=audit.COMMAND)
    await Upload.filter(id=upload.id).delete()
    assert await sweep_orphan_images() == 0
    with clock.as_of(clock.now() + timedelta(hours=25)):
        assert await sweep_orphan_images() == len(keys_of(upload.path)) == 3
    assert await keys(store(), "uploads/1") == {}


@pytest.mark.parametrize(
    ("changes", "base"),
    [
        ({"public_url": "https://img.micgolf.example/"}, "https://img.micgolf.example"),
        ({}, f"http://s3.example:9000/{BUCKET}"),
        ({"endpoint_url": ""}, f"https://s3.ap-northeast-2.amazonaws.com/{BUCKET}"),
    ],
)
def test_addresses_are_below_the_public_address_or_the_bucket(changes: dict[str, str], base: str) -> None:
    media = MediaSettings(endpoint_url="http://s3.example:9000", bucket=BUCKET, region="ap-northeast-2")
    with use(replace(settings(), media=media.model_copy(update=changes))):
        assert media_url("uploads/1/a.webp") == f"{base}/uploads/1/a.webp"
        assert media_url("products/1.svg") == "/media/products/1.svg"
