"""The synonym rules that staff maintain."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class SynonymList(Model):
    """All rules in one row, as the JSON of the request body. Without the row the default list (`golf_words`) applies.
    `version` counts the edits of the whole list."""

    id = fields.BigIntField(primary_key=True, generated=False)
    value: Any = fields.JSONField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "search_synonym_list"
