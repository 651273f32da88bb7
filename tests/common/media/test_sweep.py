"""Pictures that nothing shows are removed, and no other."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import httpx
import pytest

from src.app.banner.models import Banner
from src.app.product.models import Product, ProductImage, ProductOption
from src.common import clock
from src.common.media import uploads
from src.common.media.addresses import keys_of, media_url, path_of, paths_in
from src.common.media.errors import UploadNotFound
from src.common.media.local import LocalFolder
from src.common.media.store import MediaStoreUnavailable, StoredObject, store, use_store
from src.common.media.sweeping import sweep_orphan_images
from src.common.models import Upload
from src.common.records import audit
from src.core.configs import Settings, settings
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from src.worker.jobs.schedule import specs
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_product
from tests.factories.people import staff_bearer
from tests.factories.pictures import picture, stored_files, uploaded

DAY = timedelta(hours=24, minutes=1)


@pytest.fixture(autouse=True)
def no_files(shop_settings: Settings) -> Iterator[None]:
    """An empty folder of uploads."""
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)
    yield
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads", ignore_errors=True)


async def kept(content: bytes | None = None) -> Upload:
    return await uploads.save(BytesIO(content or picture()), name="a.jpg", by=audit.COMMAND)


async def swept(after: timedelta = DAY) -> int:
    with clock.as_of(clock.now() + after):
        return await sweep_orphan_images()


async def test_what_nothing_shows_goes_after_a_day_and_not_before(client: httpx.AsyncClient) -> None:
    await kept()
    assert await swept(timedelta(hours=23)) == 0
    assert len(stored_files()) == 3

    assert await swept() == 1
    assert await Upload.all().count() == 0
    assert stored_files() == []
    assert await swept() == 0


async def test_what_something_shows_stays(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    of_banner, of_logo, of_product, of_text, of_nobody = [await kept() for _ in range(5)]
    banner = {"type": "banner", "title": "가을", "upload_id": of_banner.id, "is_active": False}
    assert (await client.post("/api/v1/admin/banners", json=banner, headers=headers)).status_code == 201
    brand = {"shop_name": "Micgolf", "logo": {"upload_id": of_logo.id}, "favicon": None}
    assert (await client.put("/api/v1/admin/shop/branding", json=brand, headers=headers)).status_code == 200
    product = await make_product()
    option = await ProductOption.get(product_id=product.id)
    await ProductImage.create(option_id=option.id, path=of_product.path, position=5)
    smaller = media_url(keys_of(of_text.path)[320])
    await Product.filter(id=product.id).update(detail=f'<img src="{smaller}">')

    assert await swept() == 1

    assert await Upload.get_or_none(id=of_nobody.id) is None
    assert set(await Upload.all().values_list("id", flat=True)) == {
        of_banner.id,
        of_logo.id,
        of_product.id,
        of_text.id,
    }
    paths = {row.path for row in await Upload.all()}
    assert {path_of(str(file).partition("/media/")[2]) for file in stored_files()} == paths


async def test_a_picture_that_was_let_go_has_another_day(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    upload = await kept()
    body = {"type": "banner", "title": "가을", "upload_id": upload.id}
    made = (await client.post("/api/v1/admin/banners", json=body, headers=headers)).json()
    assert await swept() == 0  # seen in use a day from now
    assert (await client.delete(f"/api/v1/admin/banners/{made['id']}", headers=headers)).status_code == 204

    assert await swept(DAY + timedelta(hours=12)) == 0
    assert await swept(DAY + DAY) == 1


async def test_uploading_again_starts_the_day_anew(client: httpx.AsyncClient) -> None:
    content = picture()
    first = await kept(content)
    with clock.as_of(clock.now() + timedelta(hours=23)):
        assert (await kept(content)).id == first.id
    assert await swept() == 0
    assert await swept(DAY + DAY) == 1


async def test_lost_objects_come_back_with_the_same_file(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    content = picture()
    first = await kept(content)
    files = [(file, file.read_bytes()) for file in stored_files()]
    shutil.rmtree(shop_settings.server.state_dir / "media" / "uploads")

    assert (await kept(content)).path == first.path
    assert [(file, file.read_bytes()) for file in stored_files()] == files


async def test_objects_without_a_row_go_and_fresh_ones_stay(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    upload = await kept()
    await Upload.filter(id=upload.id).delete()  # a process died before the row, or after it was swept
    half = shop_settings.server.state_dir / "media" / "uploads" / "1" / ".half.part"
    half.write_bytes(b"half a picture")
    assert await sweep_orphan_images() == 0
    assert len(stored_files()) == 4

    assert await swept() == 4
    assert stored_files() == []


async def test_a_picture_being_attached_is_not_swept(client: httpx.AsyncClient) -> None:
    """The sweep has seen that nothing shows it, and deletes while a banner takes it: the banner or the sweep wins."""
    for _ in range(5):
        upload = await kept()
        is_taken = asyncio.Event()

        async def attach(upload: Upload = upload, is_taken: asyncio.Event = is_taken) -> None:
            async def write() -> None:
                row = await uploads.take(upload_id=upload.id)
                is_taken.set()
                await asyncio.sleep(0.05)
                await Banner.create(type="banner", title="a", image_path=row.path)

            with clock.as_of(clock.now() + DAY):
                await unit_of_work(write)

        attaching = asyncio.create_task(attach())
        await is_taken.wait()
        await swept()
        await attaching

        assert await Upload.filter(id=upload.id).exists()
        assert await Banner.filter(image_path=upload.path).count() == 1
        assert len(stored_files()) == 3
        await Banner.all().delete()
        await Upload.all().delete()
        shutil.rmtree(stored_files()[0].parents[1])


async def test_a_swept_picture_can_not_be_attached_and_can_be_uploaded_again(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "banner:write", "upload:write")
    content = picture()
    first = await uploaded(client, headers, content)
    assert await swept() == 1

    body = {"type": "banner", "title": "가을", "upload_id": first["id"]}
    answer = await client.post("/api/v1/admin/banners", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "UPLOAD_NOT_FOUND")
    assert await Banner.all().count() == 0
    with pytest.raises(UploadNotFound):
        await unit_of_work(lambda: uploads.take(path=first["path"]))

    again = await uploaded(client, headers, content)
    assert again["path"] != first["path"]
    assert (await client.get(again["url"])).status_code == 200


class FullDisk:
    """A store that takes one object and no more."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, key: str, content: bytes, *, content_type: str) -> None:
        if self.kept:
            raise MediaStoreUnavailable
        self.kept[key] = content

    async def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    async def delete(self, keys: list[str]) -> None:
        for key in keys:
            self.kept.pop(key, None)

    async def pages(self, prefix: str, *, size: int = 500) -> list[StoredObject]:
        return []


