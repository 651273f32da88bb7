"""The category tree."""

from src.app.category.models.category import Category

__all__ = ["Category"]
