"""Routes of fulfilment."""

from src.app.fulfilment.routes import shop
from src.app.fulfilment.routes.admin import procurement, shipments
from src.common.http.routing import new_router, take_routes

router = new_router()
admin_router = new_router("/admin")
take_routes(router, shop.router)
take_routes(admin_router, procurement.router)
take_routes(admin_router, shipments.router)
