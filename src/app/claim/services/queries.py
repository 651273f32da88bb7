"""Reads of cancels by the seller, live and archived."""

from collections.abc import Sequence
from dataclasses import dataclass

from src.app.claim.models import SellerCancel, SellerCancelArchive, SellerCancelLine, SellerCancelLineArchive
from src.common.records.archiving import rows_of


@dataclass(frozen=True, slots=True)
class CancelledLines:
    """A cancel with its lines, in the order of the command."""

    cancel: SellerCancel
    lines: list[SellerCancelLine]


async def by_ids(cancel_ids: Sequence[int]) -> dict[int, CancelledLines]:
    """Return these cancels by id; absent ones are left out. Two statements if all are live."""
    cancels = await rows_of(SellerCancel, SellerCancelArchive, "id", cancel_ids)
    lines = await rows_of(SellerCancelLine, SellerCancelLineArchive, "cancel_id", cancel_ids)
    return {cancel_id: CancelledLines(cancel, lines.get(cancel_id, [])) for cancel_id, (cancel,) in cancels.items()}
