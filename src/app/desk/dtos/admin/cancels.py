"""Bodies of 판매자 주문취소: unpaid orders, many at once."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from src.app.checkout.errors import PaymentInProgress
from src.common.dtos.fields import ClosedInput, Line
from src.common.exceptions import AppError
from src.common.ids import ORDER_NO_PATTERN

MAX_ORDERS = 500
EXAMPLE = "20261120-7Q6X9ZPM"
OrderNos = Annotated[
    list[Annotated[str, Field(pattern=ORDER_NO_PATTERN, examples=[EXAMPLE])]],
    Field(min_length=1, max_length=MAX_ORDERS),
]


class OrdersCancel(ClosedInput):
    """The orders, and why: the buyer reads it in the order's history."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"order_nos": [EXAMPLE], "reason": "재고 실사 결과 품절"}]}
    )

    order_nos: OrderNos
    reason: Annotated[Line, Field(examples=["재고 실사 결과 품절"], description="The buyer reads it.")]


class OrderResult(BaseModel):
    """What became of one order. `retryable`: the same order may be sent again as it is, for example when the payment
    that is under way is over. `detail` says in Korean why it was refused, `detail_en` in English."""

    order_no: str
    outcome: Literal["done", "refused"]
    code: str | None = None
    detail: str | None = None
    detail_en: str | None = None
    retryable: bool = False

    @classmethod
    def of(cls, order_no: str, refusal: AppError | None) -> Self:
        """Return the result of an order that was done, or that this error refused."""
        if refusal is None:
            return cls(order_no=order_no, outcome="done")
        return cls(
            order_no=order_no,
            outcome="refused",
            code=refusal.code,
            detail=refusal.detail("ko"),
            detail_en=refusal.detail("en"),
            retryable=refusal.status >= 500 or isinstance(refusal, PaymentInProgress),
        )


class OrderResults(BaseModel):
    """How many orders were done and refused, and each order's result in the order asked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "done": 1,
                    "refused": 0,
                    "results": [
                        {
                            "order_no": EXAMPLE,
                            "outcome": "done",
                            "code": None,
                            "detail": None,
                            "detail_en": None,
                            "retryable": False,
                        }
                    ],
                }
            ]
        }
    )

    done: int
    refused: int
    results: list[OrderResult]


def order_refusals(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of the route: an example of its 200 for each error that can refuse an order."""
    examples = {}
    for error in errors:
        body = OrderResults(done=0, refused=1, results=[OrderResult.of(EXAMPLE, error(**error.sample))])
        examples[error.code] = {"summary": error.en, "value": body.model_dump(mode="json")}
    return {200: {"content": {"application/json": {"examples": examples}}}}
