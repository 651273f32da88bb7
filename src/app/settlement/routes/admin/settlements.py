"""Staff routes of settlements and the fee table."""

from typing import Annotated

from fastapi import Depends, Query, Response

from src.app.settlement.dtos.admin.fees import FeeTableRead, FeeTableWrite
from src.app.settlement.dtos.admin.settlements import SettlementQuery, SettlementRead
from src.app.settlement.services import days, table
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "settlement:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "settings:write"))]

router = new_router("/admin", tags=["admin: settlements"])


@router.get("/settlements", operation_id="readSettlements")
async def read_settlements(asked: Annotated[SettlementQuery, Query()], _: Reader) -> SettlementRead:
    """What the payment provider pays out by day: payments less refunds and its fees, by the fee table. 오늘정산 and
    정산예정 beside the days that were asked for. Reckoned every five minutes."""
    return await days.settlements(asked)


@router.get("/settings/payment-fees", operation_id="readPaymentFees")
async def read_payment_fees(response: Response, _: Reader) -> FeeTableRead:
    """Fees and payout days of the payment provider. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await table.read())


@router.put("/settings/payment-fees", operation_id="setPaymentFees", responses=documents(IfMatchRequired, StaleEdit))
async def set_payment_fees(
    body: FeeTableWrite, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> FeeTableRead:
    """Set the whole table. What was paid out already keeps its fees; the rest follows within minutes."""
    edit = table.put(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, table.read))
