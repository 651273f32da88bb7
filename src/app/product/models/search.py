"""The searchable text of each product."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class ProductSearch(Model):
    """The folded texts of one product as they are in the index. Only `services.search.indexing` writes them.

    `words` holds name, code, brand, colours, and the categories with all ancestors, one per line and without blanks.
    `initials` holds the first consonants of name and categories. `form` is the version of the indexing rules; rows of
    an earlier version are indexed again. There is no foreign key: inserting a row would lock the product's row.
    """

    product_id = fields.BigIntField(primary_key=True, generated=False)
    words = fields.TextField()
    initials = fields.CharField(max_length=1000, default="")
    form = fields.SmallIntField(default=0)

    class Meta:
        table = "product_search"
        indexes = (Index(fields=("form",), name="product_search_form"),)
