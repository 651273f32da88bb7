"""Routes of the back-office domain, under /admin."""

from src.app.backoffice.routes import logs, members, staffing
from src.common.utils.routing import new_router

admin_router = new_router(prefix="/admin")
for part in (members, staffing, logs):
    admin_router.include_router(part.router)
