"""Inputs of the cart. None of them holds a price: prices come from the server only (docs/promises.md#p8)."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.pricing.dtos.requests import MAX_LINES, WantedItem, distinct
from src.common.dtos.fields import ClosedInput, Quantity, RowId

MAX_QUANTITY = 999
MAX_ROW_ID = 2**63 - 1
TOKEN_PATTERN = r"^[A-Za-z0-9_-]{22}$"


def _id_list(texts: list[str]) -> list[str]:
    """Split ``1,2``, or the repeated parameter, into ids. Raises the input error variant_id_list for anything else."""
    parts = [part for text in texts for part in text.split(",")]
    plain = all(part.isascii() and part.isdigit() and len(part) <= 19 for part in parts)
    if not plain or len(parts) > MAX_LINES or not all(1 <= int(part) <= MAX_ROW_ID for part in parts):
        raise PydanticCustomError(
            "variant_id_list",
            "not a list of ids",
            {
                "ko": f"쉼표로 구분한 상품 옵션 번호 1~{MAX_LINES}개여야 합니다.",
                "en": f"Must be 1 to {MAX_LINES} variant ids, separated by commas.",
            },
        )
    return parts


class ItemChange(ClosedInput):
    """A new quantity, another option, or both."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"quantity": 3}, {"variant_id": 32}]})

    quantity: Quantity | None = None
    variant_id: RowId | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "ItemChange":
        if self.quantity is None and self.variant_id is None:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 수량이나 옵션이 필요합니다.", "en": "A quantity or a variant_id is needed."},
            )
        return self


class ItemSelection(ClosedInput):
    """``?variant_ids=1,2``."""

    variant_ids: Annotated[
        list[str],
        Field(description="1 to 50 variant ids, separated by commas.", examples=[["31,32"]]),
        AfterValidator(_id_list),
    ]

    @property
    def ids(self) -> list[int]:
        """Return the ids as numbers, without duplicates."""
        return list(dict.fromkeys(int(text) for text in self.variant_ids))


class CartMerge(ClosedInput):
    """What to take over: a guest's cart by its token, items that the client kept itself, or both.

    With neither, the guest cart named by the request's own header or cookie is meant.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "cart_token": "q83vEjRWeJCrze8SNFZ4kA",
                    "items": [{"variant_id": 31, "quantity": 1}],
                    "merge_id": "0197a3f2-6f3b-7c1d-9a55-2f6f0c9d1e11",
                }
            ]
        }
    )

    cart_token: Annotated[str, Field(pattern=TOKEN_PATTERN)] | None = None
    items: Annotated[list[WantedItem], Field(max_length=MAX_LINES), AfterValidator(distinct)] = []
    merge_id: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$", description="Names this merge: a repeat changes nothing.")
    ]
