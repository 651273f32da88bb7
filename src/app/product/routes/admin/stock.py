"""Routes that show and correct stock."""

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.product.dtos.admin.stock import (
    LedgerPage,
    LedgerQuery,
    LowQuery,
    LowStock,
    StockAdjust,
    StockAdjusted,
    StockAdjustedMany,
    StockAdjustMany,
)
from src.app.product.errors import StockBelowZero, StockTooLarge, StockVariantNotFound
from src.app.product.services.stock import adjustments, queries
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.exceptions.general import IdempotencyInProgress, IdempotencyKeyRequired, IdempotencyKeyReused
from src.common.http.idempotency import RequestKey
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "stock:read"))]
Adjuster = Annotated[Identity, Depends(Policy("staff", "stock:adjust"))]
VariantId = Annotated[int, Path(ge=1, le=2**63 - 1)]

KEYED = (IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress)

router = new_router(prefix="/admin", tags=["admin: stock"])


def _mark(response: Response, *, replayed: bool) -> None:
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"


@router.post(
    "/variants/{variant_id}/stock-adjustments",
    operation_id="adjustStock",
    status_code=201,
    responses=documents(StockVariantNotFound, StockBelowZero, StockTooLarge, *KEYED),
)
async def adjust_stock(
    variant_id: VariantId, body: StockAdjust, key: RequestKey, response: Response, by: Acting, _: Adjuster
) -> StockAdjusted:
    """Add units to what may be sold, or take some away: never below 0. The same key again changes nothing more."""
    done, replayed = await adjustments.adjust(variant_id, body, by=by, request=key)
    _mark(response, replayed=replayed)
    return done


@router.post("/stock/adjustments", operation_id="adjustStockOfMany", responses=documents(*KEYED))
async def adjust_stock_of_many(
    body: StockAdjustMany, key: RequestKey, response: Response, by: Acting, _: Adjuster
) -> StockAdjustedMany:
    """Correct several at once, each item with a result of its own. The same key again changes nothing more."""
    done, replayed = await adjustments.adjust_many(body, by=by, request=key)
    _mark(response, replayed=replayed)
    return done


@router.get("/stock/ledger", operation_id="readStockLedger", responses=documents(StockVariantNotFound))
async def read_stock_ledger(asked: Annotated[LedgerQuery, Query()], _: Reader) -> LedgerPage:
    """Why the stock of a colour and size is what it is: every change with the balance after it, the newest first."""
    return await queries.ledger(asked)


@router.get("/stock/low", operation_id="listLowStock")
async def list_low_stock(asked: Annotated[LowQuery, Query()], _: Reader) -> Page[LowStock]:
    """What runs out: colours and sizes with at most `threshold` units, the fewest first."""
    return await queries.low(asked)
