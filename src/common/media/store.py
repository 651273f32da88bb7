"""Storage of image bytes: its interface, and the store of this process."""

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
    """One object. `changed_at` is aware."""

    key: str
    changed_at: datetime


class ObjectStore(Protocol):
    """Keys are paths with slashes, without one in front. Every method raises MediaStoreUnavailable."""

    async def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Write an object durably and in one step: a reader sees all of it or nothing."""
        ...

    async def get(self, key: str) -> bytes | None:
        """The object, None where there is none."""
        ...

    async def size(self, key: str) -> int | None:
        """The bytes of the object, None where there is none."""
        ...

    async def address_to_put(self, key: str, *, content_type: str, size: int, until: datetime) -> str:
        """Where anybody who knows it may PUT this object until then, without signing in."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove these objects. One that is not there is no error."""
        ...

    def pages(self, prefix: str, *, size: int = PAGE) -> AsyncIterator[Sequence[StoredObject]]:
        """Every object below the folder `prefix`, at most `size` at a time, in no order."""
        ...


_store: ObjectStore | None = None


def use_store(store: ObjectStore | None) -> None:
    """Set the store of this process; None when it closes."""
    global _store  # noqa: PLW0603 - the one place that keeps it
    _store = store


def store() -> ObjectStore:
    """The store of this process."""
    if _store is None:
        raise RuntimeError("no picture store is open")
    return _store
