"""Routes of the shipping domain."""

from src.app.shipping.routes.admin import couriers
from src.common.http.routing import new_router, take_routes

__all__ = ["admin_router"]

admin_router = new_router()
take_routes(admin_router, couriers.router)
