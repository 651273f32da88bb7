"""Staff routes of the shipping rules."""

from typing import Annotated

from fastapi import Depends, File, Form, Query, Response, UploadFile

from src.app.shipping.dtos.admin.rules import AdminShippingRead, ShippingWrite, SurchargeImportRead
from src.app.shipping.errors import FeeProductsUnknown, ShippingVersionNotFound, TooManySurcharges
from src.app.shipping.services import editing, importing, sheets, telling
from src.app.shipping.services.importing import Asked
from src.app.shipping.services.queries import load_tariff
from src.common.exceptions import documents
from src.common.exceptions.general import BadRequestLine, BodyTooLarge, IfMatchRequired, MultipartExpected, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import FormRoute, new_router
from src.common.identity import Identity, Policy
from src.common.openapi.marks import files, tells
from src.common.records.audit import Acting
from src.common.sheets.errors import SheetBroken, SheetHeaderWrong, SheetTooLarge, SheetTypeUnknown
from src.common.sheets.xlsx_writing import MEDIA_TYPE

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "shipping:write"))]
CSV = files("text/csv")
XLSX = files(MEDIA_TYPE, "application/octet-stream")

router = new_router("/admin/settings", tags=["admin: shipping"])
form_router = new_router("/admin/settings", tags=["admin: shipping"], route_class=FormRoute)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def _asked(
    *,
    dry_run: Annotated[bool, Form(description="Check everything, save nothing.")] = False,
    replace: Annotated[bool, Form(description="The sheet is the whole list; what it lacks is removed.")] = False,
) -> Asked:
    return Asked(dry_run=dry_run, replace=replace)


@router.get("/shipping", operation_id="readShippingRules", responses=documents(ShippingVersionNotFound))
async def read_shipping_rules(
    response: Response,
    _: Reader,
    version: Annotated[
        int | None, Query(ge=1, le=999_999_999, description="A former version, as orders name it.", examples=[3])
    ] = None,
) -> AdminShippingRead:
    """The shipping rules in force, or a former version. Send the `ETag` as `If-Match` with an edit."""
    return tagged(response, await telling.rules(version))


@router.put(
    "/shipping",
    operation_id="setShippingRules",
    responses=documents(IfMatchRequired, StaleEdit, FeeProductsUnknown, TooManySurcharges),
)
async def set_shipping_rules(
    body: ShippingWrite, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> AdminShippingRead:
    """Set the shipping rules as a new version. It counts for quotes and orders from now on; orders that were placed
    keep theirs."""
    return tagged(response, await or_fresh(editing.set_rules(body, version=version, by=by), telling.rules))


@form_router.post(
    "/shipping/surcharges/import",
    operation_id="importSurcharges",
    responses=documents(
        *(SheetTypeUnknown, SheetBroken, SheetTooLarge, SheetHeaderWrong, TooManySurcharges),
        *(BodyTooLarge, MultipartExpected, BadRequestLine),
    ),
    form_limits={"max_files": 1, "max_fields": 2},
)
async def import_surcharges(
    file: Annotated[UploadFile, File(description="An xlsx, or a csv in UTF-8, UTF-16 or cp949, as exported.")],
    by: Acting,
    _: Writer,
    asked: Annotated[Asked, Depends(_asked)],
) -> SurchargeImportRead:
    """Refine the surcharges by a sheet, a row per range of zipcodes: the ranges of the sheet count instead of those of
    the list; a fee of 0 takes zipcodes out. With a problem in any row nothing is saved."""
    return await importing.take(file, asked, by=by)


@router.get(
    "/shipping/surcharges/export.csv", operation_id="exportSurchargesCsv", response_class=Response, responses=CSV
)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def export_surcharges_csv(_: Reader) -> Response:
    """The surcharges in force as csv, which the import takes back."""
    body = sheets.as_csv((await load_tariff()).surcharges)
    return Response(body, media_type="text/csv; charset=utf-8", headers=_named("surcharges.csv"))


@router.get(
    "/shipping/surcharges/export.xlsx", operation_id="exportSurchargesXlsx", response_class=Response, responses=XLSX
)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def export_surcharges_xlsx(_: Reader) -> Response:
    """The surcharges in force as xlsx, which the import takes back."""
    body = sheets.as_xlsx((await load_tariff()).surcharges)
    return Response(body, media_type=MEDIA_TYPE, headers=_named("surcharges.xlsx"))
