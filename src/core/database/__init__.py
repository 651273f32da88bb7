"""Tortoise on MySQL (production) or SQLite (embedded), and the only way to open a transaction."""

from src.core.database.unit_of_work import (
    after_commit,
    drain,
    in_unit_of_work,
    proven_by,
    single_statement,
    unit_of_work,
)

__all__ = ["after_commit", "drain", "in_unit_of_work", "proven_by", "single_statement", "unit_of_work"]
