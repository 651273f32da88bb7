"""Base class of all tables."""

from typing import Any

from tortoise.models import Model as TortoiseModel
from tortoise.models import ModelMeta


class _WithoutComments(ModelMeta):
    """A metaclass that skips column comments: Tortoise would read each class's source for them, which takes a tenth of
    the start, and no column has one (see `BinarySchemaGenerator`).
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super().__new__(cls, name, bases, {**attrs, "_no_comments": True})


class Model(TortoiseModel, metaclass=_WithoutComments):
    """Base of all Tortoise models."""

    class Meta:
        abstract = True
