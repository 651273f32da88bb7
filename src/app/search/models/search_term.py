"""How often a word was searched for on a Korean day."""

from tortoise import fields

from src.core.database.models import Model


class SearchTerm(Model):
    """`misses` of the `searches` found nothing. Nobody's name, number or address is in `term`, and nothing says who
    searched."""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField()
    term = fields.CharField(max_length=40)
    searches = fields.IntField()
    misses = fields.IntField(default=0)

    class Meta:
        table = "search_term"
        unique_together = (("day", "term"),)
