"""Query parameters of the product list."""

import unicodedata
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from src.common.dtos.fields import Line
from src.common.dtos.keysets import Keyset
from src.common.dtos.money import MAX_WON
from src.common.dtos.pages import Cursored, PageQuery

Sort = Literal["newest", "price_asc", "price_desc", "popular", "discount", "rating"]
# The same orders as `services.search.filters.ORDERS` in SQL.
KEYS: Final[dict[Sort, tuple[tuple[str, ...], tuple[type, ...]]]] = {
    "newest": (("-released_at", "-id"), (datetime, int)),
    "price_asc": (("price", "id"), (int, int)),
    "price_desc": (("-price", "-id"), (int, int)),
    "popular": (("-popularity", "-id"), (int, int)),
    "discount": (("-reduction", "-id"), (int, int)),
    "rating": (("-rating", "-review_count", "-id"), (int, int, int)),
}


def _empty_is_none(value: Any) -> Any:
    """Turn an empty value into None: an empty search field sends ``?q=``."""
    return None if isinstance(value, str) and not value.strip() else value


def one_form(value: str) -> str:
    """Return the same form for spellings that find the same, so that they count and are cached as one search."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", value).casefold()).split())


EmptyIsNone = BeforeValidator(_empty_is_none)
SearchText = Annotated[Line, AfterValidator(one_form), Field(max_length=100)]
# Limited to the length of the columns: a longer value cannot match.
CategorySlug = Annotated[Annotated[Line, Field(max_length=80)] | None, EmptyIsNone]
OptionName = Annotated[Annotated[Line, Field(max_length=40)] | None, EmptyIsNone]
PriceBound = Annotated[int | None, Field(ge=0, le=MAX_WON)]


class ProductQuery(Cursored, PageQuery):
    """Filters, order and page of the product list. Frozen, and equal for equal questions: it is the cache's key."""

    category: CategorySlug = Field(None, description="Slug of a category: its whole subtree.", examples=["stand-bag"])
    q: Annotated[SearchText | None, EmptyIsNone] = Field(
        None,
        description="Every word, or a synonym of it, must occur in name, code, brand, colours or categories and those "
        "above, blanks and punctuation aside; a half-typed last syllable finds what it may become; first consonants "
        "(`ㄱㅍㅂ`) find names. What finds nothing is tried in the other language's keys (`rhfvm`).",
    )
    color: OptionName = Field(None, description="Name of a colour, exactly as in `colors`.", examples=["블랙"])
    size_name: OptionName = Field(
        None, description="A size, exactly as in `sizes`; together with `color`: of that colour."
    )
    min_price: PriceBound = Field(None, description="Won, after the product's own discount.")
    max_price: PriceBound = Field(None, description="Won. Below `min_price` nothing matches.")
    in_stock: bool = Field(False, description="true: only what can be bought now, in the size and colour asked for.")
    facets: bool = Field(False, description="true: with counts over everything that matches, not only this page.")
    sort: Sort = Field("newest", description="`discount` is by the share that the price is reduced.")

    def keyset(self) -> Keyset:
        """The keyset of the requested order."""
        return Keyset(f"products-{self.sort}", *KEYS[self.sort])
