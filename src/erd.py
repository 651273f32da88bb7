"""``python -m src.erd`` draws docs/erd.md from the models. With ``--check`` it writes nothing and exits 1 if the file
is out of date. It uses no database and reads no setting."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tortoise.fields.relational import BackwardFKRelation, ForeignKeyFieldInstance, OneToOneFieldInstance

from src.core.database.models import Model
from src.core.database.tortoise import MODEL_MODULES

FILE: Final = Path(__file__).parents[1] / "docs/erd.md"
INTRODUCTION: Final = """\
# Tables · 테이블 관계도

Drawn from the models by `python -m src.erd`; `tests/architecture/test_erd.py` fails when a model has changed and this
page has not. One diagram per domain. A solid line is a foreign key; a dotted line is an id that the database does not
check, on purpose: the row must outlive the other one (an order its member), or a constraint would take a lock that others
wait for. `"null"` marks a column that may be empty. Types are those of MySQL.

모델에서 자동 생성됩니다. 실선은 외래 키, 점선은 제약 없는 참조입니다.
"""
# Id columns without a foreign key, as (table, column) or column, and the table to which they refer.
NAMED: Final = {
    "default_of": "users",
    "ledger_id": "stock_ledger",
    "line_id": "order_line",
    "member_id": "users",
    "product_id": "product",
    "settles_order_id": "orders",
    "staff_id": "staff",
    "upload_id": "upload",
    "user_id": "users",
    "variant_id": "variant",
    ("discrepancy", "payment_id"): "payment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `keys` are Mermaid's PK, FK and UK; `parent` is the table to which it refers, empty for none."""

    name: str
    type: str
    keys: tuple[str, ...]
    is_null: bool
    parent: str
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table with its columns in the order of the model."""

    name: str
    columns: tuple[Column, ...]


def text_of(modules: Sequence[str] = MODEL_MODULES) -> str:
    """Return the page: its introduction, then one diagram for each module of models."""
    sections = {_domain(module): _models(module) for module in modules}
    names = {model.__name__: _meta(model).db_table for models in sections.values() for model in models}
    parts = [_section(domain, sections[domain], names) for domain in sorted(sections)]
    return "\n".join([INTRODUCTION, *parts])


def _domain(module: str) -> str:
    return module.removesuffix(".models").rpartition(".")[2]


def _models(module: str) -> list[type[Model]]:
    """Return a module's models sorted by table name, without abstract models and those of other domains."""
    package = module.removesuffix(".models")
    found = {value for value in vars(import_module(module)).values() if isinstance(value, type)}
    ours = [model for model in found if issubclass(model, _base()) and model.__module__.startswith(f"{package}.")]
    tables = [model for model in ours if not _meta(model).abstract and _meta(model).db_table]
    return sorted(tables, key=lambda model: str(_meta(model).db_table))


def _base() -> type[Any]:
    from tortoise.models import Model as AnyModel

    return AnyModel


def _meta(model: type[Any]) -> Any:
    return model._meta  # noqa: SLF001 - Tortoise's own description of the class


def _section(domain: str, models: Sequence[type[Model]], names: dict[str, str]) -> str:
    tables = [_table(model, names) for model in models]
    live = {table.name for table in tables}
    archives = [table.name for table in tables if table.name.removesuffix("_archive") in live - {table.name}]
    drawn = [table for table in tables if table.name not in archives]
    lines = [f"## {domain}", "", "```mermaid", "erDiagram"]
    lines += [line for table in drawn for line in _box(table)]
    lines += [line for table in drawn for line in _relations(table)]
    lines.append("```")
    if archives:
        listed = ", ".join(f"`{name}`" for name in archives)
        lines += ["", f"Not drawn: {listed}. Each has the columns of its live table and no foreign key."]
    return "\n".join([*lines, ""])


def _table(model: type[Model], names: dict[str, str]) -> Table:
    meta = _meta(model)
    return Table(name=meta.db_table, columns=tuple(_columns(meta, names)))


def _columns(meta: Any, names: dict[str, str]) -> Iterator[Column]:
    """Yield the columns. After its initialisation Tortoise also lists `<name>_id` and reverse relations; they are
    skipped."""
    relations = {name for name, field in meta.fields_map.items() if isinstance(field, ForeignKeyFieldInstance)}
    for name, field in meta.fields_map.items():
        if isinstance(field, BackwardFKRelation) or name.removesuffix("_id") in relations - {name}:
            continue
        yield _foreign_key(name, field, names) if name in relations else _plain(meta.db_table, name, field)


def _foreign_key(name: str, field: Any, names: dict[str, str]) -> Column:
    model = field.model_name.rpartition(".")[2]
    is_alone = isinstance(field, OneToOneFieldInstance)
    keys = (*(("PK",) if field.pk else ()), "FK", *(("UK",) if is_alone and not field.pk else ()))
    return Column(
        name=f"{name}_id",
        type="bigint",
        keys=keys,
        is_null=field.null,
        parent=names[model],
        is_checked=field.db_constraint,
    )


def _plain(table: str, name: str, field: Any) -> Column:
    is_number = type(field).__name__ == "BigIntField"
    parent = NAMED.get((table, name)) or NAMED.get(name, "") if is_number else ""
    keys = ("PK",) if field.pk else ("UK",) if field.unique else ()
    return Column(
        name=field.source_field or name,
        type=_type(field),
        keys=keys,
        is_null=field.null,
        parent="" if parent == table else parent,
        is_checked=False,
    )


def _type(field: Any) -> str:
    types = field.get_db_field_types() or {}
    return str(types.get("mysql") or types[""]).lower().replace(" ", "_").replace(",", "_")


def _box(table: Table) -> Iterator[str]:
    yield f"    {table.name} {{"
    for column in table.columns:
        words = (column.type, column.name, ", ".join(column.keys), '"null"' if column.is_null else "")
        yield " " * 8 + " ".join(word for word in words if word)
    yield "    }"


def _relations(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.parent:
            one = "|o" if column.is_null else "||"
            many = "o|" if {"PK", "UK"} & set(column.keys) else "o{"
            line = "--" if column.is_checked else ".."
            yield f"    {column.parent} {one}{line}{many} {table.name} : {column.name}"


def main(arguments: list[str]) -> int:
    """Run the command of the module docstring."""
    text = text_of()
    if FILE.exists() and FILE.read_text() == text:
        print("ok: docs/erd.md is up to date")  # noqa: T201
    elif "--check" in arguments:
        print("docs/erd.md is not what the models say: python -m src.erd", file=sys.stderr)  # noqa: T201
        return 1
    else:
        FILE.write_text(text)
        print("ok: docs/erd.md is written")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
