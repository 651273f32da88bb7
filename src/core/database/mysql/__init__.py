"""Tortoise's MySQL engine as the shop uses it. Tortoise reads `client_class`."""

from src.core.database.mysql.client import client_class

__all__ = ["client_class"]
