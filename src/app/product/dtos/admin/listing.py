"""Filters and order of the back office's product list."""

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field

from src.app.product.dtos.requests import EmptyIsNone
from src.app.product.models import DisplayStatus
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import Line
from src.common.dtos.keysets import Keyset
from src.common.dtos.money import MAX_WON
from src.common.dtos.pages import Cursored, PageNumber, PageSize

AdminSort = Literal["newest", "oldest", "updated", "name", "code", "price_asc", "price_desc"]
# The same orders as `services.editing.listing.ORDERS` in SQL.
ADMIN_KEYS: Final[dict[AdminSort, tuple[tuple[str, ...], tuple[type, ...]]]] = {
    "newest": (("-id",), (int,)),
    "oldest": (("id",), (int,)),
    "updated": (("-updated_at", "-id"), (datetime, int)),
    "name": (("name", "id"), (str, int)),
    "code": (("product_code", "id"), (str, int)),
    "price_asc": (("price", "id"), (int, int)),
    "price_desc": (("-price", "-id"), (int, int)),
}
StatusFilter = Literal["all", "on_sale", "sold_out", "stopped"]

Bound = Annotated[int | None, Field(ge=0, le=MAX_WON)]
RowIdQuery = Annotated[int | None, Field(ge=1, le=2**63 - 1)]


class AdminProductFilter(DayRange):
    """Filters and order of the back-office's list. Every filter that is given must match."""

    id: RowIdQuery = Field(None, description="상품번호.")
    product_code: Annotated[Annotated[Line, Field(max_length=40)] | None, EmptyIsNone] = Field(
        None, description="Part of the product code."
    )
    name: Annotated[Annotated[Line, Field(max_length=120)] | None, EmptyIsNone] = Field(
        None, description="Every word must occur in the name."
    )
    status: StatusFilter = Field("all", description="`on_sale`: with stock; `sold_out`: on sale without stock.")
    display_status: DisplayStatus | None = None
    category_id: RowIdQuery = Field(None, description="A category: its whole subtree.")
    min_price: Bound = Field(None, description="Won, what it costs now.")
    max_price: Bound = None
    has_discount: bool | None = Field(None, description="Whether it costs less than its origin price now.")
    archived: bool = Field(False, description="true: only archived products, which are in no other list.")
    sort: AdminSort = Field(
        "newest", description="`newest` and `oldest` by number; ties of the others are broken by it."
    )


class AdminProductQuery(Cursored, AdminProductFilter):
    """A page of it."""

    page: PageNumber = 1
    size: PageSize = 20

    def keyset(self) -> Keyset:
        """The keyset of the requested order."""
        return Keyset(f"admin-products-{self.sort}", *ADMIN_KEYS[self.sort])


class AdminProductCsv(AdminProductFilter):
    """What a csv holds, and in which letters: `utf-8` with its mark, which Excel knows, or `cp949`."""

    encoding: Literal["utf-8", "cp949"] = "utf-8"
