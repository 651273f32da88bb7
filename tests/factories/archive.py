"""Orders that closed long ago, and where their rows are."""

from collections.abc import Sequence
from typing import Any

from src.app.claim.models import SellerCancel, SellerCancelLine, SellerCancelRow
from src.app.deposit.models import Deposit, ManualTransfer
from src.app.desk.models import OrderNote
from src.app.escrow.models import EscrowCase
from src.app.fulfilment.models import Shipment, ShipmentEvent, ShipmentLine, ShipmentScan, ShipmentState
from src.app.order.models import LineChange, Order, OrderArchive, OrderLine, OrderRevival
from src.app.order.services.archiving import all_parts
from src.app.payment.models.refund_account import RefundAccount, RefundAccountState
from src.app.pricing.services.refunds.calculator import RowKind
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.app.receipt.models import CashReceipt
from src.core.database.models import Model
from src.worker.jobs.run import run_job
from tests.factories.orders import later

OPTION = ("variant_id", "sku", "color", "size")
LONG = 200  # days, beyond ARCHIVE_AFTER_DAYS


async def archive(*, days: float = LONG) -> int:
    """Read again what is left to read, carry what is left to carry, then archive what is closed, so many days later;
    returns how many orders."""
    with later(days=4):
        await run_job("relay-outbox")
        await run_job("reread-payments")
    with later(days=days):
        return await run_job("archive-orders")


async def archived_and_live() -> tuple[list[str], list[str]]:
    """The numbers of the archived orders and of the live ones, by id."""
    found = [await table.all().order_by("id").values_list("order_no") for table in (OrderArchive, Order)]
    old, live = ([number for (number,) in rows] for rows in found)
    return old, live


async def sent_and_noted(order: Order) -> None:
    """A parcel that arrived, with its scan and its history, a seller's cancel, a refund account, a note of staff, and a
    deposit."""
    line, now = await OrderLine.get(order_id=order.id), order.created_at
    told: dict[str, Any] = {
        "bank": "SHINHAN",
        "number": "110-123-456789",
        "holder": "믹골프",
        "depositor_name": "김민지",
    }
    await ManualTransfer.create(order_id=order.id, **told, amount=order.total, due_at=now, created_at=now)
    row: dict[str, Any] = {"depositor": "김민지", "deposited_at": now, "recorded_by": "staff:1", "request_key": "k"}
    await Deposit.create(order_id=order.id, amount=order.total, **row, created_at=now)
    await EscrowCase.create(
        order_id=order.id, payment_id=order.id, work_status="DONE", available_at=now, created_at=now, updated_at=now
    )
    await CashReceipt.create(
        order_id=order.id, source="SELF", work_status="DONE", available_at=now, created_at=now, updated_at=now
    )
    parcel = await Shipment.create(
        number="S20261121-3K8WQ0RA",
        order_id=order.id,
        state=ShipmentState.DELIVERED,
        sent_by="staff:1",
        created_at=now,
        updated_at=now,
    )
    await ShipmentLine.create(shipment_id=parcel.id, order_line_id=line.id, units=line.quantity)
    await ShipmentScan.create(
        shipment_id=parcel.id, scan_key="k", tracking_no="1", status="DELIVERED", scanned_at=now, created_at=now
    )
    await ShipmentEvent.create(shipment_id=parcel.id, to_state="DELIVERED", actor="system", created_at=now)
    changed: dict[str, Any] = {
        f"{side}_{name}": 1 if name == "variant_id" else "x" for side in ("from", "to") for name in OPTION
    }
    await LineChange.create(
        order_id=order.id, line_no=line.line_no, units=1, **changed, actor="staff:1", created_at=now
    )
    await OrderRevival.create(
        order_id=order.id, total_before=2, total_after=1, left_out=[], actor="staff:1", reason="x", created_at=now
    )
    await _cancelled_by_the_seller(order, line)
    account: dict[str, Any] = {"bank": "SHINHAN", "number_sealed": "x", "number_hash": "x", "number_end": "6789"}
    state = RefundAccountState.ACCEPTED
    await RefundAccount.create(
        order_id=order.id, **account, holder="김민지", state=state, given_by="guest", created_at=now
    )
    await OrderNote.create(order_id=order.id, actor="staff:1", body="선물 포장", created_at=now)


async def _cancelled_by_the_seller(order: Order, line: OrderLine) -> None:
    cancel = await SellerCancel.create(order_id=order.id, refund=1, actor="staff:1", created_at=order.created_at)
    taken: dict[str, Any] = {"first_unit": 0, "units": 1, "reason": GoodsReason.SOLD_OUT, "is_restocked": False}
    part = await SellerCancelLine.create(cancel_id=cancel.id, order_line_id=line.id, **taken, refund=1, request_key="k")
    await SellerCancelRow.create(
        cancel_line_id=part.id, place=1, kind=RowKind.GOODS, amount=1, tax_type=line.tax_type, units=1
    )


async def all_rows(*, archived: bool) -> dict[str, list[dict[str, Any]]]:
    """Every row of the tables that move with orders, or of their archives, by the live table's name."""
    return {part.live._meta.db_table: await _rows(part.archive if archived else part.live) for part in all_parts()}


async def _rows(table: type[Model]) -> list[dict[str, Any]]:
    rows: Sequence[Any] = await table.all().order_by("id").values()
    return list(rows)
