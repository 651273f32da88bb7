"""Archive tables: the columns of a live table in a second table."""

from copy import deepcopy
from typing import Any, TypeVar, cast

from tortoise import fields
from tortoise.fields.base import Field
from tortoise.fields.relational import ForeignKeyFieldInstance, OneToOneFieldInstance
from tortoise.models import Model, ModelMeta

M = TypeVar("M", bound=Model)


def archive_of(live: type[M]) -> type[M]:
    """Return a model of ``<table>_archive`` with the columns, unique keys and indexes of `live`, whose rows have the
    same attributes.

    Rows keep their ids, so references to them stay valid. There are no foreign key constraints: related rows are moved
    together, by `common.records.archiving`.
    """
    meta: Any = live._meta  # noqa: SLF001 - Tortoise's own description of the class
    columns = dict(_column(name, field) for name, field in meta.fields_map.items())
    names = {
        name: f"{name}_id" for name, field in meta.fields_map.items() if isinstance(field, ForeignKeyFieldInstance)
    }
    settings = {
        "table": f"{meta.db_table}_archive",
        "indexes": _renamed(getattr(live.Meta, "indexes", ()), names),
        "unique_together": _renamed(getattr(live.Meta, "unique_together", ()), names),
    }
    body = {
        **columns,
        "__doc__": f"Rows of {meta.db_table} whose order closed long ago.",
        "__module__": live.__module__,
        "Meta": type("Meta", (), settings),
    }
    made: Any = ModelMeta(f"{live.__name__}Archive", (Model,), body)
    return cast("type[M]", made)


def _column(name: str, field: Field[Any]) -> tuple[str, Field[Any]]:
    if field.pk:
        return name, fields.BigIntField(primary_key=True, generated=False)
    if isinstance(field, ForeignKeyFieldInstance):
        is_alone = isinstance(field, OneToOneFieldInstance)
        options: dict[str, Any] = {"null": field.null, "unique": is_alone, "db_index": not is_alone}
        return f"{name}_id", fields.BigIntField(**options)
    return name, deepcopy(field)


def _renamed(groups: Any, names: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names.get(name, name) for name in group) for group in groups)
