"""Query and answer of the search box of the back-office."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from src.app.desk.dtos.admin.lines import ROW, LinePage, SearchType
from src.common.dtos.fields import Line
from src.common.dtos.pages import PageNumber, PageSize
from src.common.dtos.reasons import Looking

QuickType = Literal[
    SearchType.RECIPIENT_NAME, SearchType.RECIPIENT_PHONE, SearchType.TRACKING_NO, SearchType.PRODUCT_CODE
]


class QuickQuery(Looking):
    """What `q` is, as in `search_type` of the list of lines: numbers and codes whole, a telephone number whole or its
    last four digits, names from their beginning for staff with `pii:read`."""

    type: QuickType
    q: Annotated[Line, Field(max_length=100)]
    page: PageNumber = 1
    size: PageSize = 20


class ProductFound(BaseModel):
    """The product with exactly this code."""

    id: int
    product_code: str
    name: str


class QuickFound(LinePage):
    """A page of lines of all times, newest first, and with `product_code` the product itself, if there is one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [ROW],
                    "total": 1,
                    "total_is_exact": True,
                    "page": 1,
                    "size": 20,
                    "product": {"id": 7, "product_code": "01201110", "name": "아쿠아 스트레치 카라 티셔츠"},
                }
            ]
        }
    )

    product: ProductFound | None
