"""Staff routes of payment channels."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.payment.dtos.admin.channels import ChannelListRead, ChannelListWrite
from src.app.payment.errors import ChannelLeftOut
from src.app.payment.services.channels import editing
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "settings:write"))]
router = new_router("/admin/settings", tags=["admin: payments"])


@router.get("/payment-channels", operation_id="readPaymentChannels")
async def read_payment_channels(response: Response, _: Reader) -> ChannelListRead:
    """All payment channels. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await editing.read())


@router.put(
    "/payment-channels",
    operation_id="setPaymentChannels",
    responses=documents(IfMatchRequired, StaleEdit, ChannelLeftOut),
)
async def set_payment_channels(
    body: ChannelListWrite, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> ChannelListRead:
    """Set all payment channels in this order. New ones may be added, none left out: switch off what is no longer used.
    Every process offers them within a few seconds."""
    return tagged(response, await or_fresh(editing.put(body, version=version, by=by), editing.read))
