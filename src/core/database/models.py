"""The base of every table's class."""

from typing import Any

from tortoise.models import Model as TortoiseModel
from tortoise.models import ModelMeta


class _WithoutComments(ModelMeta):
    """Tortoise reads each class's source for comments that it would put on columns: a tenth of a start, and no
    column has one (see `BinarySchemaGenerator`)."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super().__new__(cls, name, bases, {**attrs, "_no_comments": True})


class Model(TortoiseModel, metaclass=_WithoutComments):
    """A Tortoise model."""

    class Meta:
        abstract = True
