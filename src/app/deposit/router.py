"""Routes of manual transfers."""

from src.app.deposit.routes import admin
from src.common.http.routing import new_router, take_routes

admin_router = new_router()
take_routes(admin_router, admin.router)
