"""Routes of the notification domain, all of them under /admin."""

from src.app.notification.routes.admin import admin_router

__all__ = ["admin_router"]
