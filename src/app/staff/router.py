"""Routes of the staff domain, all of them under /admin."""

from src.app.staff.routes.admin import admin_router

__all__ = ["admin_router"]