async def test_a_store_that_fails_half_way_leaves_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    before, full = store(), FullDisk()
    use_store(full)  # type: ignore[arg-type]
    try:
        answer = await client.post("/api/v1/admin/uploads", files={"file": ("a.jpg", picture())}, headers=headers)
    finally:
        use_store(before)
    assert (answer.status_code, answer.json()["code"]) == (503, "MEDIA_STORE_UNAVAILABLE")
    assert full.kept == {}
    assert await Upload.all().count() == 0


async def test_an_upload_that_dies_half_way_leaves_only_what_the_sweep_removes(client: httpx.AsyncClient) -> None:
    """As a killed process: nothing is tidied up after the second object was written."""
    is_written = asyncio.Event()

    class Dies(LocalFolder):
        async def put(self, key: str, content: bytes, *, content_type: str) -> None:
            await super().put(key, content, content_type=content_type)
            if len(stored_files()) == 2:
                is_written.set()
                await asyncio.Event().wait()

    before = store()
    use_store(Dies(settings().server.state_dir / "media"))
    try:
        saving = asyncio.create_task(kept())
        await is_written.wait()
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving
    finally:
        use_store(before)
    assert (await Upload.all().count(), len(stored_files())) == (0, 2)
    assert await sweep_orphan_images() == 0
    assert await swept() == 2
    assert stored_files() == []


async def test_a_store_that_fails_while_sweeping_is_swept_the_next_time(client: httpx.AsyncClient) -> None:
    await kept()

    class Broken(FullDisk):
        async def delete(self, keys: list[str]) -> None:
            raise MediaStoreUnavailable

    before = store()
    use_store(Broken())  # type: ignore[arg-type]
    try:
        with pytest.raises(MediaStoreUnavailable):
            await swept()
    finally:
        use_store(before)
    assert await Upload.all().count() == 0
    assert len(stored_files()) == 3
    assert await swept() == 3


async def test_the_job_is_known_and_runs_alone(client: httpx.AsyncClient) -> None:
    assert specs()["sweep-orphan-images"].single
    await kept()
    with clock.as_of(clock.now() + DAY):
        assert await run_job("sweep-orphan-images") == 1


def test_names_that_are_no_uploads_have_no_sizes() -> None:
    stem = f"uploads/1/ab/{'a' * 40}-1a2b3c4d-2000x1000"
    assert list(keys_of(f"{stem}.webp")) == [320, 640, 1280, 2000]
    for path in (
        "banners/1.svg",
        f"{stem}-320.webp",
        f"../{stem}.webp",
        f"{stem}.webp\n",
        stem.replace("/1/", "/9/") + ".webp",
    ):
        assert keys_of(path) == {}
    assert paths_in(f'<img src="/media/{stem}-640.webp"> <img src="/media/{stem}.webp">') == {f"{stem}.webp"}


def test_a_key_never_leaves_the_folder(shop_settings: Settings) -> None:
    for key in ("", "../x", "uploads/../../x", "/etc/passwd", "a\\b", "a\0b"):
        with pytest.raises(ValueError, match="not a key"):
            store_of(shop_settings)._file(key)
    assert os.fspath(store_of(shop_settings)._file("a/b.webp")).endswith("/media/a/b.webp")


def store_of(chosen: Settings) -> LocalFolder:
    return LocalFolder(chosen.server.state_dir / "media")
