"""Staff routes of couriers."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.shipping.dtos.admin.couriers import CourierChoice, CourierListRead, CourierListWrite
from src.app.shipping.errors import CourierLeftOut, CourierWordTwice
from src.app.shipping.services.couriers import editing, queries
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

OrderReader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
ShippingWriter = Annotated[Identity, Depends(Policy("staff", "shipping:write"))]
router = new_router("/admin", tags=["admin: shipping"])


@router.get("/couriers", operation_id="listCouriers")
async def list_couriers(_: OrderReader) -> Items[CourierChoice]:
    """Couriers to choose for a parcel, in the order to show. Those that are switched off are not among them."""
    return await queries.choices()


@router.get("/settings/couriers", operation_id="readCourierSettings")
async def read_courier_settings(response: Response, _: ShippingWriter) -> CourierListRead:
    """All couriers with the codes that others have for them. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await queries.settings())


@router.put(
    "/settings/couriers",
    operation_id="setCourierSettings",
    responses=documents(IfMatchRequired, StaleEdit, CourierLeftOut, CourierWordTwice),
)
async def set_courier_settings(
    body: CourierListWrite, version: EditedVersion, response: Response, by: Acting, _: ShippingWriter
) -> CourierListRead:
    """Set all couriers in this order. New ones may be added, none left out: switch off what is no longer used."""
    edit = editing.put(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, queries.settings))
