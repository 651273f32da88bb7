"""What product search reads: a text for each product, and which texts hold which two letters."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class ProductSearch(Model):
    """The folded text of one product, as it is in the index. Written by `services.indexing` only.

    `words` is name, code, brand, colours and categories with all above them, a line each, without blanks inside;
    `initials` the first consonants of name and categories. `form` says by which rules: an earlier one is indexed again.
    No foreign key: it would lock the product's row for every reader of it.
    """

    product_id = fields.BigIntField(primary_key=True, generated=False)
    words = fields.TextField()
    initials = fields.CharField(max_length=1000, default="")
    form = fields.SmallIntField(default=0)

    class Meta:
        table = "product_search"
        indexes = (Index(fields=("form",), name="product_search_form"),)
