"""Words for the same, as staff keep them."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class SynonymList(Model):
    """All of them in one row, as JSON: what the request holds. Without the row the list that the shop begins with
    counts. `version` counts the edits of the whole list."""

    id = fields.BigIntField(primary_key=True, generated=False)
    value: Any = fields.JSONField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "search_synonym_list"
