"""Routes of cash receipts."""

from src.app.receipt.routes import admin, shop
from src.common.http.routing import new_router, take_routes

router = new_router()
take_routes(router, shop.router)
admin_router = new_router()
take_routes(admin_router, admin.router)
