"""The index of `ProductSearch`: one row for each gram of each product (see `services.search.text`)."""

from tortoise import fields

from src.core.database.models import Model


class ProductGram(Model):
    """`id` is ``gram * 2**31 + product id``; nothing else is stored.

    The products of a gram are one range of the primary key, a test of one product for a gram is one look-up, and a row
    takes a third of the space of two columns with two indexes. It works the same on every database, without a full-text
    parser.
    """

    id = fields.BigIntField(primary_key=True, generated=False)

    class Meta:
        table = "product_gram"
