"""Storage of image bytes: the interface, and the store that this process uses."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from src.common.exceptions.base import Unavailable


class MediaStoreUnavailable(Unavailable):
    """The disk or the object storage did not take it. Nothing was saved."""

    code = "MEDIA_STORE_UNAVAILABLE"
    outcome = "unreachable"
    ko, en = (
        "이미지 저장소를 잠시 사용할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "The picture store is briefly unavailable. Please try again.",
    )


PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object in the store. `changed_at` has a time zone."""

    key: str
    changed_at: datetime


class ObjectStore(Protocol):
    """A store of objects by key. Keys are paths without a leading slash. Every method may raise
    MediaStoreUnavailable."""

    async def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Write an object durably and atomically: a reader sees all of it or nothing."""
        ...

    async def get(self, key: str) -> bytes | None:
        """Return the object's content, or None if it does not exist."""
        ...

    async def size(self, key: str) -> int | None:
        """Return the size of the object in bytes, or None if it does not exist."""
        ...

    async def address_to_put(self, key: str, *, content_type: str, size: int, until: datetime) -> str:
        """Return an address to which anybody who knows it may PUT this object until `until`, without signing in."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove these objects. Missing objects are ignored."""
        ...

    def pages(self, prefix: str, *, size: int = PAGE) -> AsyncIterator[Sequence[StoredObject]]:
        """Yield all objects below the folder `prefix`, at most `size` at a time, in any order."""
        ...


_store: ObjectStore | None = None


def use_store(store: ObjectStore | None) -> None:
    """Set the store of this process, or remove it with None."""
    global _store  # noqa: PLW0603 - the one place that keeps it
    _store = store


def store() -> ObjectStore:
    """Return the store of this process. Raises RuntimeError before it is set."""
    if _store is None:
        raise RuntimeError("no picture store is open")
    return _store
