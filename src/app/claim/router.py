"""Routes of claims."""

from src.app.claim.routes.admin import seller_cancels
from src.common.http.routing import new_router, take_routes

admin_router = new_router()
take_routes(admin_router, seller_cancels.router)
