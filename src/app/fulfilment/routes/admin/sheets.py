"""Staff routes for tracking sheets: 송장 일괄등록, its templates, and taking one back."""

from typing import Annotated

from fastapi import Depends, File, Form, Query, Response, UploadFile

from src.app.fulfilment.dtos.admin.layouts import LayoutQuery
from src.app.fulfilment.errors import ShipmentImportNotFound
from src.app.fulfilment.services.sheets import request, templates
from src.common.exceptions import documents
from src.common.exceptions.general import (
    BadRequestLine,
    BodyTooLarge,
    IdempotencyInProgress,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    MultipartExpected,
)
from src.common.http.idempotency import RequestKey
from src.common.http.routing import FormRoute, new_router
from src.common.identity import Identity, Policy
from src.common.openapi.marks import files, tells
from src.common.records.audit import Acting
from src.common.sheets.errors import SheetBroken, SheetHeaderWrong, SheetTooLarge, SheetTypeUnknown
from src.common.sheets.xlsx_writing import MEDIA_TYPE
from src.common.work.task_reads import TaskId, TaskRead

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]

ERRORS = documents(
    *(SheetTypeUnknown, SheetBroken, SheetTooLarge, SheetHeaderWrong),
    *(BodyTooLarge, MultipartExpected, BadRequestLine),
    *(IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress),
)
CSV = files("text/csv")
# Client generators that do not know the xlsx media type treat it as bytes.
XLSX = files(MEDIA_TYPE, "application/octet-stream")

router = new_router("/admin/shipments/import", tags=["admin: orders"])
form_router = new_router("/admin/shipments", tags=["admin: orders"], route_class=FormRoute)


def _named(layout: str, kind: str) -> dict[str, str]:
    name = f"shipments-{layout}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


@form_router.post(
    "/import",
    operation_id="importShipments",
    status_code=202,
    responses=ERRORS,
    form_limits={"max_files": 1, "max_fields": 1},
)
async def import_shipments(
    file: Annotated[
        UploadFile, File(description="An xlsx, or a csv in UTF-8, UTF-16 or cp949, with up to 5,000 rows.")
    ],
    key: RequestKey,
    response: Response,
    by: Acting,
    _: Writer,
    *,
    dry_run: Annotated[bool, Form(description="Check everything, send nothing.")] = False,
) -> TaskRead:
    """송장 일괄등록: send lines by a sheet in our layout, Smartstore's or Cafe24's, told apart by its headings, as a
    task. `GET /admin/tasks/{id}` tells how far it is, and gives a file with the refused rows. A row that is refused
    keeps no other. A row with an order's number alone sends all that is left of the order."""
    task, is_repeat = await request.ask(file, is_dry_run=dry_run, request=key, by=by)
    response.headers.update({"Idempotency-Replayed": "true"} if is_repeat else {})
    return task


@router.get("/template.csv", operation_id="readShipmentCsvTemplate", response_class=Response, responses=CSV)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_shipment_csv_template(asked: Annotated[LayoutQuery, Query()], _: Reader) -> Response:
    """The headings of a tracking sheet as csv."""
    content = templates.as_csv(asked.layout)
    return Response(content, media_type="text/csv; charset=utf-8", headers=_named(asked.layout, "csv"))


@router.get("/template.xlsx", operation_id="readShipmentXlsxTemplate", response_class=Response, responses=XLSX)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_shipment_xlsx_template(asked: Annotated[LayoutQuery, Query()], _: Reader) -> Response:
    """The headings of a tracking sheet as xlsx, with a second sheet that shows a row."""
    return Response(templates.as_xlsx(asked.layout), media_type=MEDIA_TYPE, headers=_named(asked.layout, "xlsx"))


@router.post(
    "/{task_id}/undo", operation_id="undoShipmentImport", status_code=202, responses=documents(ShipmentImportNotFound)
)
async def undo_shipment_import(task_id: TaskId, by: Acting, _: Writer) -> TaskRead:
    """Take back what an import sent, as a task: every shipment of it that was not scanned yet. Whoever was not told of
    them yet hears nothing."""
    return await request.undo(task_id, by=by)
