"""S3-compatible object storage. Only this module imports obstore, and it is loaded only if S3 is configured."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from src.common import clock
from src.common.media.store import PAGE, MediaStoreUnavailable, StoredObject
from src.core.configs.media_groups import MediaSettings
from src.core.observing.vendors import vendor_call

FOREVER: Final = "public, max-age=31536000, immutable"  # a name is never used for another image


class S3Storage:
    """One bucket, with path-style addresses, which every S3-compatible service supports.

    A request times out after `timeout_seconds`. Connection errors and 5xx responses are retried at most twice, for the
    same time in total.
    """

    def __init__(self, chosen: MediaSettings) -> None:
        wait = timedelta(seconds=chosen.timeout_seconds)
        self._bucket = S3Store(
            chosen.bucket,
            endpoint=chosen.endpoint_url.rstrip("/") or None,
            region=chosen.region,
            access_key_id=chosen.access_key,
            secret_access_key=chosen.secret_key,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": chosen.endpoint_url.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": wait,
            },
            retry_config={"max_retries": 2, "retry_timeout": wait},
        )

    async def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """See ObjectStore."""
        attributes = {"Content-Type": content_type, "Cache-Control": FOREVER}
        with _call("put"):
            await obstore.put_async(self._bucket, key, content, attributes=attributes, use_multipart=False)

    async def get(self, key: str) -> bytes | None:
        """See ObjectStore."""
        with _call("get"):
            try:
                answer = await obstore.get_async(self._bucket, key)
                return bytes(await answer.bytes_async())
            except FileNotFoundError:
                return None

    async def size(self, key: str) -> int | None:
        """See ObjectStore."""
        with _call("head"):
            try:
                return int((await obstore.head_async(self._bucket, key))["size"])
            except FileNotFoundError:
                return None

    async def address_to_put(self, key: str, *, content_type: str, size: int, until: datetime) -> str:
        """See ObjectStore. The signature covers key and expiry; size and type are checked after the upload."""
        with _call("sign"):
            return await obstore.sign_async(self._bucket, "PUT", key, until - clock.now())

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore."""
        if not keys:
            return
        with _call("delete"), suppress(FileNotFoundError):  # some services report missing objects
            await obstore.delete_async(self._bucket, list(keys))

    async def pages(self, prefix: str, *, size: int = PAGE) -> AsyncIterator[Sequence[StoredObject]]:
        """See ObjectStore."""
        try:
            async for page in obstore.list(self._bucket, prefix, chunk_size=size):
                yield [StoredObject(found["path"], found["last_modified"]) for found in page]
        except (BaseError, OSError) as error:
            raise MediaStoreUnavailable from error


@contextmanager
def _call(operation: str) -> Iterator[None]:
    """Count one call. Raises its errors as MediaStoreUnavailable."""
    with vendor_call("s3", operation):
        try:
            yield
        except (BaseError, OSError) as error:
            raise MediaStoreUnavailable from error
