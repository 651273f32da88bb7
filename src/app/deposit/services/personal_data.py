"""Personal data of a member in manual transfers: who was to pay, and who did."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import JsonValue

from src.app.deposit.models import Deposit, ManualTransfer
from src.app.deposit.services.queries import deposits_of, transfers_of
from src.app.deposit.services.retention import periods
from src.app.deposit.services.retention.anonymising import anonymise_member
from src.app.order.services import queries as orders
from src.app.order.services.paging import ids_of
from src.common.clock import korean
from src.common.records.retention import Rule

RULES: Final[Sequence[Rule]] = periods.RULES
BATCH: Final = 200


async def export(member_id: int) -> Mapping[str, Any]:
    """Return every manual transfer of the member's orders, the oldest order first, with its deposits."""
    exported: list[JsonValue] = []
    last_id = 0
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        transfers, deposits = await transfers_of(ids), await deposits_of(ids)
        numbers = {order_id: order.order_no for order_id, order in (await orders.by_ids(ids)).items()}
        exported += [
            _transfer(transfers[order_id], numbers[order_id], deposits.get(order_id, []))
            for order_id in ids
            if order_id in transfers
        ]
    return {"manual_transfers": exported}


async def erase(member_id: int) -> int:
    """Anonymise the manual transfers of the member's ended orders; return how many. See `anonymise_member`."""
    return await anonymise_member(member_id)


def _transfer(transfer: ManualTransfer, order_no: str, deposits: Sequence[Deposit]) -> dict[str, Any]:
    return {
        "order_no": order_no,
        "bank": transfer.bank,
        "number": transfer.number,
        "holder": transfer.holder,
        "depositor_name": transfer.depositor_name,
        "amount": transfer.amount,
        "due_at": korean(transfer.due_at),
        "deposits": [
            {"amount": row.amount, "depositor": row.depositor, "deposited_at": korean(row.deposited_at)}
            for row in deposits
        ],
    }
