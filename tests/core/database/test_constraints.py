"""The database itself refuses negative stock, money and counts, on every pair; the list is what the tables have."""

import pytest
from fastapi import FastAPI
from tortoise import Tortoise
from tortoise.exceptions import BaseORMException
from tortoise.fields import BigIntField, IntField, SmallIntField

from src.core.database.constraints import CHECKS, Check
from tests.conftest import REAL

pytestmark = pytest.mark.fault("S11")

KINDS = ("stock", "price", "amount", "total", "fee", "count", "quantity", "share")


async def names() -> set[str]:
    """The constraints that the database really has."""
    db = Tortoise.get_connection("default")
    if REAL:
        question = (
            "SELECT constraint_name AS name FROM information_schema.table_constraints"
            " WHERE constraint_schema = DATABASE() AND constraint_type = 'CHECK'"
        )
        return {row["name"] for row in await db.execute_query_dict(question)}
    rows = await db.execute_query_dict("SELECT sql FROM sqlite_master WHERE type = 'table'")
    return {check.name for check in CHECKS if any(f"CONSTRAINT {check.name} CHECK" in row["sql"] for row in rows)}


async def test_every_check_of_the_list_is_in_the_database(app: FastAPI) -> None:
    assert {check.name for check in CHECKS} - await names() == set()


async def test_every_stock_sum_and_count_of_a_model_is_on_the_list(app: FastAPI) -> None:
    """A new one: add it to constraints.py and by a migration."""
    listed = {(check.table, check.column) for check in CHECKS}
    kept_as_it_was = ("_archive", "legal_record")
    signed = {("discrepancy", "amount"), ("order_shipping_row", "amount"), ("seller_cancel_row", "amount")}
    signed |= {("settlement_entry", name) for name in ("amount", "fee", "stated_amount", "stated_fee")}
    bare = [
        (model._meta.db_table, name)
        for model in Tortoise.apps["models"].values()
        if not model._meta.db_table.endswith(kept_as_it_was)
        for name, field in model._meta.fields_map.items()
        if isinstance(field, IntField | SmallIntField | BigIntField) and not field.pk and not name.endswith("_id")
        if any(name == kind or name.endswith((f"_{kind}", f"{kind}s")) for kind in KINDS)
    ]
    assert len(bare) > 25
    assert sorted(set(bare) - listed - signed) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
@pytest.mark.usefixtures("empty")
async def test_each_refuses_what_it_names(app: FastAPI, check: Check) -> None:
    """One row of every column's least value: only the column under test is bad, and the refusal names its check."""
    db = Tortoise.get_connection("default")
    model = next(each for each in Tortoise.apps["models"].values() if each._meta.db_table == check.table)
    bad = -1 if ">= 0" in check.condition else 0
    values: dict[str, object] = {}
    for name, column in model._meta.fields_db_projection.items():
        field = model._meta.fields_map[name]
        if name == model._meta.pk_attr and field.generated:
            continue
        is_number = isinstance(field, IntField | SmallIntField | BigIntField) or field.field_type in (int, bool)
        texts = (
            "2026-01-01 00:00:00"
            if "datetime" in str(field.field_type)
            else "{}"
            if "dict" in str(field.field_type)
            else "x"
        )
        values[column] = 1 if is_number else texts
    values[check.column] = bad
    marks = ", ".join(["%s" if REAL else "?"] * len(values))
    quote = "`" if REAL else '"'
    columns = ", ".join(f"{quote}{name}{quote}" for name in values)
    off, on = (
        ("SET FOREIGN_KEY_CHECKS=0", "SET FOREIGN_KEY_CHECKS=1")
        if REAL
        else ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    )
    await db.execute_script(off)
    try:
        with pytest.raises(BaseORMException, match=check.name):
            await db.execute_query(f"INSERT INTO {check.table} ({columns}) VALUES ({marks})", list(values.values()))
    finally:
        await db.execute_script(on)
