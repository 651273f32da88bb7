"""Staff routes for the payment provider's settlement sheets."""

from typing import Annotated

from fastapi import Depends, File, Form, Response, UploadFile

from src.app.settlement.services.sheets import request, templates
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
from src.common.work.task_reads import TaskRead

Reader = Annotated[Identity, Depends(Policy("staff", "settlement:read"))]
Reconciler = Annotated[Identity, Depends(Policy("staff", "payment:reconcile"))]

ERRORS = documents(
    *(SheetTypeUnknown, SheetBroken, SheetTooLarge, SheetHeaderWrong),
    *(BodyTooLarge, MultipartExpected, BadRequestLine),
    *(IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress),
)
CSV = files("text/csv")
# Client generators that do not know the xlsx media type treat it as bytes.
XLSX = files(MEDIA_TYPE, "application/octet-stream")

router = new_router("/admin/settlements/import", tags=["admin: settlements"])
form_router = new_router("/admin/settlements", tags=["admin: settlements"], route_class=FormRoute)


def _named(kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="settlements.{kind}"', "Cache-Control": "no-store"}


@form_router.post(
    "/import",
    operation_id="importSettlements",
    status_code=202,
    responses=ERRORS,
    form_limits={"max_files": 1, "max_fields": 1},
)
async def import_settlements(
    file: Annotated[
        UploadFile, File(description="An xlsx, or a csv in UTF-8, UTF-16 or cp949, with up to 20,000 rows.")
    ],
    key: RequestKey,
    response: Response,
    by: Acting,
    _: Reconciler,
    *,
    dry_run: Annotated[bool, Form(description="Compare everything, keep nothing.")] = False,
) -> TaskRead:
    """Compare the payment provider's own settlement sheet with what the shop reckoned, as a task: rows that match, that
    differ in amount, fee or day, and those that only one side has. `GET /admin/tasks/{id}` tells the counts and gives a
    file with every row. Without `dry_run` what the provider says stands beside ours in `GET /admin/settlements`."""
    task, is_repeat = await request.ask(file, is_dry_run=dry_run, request=key, by=by)
    response.headers.update({"Idempotency-Replayed": "true"} if is_repeat else {})
    return task


@router.get("/template.csv", operation_id="readSettlementCsvTemplate", response_class=Response, responses=CSV)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_settlement_csv_template(_: Reader) -> Response:
    """The headings of a settlement sheet as csv. Sheets of payment companies are read too, by their own words."""
    return Response(templates.as_csv(), media_type="text/csv; charset=utf-8", headers=_named("csv"))


@router.get("/template.xlsx", operation_id="readSettlementXlsxTemplate", response_class=Response, responses=XLSX)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_settlement_xlsx_template(_: Reader) -> Response:
    """The headings of a settlement sheet as xlsx, with a second sheet that shows rows."""
    return Response(templates.as_xlsx(), media_type=MEDIA_TYPE, headers=_named("xlsx"))
