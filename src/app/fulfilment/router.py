"""Routes of fulfilment."""

from src.app.fulfilment.routes import parcels, shop
from src.app.fulfilment.routes.admin import procurement, sheets, shipments
from src.common.http.routing import new_router, take_routes

router = new_router()
admin_router = new_router("/admin")
take_routes(router, shop.router, parcels.router)
take_routes(admin_router, procurement.router)
take_routes(admin_router, shipments.router)
take_routes(admin_router, sheets.router, sheets.form_router)
