"""CHECK constraints: one list, added in MySQL by migrations and in SQLite by the schema made from the models.

Columns of archives and legal records are left out: they must accept old rows unchanged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tortoise.backends.base.client import BaseDBAsyncClient

NOT_NEGATIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "background_task": ("attempts", "progress_done", "progress_total"),
    "cash_receipt": ("attempts", "wanted_amount", "wanted_tax_free", "issued_amount", "sends"),
    "escrow_case": ("attempts",),
    "event": ("view_count",),
    "event_comment": ("report_count",),
    "inbox_message": ("attempts",),
    "job_run": ("done",),
    "manual_transfer": ("amount",),
    "message": ("attempts", "unknowns"),
    "notice": ("view_count",),
    "order_effect": ("amount", "place"),
    "order_line": (
        "origin_price",
        "unit_price",
        "extra_price",
        "line_total",
        "discount_share",
        "points_share",
        "vat_amount",
    ),
    "orders": ("item_total", "discount_total", "shipping_fee", "points_used", "total", "tax_free_amount", "vat_amount"),
    "outbound_delivery": ("attempts",),
    "outbox_event": ("attempts",),
    "payment": (
        "total_amount",
        "tax_free_amount",
        "charged_amount",
        "paid_amount",
        "cancelled_amount",
        "cancelled_tax_free",
        "discount_amount",
    ),
    "payment_channel": ("min_amount",),
    "payment_fee": ("rate_ppm", "fixed_fee", "cycle_days"),
    "product": ("origin_price", "price", "reduced_price", "discount", "reduction", "review_count", "popularity"),
    "refund": ("amount", "attempts", "tax_free_amount", "vat_amount", "tax_free_goods"),
    "refund_attempt": ("amount", "cancellable", "tax_free_amount", "vat_amount"),
    "seller_cancel": ("refund", "points"),
    "seller_cancel_line": ("first_unit", "refund", "tax_free"),
    "seller_cancel_row": ("units",),
    "search_term": ("searches", "misses"),
    "shipping_product_fee": ("fee",),
    "shipping_rule": ("base_fee", "free_from", "return_fee", "exchange_fee"),
    "shipping_surcharge": ("fee",),
    "stock_adjustment": ("stock_after",),
    "task_file": ("size",),
    "upload": ("size",),
    "variant": ("stock", "extra_price"),
    "verification": ("tries",),
}
NOT_NOTHING: Final = (("journal_entry", "amount"),)
MORE_THAN_NOTHING: Final = (
    ("deposit", "amount"),
    ("order_line", "quantity"),
    ("seller_cancel_line", "units"),
    ("upload", "width"),
    ("upload", "height"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One CHECK constraint. NULL passes, as in SQL."""

    table: str
    column: str
    condition: str

    @property
    def name(self) -> str:
        """Name of the constraint, unique in the database as MySQL requires."""
        return f"ck_{self.table}_{self.column}"

    @property
    def sql(self) -> str:
        """Definition that MySQL, MariaDB and SQLite accept."""
        return f"CONSTRAINT {self.name} CHECK ({self.condition})"


def _listed() -> Iterator[Check]:
    for table, columns in NOT_NEGATIVE.items():
        for column in columns:
            yield Check(table, column, f"{column} >= 0")
    for table, column in MORE_THAN_NOTHING:
        yield Check(table, column, f"{column} > 0")
    for table, column in NOT_NOTHING:
        yield Check(table, column, f"{column} <> 0")


CHECKS: Final = tuple(_listed())


def of_table(table: str) -> list[Check]:
    """Return the constraints of one table."""
    return [check for check in CHECKS if check.table == table]


def additions(checks: tuple[Check, ...] | list[Check]) -> str:
    """Return the statements that add the constraints: one per table, since the server copies the table for each."""
    tables = dict.fromkeys(check.table for check in checks)
    return "\n".join(
        f"ALTER TABLE `{table}` {', '.join(f'ADD {check.sql}' for check in checks if check.table == table)};"
        for table in tables
    )


async def broken(db: BaseDBAsyncClient, checks: tuple[Check, ...] = CHECKS) -> list[tuple[Check, int]]:
    """Return the constraints that current rows violate, with the number of rows."""
    found = []
    for check in checks:
        text = f"SELECT COUNT(*) AS n FROM {check.table} WHERE NOT ({check.condition})"  # noqa: S608 - our own list
        rows: list[dict[str, Any]] = await db.execute_query_dict(text)
        if number := int(rows[0]["n"]):
            found.append((check, number))
    return found


async def present(db: BaseDBAsyncClient) -> set[str]:
    """Return the names of the constraints that a MySQL or MariaDB database has."""
    rows = await db.execute_query_dict(
        "SELECT constraint_name AS name FROM information_schema.table_constraints"
        " WHERE constraint_schema = DATABASE() AND constraint_type = 'CHECK'"
    )
    return {row["name"] for row in rows}


async def missing(db: BaseDBAsyncClient) -> list[Check]:
    """Return the constraints that the database lacks: a migration skips those that rows violated at the time."""
    there = await present(db)
    return [check for check in CHECKS if check.name not in there]


async def addable(db: BaseDBAsyncClient | None, checks: tuple[Check, ...]) -> str:
    """Return the statements that add the constraints that no row violates.

    Violating rows stay readable and are listed by `db check`. The previous release, which may still run, stays able to
    write. `db upgrade` adds the remaining constraints once the rows are corrected.
    """
    bad = {check for check, _ in await broken(db, checks)} if db is not None else set()
    return additions([check for check in checks if check not in bad])
