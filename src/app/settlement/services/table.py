"""The fee table: read it, and let staff change it as a whole."""

from collections.abc import Sequence
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.settlement.dtos.admin.fees import FeeRow, FeeTableRead, FeeTableWrite
from src.app.settlement.models import FeeTable, PaymentFee
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

ONLY: Final = 1


async def load_rows() -> list[PaymentFee]:
    """Return all rows."""
    return await PaymentFee.all().order_by("method", "channel", "valid_from")


async def version_of() -> int:
    """Return the version of the table, FIRST (1) before its first edit."""
    row = await FeeTable.get_or_none(id=ONLY)
    return row.version if row else FIRST


async def read() -> FeeTableRead:
    """Return the table with its version. Two queries."""
    row = await FeeTable.get_or_none(id=ONLY)
    return FeeTableRead(
        items=[FeeRow.model_validate(fee, from_attributes=True) for fee in await load_rows()],
        updated_at=row.updated_at if row else None,
        version=row.version if row else FIRST,
    )


async def put(body: FeeTableWrite, *, version: int, by: Actor) -> FeeTableRead:
    """Set the whole table: one transaction with one audit row. Locks the table's row. Raises StaleEdit.

    What is not paid out yet is reckoned anew by the job ``settle-entries``; equal values write nothing.
    """

    async def write() -> None:
        row = await FeeTable.filter(id=ONLY).select_for_update().first()
        refuse_stale(row.version if row else FIRST, version)
        before, after = _as_logged(await load_rows()), _as_logged(body.items)
        if before == after:
            return
        await PaymentFee.all().delete()
        await PaymentFee.bulk_create([PaymentFee(**fee.model_dump()) for fee in body.items])
        if row is None:
            await FeeTable.create(id=ONLY, version=version + 1, updated_at=clock.now())
        else:
            await FeeTable.filter(id=ONLY).update(version=version + 1, updated_at=clock.now())
        await audit.record(
            "payment_fees.changed",
            by=by,
            target=("payment_fee_table", ONLY),
            before={"items": before},
            after={"items": after},
        )

    try:
        await unit_of_work(write)
    except IntegrityError:  # two first changes at once both found no row to lock
        await unit_of_work(write)
    return await read()


def _as_logged(rows: Sequence[PaymentFee] | Sequence[FeeRow]) -> list[dict[str, Any]]:
    found = [FeeRow.model_validate(row, from_attributes=True).model_dump(mode="json") for row in rows]
    return sorted(found, key=lambda row: (row["method"], row["channel"], row["valid_from"]))
