"""Routes of the back-office domain, under /admin."""

from src.app.backoffice.routes.admin import dashboard, invariants, jobs, logs, tasks, uploads
from src.common.http.routing import new_router, take_routes

admin_router = new_router()
take_routes(admin_router, dashboard.router, logs.router, uploads.router)
take_routes(admin_router, jobs.router, tasks.router, invariants.router)
