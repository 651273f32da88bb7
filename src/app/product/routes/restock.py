"""Routes of restock alerts."""

from typing import Annotated

from fastapi import Depends, Path, Request

from src.app.notification.services.texts.rendering import Language
from src.app.product.dtos.restock import RestockAlertRead, RestockAsk, RestockAsked
from src.app.product.errors import (
    ProductNotFound,
    RestockAlertNotFound,
    RestockContactNeeded,
    RestockNotNeeded,
    StockVariantNotFound,
    TooManyRestockAlerts,
)
from src.app.product.services.restock import alerts
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import TooManyAttempts
from src.common.handlers.problems import language_of
from src.common.http.routing import new_router
from src.common.identity import ClientAddress, Member, Shopper

Ref = Annotated[str, Path(description="Product code, else slug, else id.", examples=["01201110"])]
AlertId = Annotated[int, Path(ge=1, le=2**63 - 1)]


async def _language(request: Request) -> str:
    return language_of(request.scope)


MessageLanguage = Annotated[Language, Depends(_language)]

router = new_router(tags=["shop: products"])


@router.post(
    "/products/{ref}/restock-alerts",
    operation_id="askForRestockAlert",
    status_code=201,
    responses=documents(
        ProductNotFound,
        StockVariantNotFound,
        RestockNotNeeded,
        RestockContactNeeded,
        TooManyRestockAlerts,
        TooManyAttempts,
    ),
)
async def ask_for_restock_alert(
    ref: Ref, body: RestockAsk, by: Shopper, address: ClientAddress, language: MessageLanguage
) -> RestockAsked:
    """One message, by mail or SMS, when this sold-out colour and size can be bought again. Asking again is the same."""
    return await alerts.ask(ref, body, by=by, address=address, language=language)


@router.get("/me/restock-alerts", operation_id="listRestockAlerts")
async def list_restock_alerts(member: Member) -> Items[RestockAlertRead]:
    """What I wait for, the newest first."""
    return await alerts.mine(member)


@router.delete("/me/restock-alerts", operation_id="cancelRestockAlerts", status_code=204)
async def cancel_restock_alerts(member: Member) -> None:
    """Wait for nothing any more."""
    await alerts.cancel_all(member)


@router.delete(
    "/me/restock-alerts/{alert_id}",
    operation_id="cancelRestockAlert",
    status_code=204,
    responses=documents(RestockAlertNotFound),
)
async def cancel_restock_alert(alert_id: AlertId, member: Member) -> None:
    """Take one of my alerts back. One that is being sent or was sent is gone already."""
    await alerts.cancel(alert_id, by=member)
