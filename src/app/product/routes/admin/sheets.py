"""Routes that import and export products as files."""

from typing import Annotated

from fastapi import Depends, File, Form, Query, Response, UploadFile
from fastapi.responses import StreamingResponse

from src.app.product.dtos.admin.listing import AdminProductCsv, AdminProductFilter
from src.app.product.errors import ExportTooLarge, ImportTooManyProducts
from src.app.product.services.sheets import exporting
from src.app.product.services.sheets.imports import request
from src.app.product.services.sheets.imports.request import Asked
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

Reader = Annotated[Identity, Depends(Policy("staff", "product:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "product:write"))]

ERRORS = documents(
    *(SheetTypeUnknown, SheetBroken, SheetTooLarge, SheetHeaderWrong, ImportTooManyProducts),
    *(BodyTooLarge, MultipartExpected, BadRequestLine),
    *(IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress),
)
CSV = files("text/csv")
# Client generators that do not know the xlsx media type treat it as bytes.
XLSX = files(MEDIA_TYPE, "application/octet-stream")

router = new_router("/admin", tags=["admin: product sheets"])
form_router = new_router("/admin", tags=["admin: product sheets"], route_class=FormRoute)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def _asked(
    *,
    dry_run: Annotated[bool, Form(description="Check everything, save nothing.")] = False,
    overwrite_stock: Annotated[
        bool, Form(description="Stock that was edited counts also where units were sold since.")
    ] = False,
) -> Asked:
    return Asked(dry_run=dry_run, overwrite_stock=overwrite_stock)


@form_router.post(
    "/products/import",
    operation_id="importProducts",
    status_code=202,
    responses=ERRORS,
    form_limits={"max_files": 1, "max_fields": 2},
)
async def import_products(
    file: Annotated[
        UploadFile, File(description="An xlsx, or a csv in UTF-8, UTF-16 or cp949, as the template has it.")
    ],
    key: RequestKey,
    response: Response,
    by: Acting,
    _: Writer,
    asked: Annotated[Asked, Depends(_asked)],
) -> TaskRead:
    """Add and change products by a sheet, one row for each size, as a task: `GET /admin/tasks/{id}` tells how far it
    is, and gives the file of row errors. An empty cell leaves a value as it is, `[비움]` or `[clear]` clears it. A
    product is saved wholly or not at all. Stock needs `stock:adjust`; without the exported base stock (기준재고) it is
    refused where units were sold since it was last set, unless `overwrite_stock`. `result.warnings` of the task tells
    what is worth a second look. One import runs at a time, others wait."""
    task, is_repeat = await request.ask(file, asked, request=key, by=by)
    response.headers.update({"Idempotency-Replayed": "true"} if is_repeat else {})
    return task


@router.get("/products/import/template.csv", operation_id="readCsvTemplate", response_class=Response, responses=CSV)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_csv_template(_: Reader) -> Response:
    """The headings of a product sheet as csv."""
    return Response(exporting.csv_template(), media_type="text/csv; charset=utf-8", headers=_named("products.csv"))


@router.get("/products/import/template.xlsx", operation_id="readXlsxTemplate", response_class=Response, responses=XLSX)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def read_xlsx_template(_: Reader) -> Response:
    """The headings of a product sheet as xlsx, with a second sheet that explains each of them."""
    return Response(exporting.xlsx_template(), media_type=MEDIA_TYPE, headers=_named("products.xlsx"))


@router.get("/products/export.csv", operation_id="exportProductsCsv", response_class=StreamingResponse, responses=CSV)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def export_products_csv(asked: Annotated[AdminProductCsv, Query()], by: Acting, _: Reader) -> StreamingResponse:
    """Products that match, as csv: UTF-8 with its mark, or cp949. What begins like a formula has an apostrophe before
    it, which an import takes away again."""
    pieces = await exporting.as_csv(asked, encoding=asked.encoding, by=by)
    media_type = f"text/csv; charset={'utf-8' if asked.encoding == 'utf-8' else 'euc-kr'}"
    return StreamingResponse(pieces, media_type=media_type, headers=_named("products.csv"))


@router.get(
    "/products/export.xlsx",
    operation_id="exportProductsXlsx",
    response_class=StreamingResponse,
    responses={**documents(ExportTooLarge), **XLSX},
)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def export_products_xlsx(
    asked: Annotated[AdminProductFilter, Query()], by: Acting, _: Reader
) -> StreamingResponse:
    """Products that match, as xlsx, every cell a text. Edited, it may be imported as it is."""
    pieces = await exporting.as_xlsx(asked, by=by)
    return StreamingResponse(pieces, media_type=MEDIA_TYPE, headers=_named("products.xlsx"))
