"""Queries of the papers."""

from typing import Annotated, Final

from pydantic import ConfigDict, Field

from src.app.desk.dtos.admin.lines import LineFilter
from src.common.dtos.reasons import Looking
from src.common.ids import ORDER_NO_PATTERN

MAX_NOTES: Final = 100


class DeliveryNoteQuery(Looking):
    """The orders, each on a sheet of its own."""

    order_no: Annotated[
        list[Annotated[str, Field(pattern=ORDER_NO_PATTERN, max_length=17)]],
        Field(min_length=1, max_length=MAX_NOTES, examples=[["20261120-7Q6X9ZPM"]]),
    ]


class PickingQuery(LineFilter):
    """Lines as in the list; without `order_status` those that are 발주확인 (PREPARING)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
