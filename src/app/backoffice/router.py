"""Routes of the back-office domain, under /admin."""

from src.app.backoffice.routes import logs, members, staffing
from src.common.utils.routing import new_router, take_routes

admin_router = new_router("/admin")
take_routes(admin_router, members.router, staffing.router, logs.router)
