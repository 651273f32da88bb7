"""The archive has the columns of the live tables, and nothing that belongs to an order stays behind."""

from typing import Any

import pytest
from fastapi import FastAPI
from tortoise import Tortoise
from tortoise.fields.relational import ForeignKeyFieldInstance

from src.app.order.models import Order, OrderLine
from src.app.order.services.archiving import PARTS, all_parts
from src.common.records.archiving import Part, move
from src.core.database.models import Model

# Names of columns that hold the id of an order, a line, a payment or a refund.
NAMES = frozenset({"order_id", "line_id", "order_line_id", "payment_id", "refund_id", "settles_order_id"})
# Tables that name ids of what may be archived and stay where they are, because ids do not change, and why they may.
STAYS = {
    "stock_ledger": "the ledger of a variant is one sum (docs/promises.md#p1); it has no foreign key",
    "settlement_entry": "the payout of a day is one sum of live and archived orders; it has no foreign key",
    "discrepancy": "the list of staff; an open one keeps its order live",
    "payment_legal_record": "names the public id; kept apart from orders for its own time",
}


def models() -> list[type[Model]]:
    return list(Tortoise.apps["models"].values())


def facts(table: type[Model]) -> dict[str, tuple[Any, ...]]:
    """What the database keeps in each column, by its name."""
    found = {}
    for name, column in table._meta.fields_db_projection.items():
        field = table._meta.fields_map[name]
        found[column] = (
            field.get_for_dialect("mysql", "SQL_TYPE"),
            field.null,
            field.unique or field.pk,
            field.default,
        )
    return found


def test_every_archive_has_the_columns_of_its_live_table(app: FastAPI) -> None:
    assert [part.live._meta.db_table for part in all_parts()] == [
        "orders",
        "order_line",
        "line_change",
        "order_event",
        "order_revival",
        "order_effect",
        "order_shipping_row",
        "journal_entry",
        "manual_transfer",
        "deposit",
        "payment",
        "refund_account",
        "refund",
        "refund_attempt",
        "cash_receipt",
        "escrow_case",
        "seller_cancel",
        "seller_cancel_line",
        "seller_cancel_row",
        "order_note",
        "shipment",
        "shipment_line",
        "shipment_event",
        "shipment_scan",
    ]
    for part in all_parts():
        assert facts(part.archive) == facts(part.live), part.live
        assert part.archive._meta.db_table == f"{part.live._meta.db_table}_archive"
        assert not part.archive._meta.fk_fields


def test_every_table_that_belongs_to_an_order_moves_with_it(app: FastAPI) -> None:
    """A new table with such a column is registered (`archiving.register_parts`), or named here with its reason."""
    moving = {part.live for part in all_parts()} | {part.archive for part in all_parts()}
    left = {table._meta.db_table for table in models() if table not in moving and NAMES & set(columns(table))}
    assert left == STAYS.keys()


def test_nothing_that_stays_refers_to_what_moves(app: FastAPI) -> None:
    """Such a foreign key would let no order be archived."""
    moving = {part.live for part in all_parts()}
    refers = [
        f"{table._meta.db_table}.{name}"
        for table in models()
        if table not in moving
        for name, field in table._meta.fields_map.items()
        if isinstance(field, ForeignKeyFieldInstance) and field.related_model in moving and field.db_constraint
    ]
    assert refers == []


def columns(table: type[Model]) -> list[str]:
    return list(table._meta.fields_db_projection.values())


async def test_rows_move_only_inside_a_transaction(app: FastAPI) -> None:
    with pytest.raises(RuntimeError):
        await move(PARTS, [1])


def test_parents_come_before_their_children(app: FastAPI) -> None:
    parts: tuple[Part, ...] = all_parts()
    assert (parts[0].live, parts[0].parent) == (Order, Order)
    seen: set[type[Model]] = {Order}
    for part in parts[1:]:
        assert part.parent in seen
        seen.add(part.live)
    assert OrderLine in seen
