"""Tables whose rows are written once and then only read."""

from collections.abc import Iterable
from typing import Any, NoReturn

from tortoise.manager import Manager
from tortoise.queryset import QuerySet

from src.core.database.models import Model


class AppendOnlyViolation(TypeError):
    """An attempt to change or remove an append-only row."""


def _refuse() -> NoReturn:
    raise AppendOnlyViolation("rows of this table are never changed or removed")


class ReadOnlyRows(QuerySet[Any]):
    """A QuerySet that only reads: changes raise AppendOnlyViolation."""

    def update(self, **kwargs: Any) -> NoReturn:
        _refuse()

    def bulk_update(self, objects: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()


class AppendOnlyManager(Manager):
    """The manager behind `AppendOnly.filter` and the other query methods."""

    def get_queryset(self) -> QuerySet[Any]:
        return ReadOnlyRows(self._model)


class AppendOnly(Model):
    """Base of append-only tables. Each subclass's Meta needs ``manager = AppendOnlyManager()``, which Tortoise does not
    inherit."""

    async def save(self, *args: Any, **kwargs: Any) -> None:
        if self._saved_in_db:
            _refuse()
        await super().save(*args, **kwargs)

    async def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()

    class Meta:
        abstract = True
