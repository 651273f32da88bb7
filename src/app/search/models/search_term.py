"""The number of searches for a word on a Korean day."""

from tortoise import fields

from src.core.database.models import Model


class SearchTerm(Model):
    """`misses` of the `searches` found nothing. Words with mail addresses, telephone, card or order numbers are not
    counted (`query_counts.is_countable`), and no searcher is recorded."""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField()
    term = fields.CharField(max_length=40)
    searches = fields.IntField()
    misses = fields.IntField(default=0)

    class Meta:
        table = "search_term"
        unique_together = (("day", "term"),)
