"""What a bulk command answers: a result for every row, in the order asked."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from src.common.exceptions import AppError
from src.common.ids import ORDER_NO_PATTERN

MAX_ROWS = 500
LineNo = Annotated[
    str, Field(pattern=rf"{ORDER_NO_PATTERN.rstrip('$')}-[0-9]{{2,3}}$", examples=["20261120-7Q6X9ZPM-01"])
]
LineNos = Annotated[list[LineNo], Field(min_length=1, max_length=MAX_ROWS)]


class RowResult(BaseModel):
    """What became of one row. `retryable`: the same row may be sent again as it is, for example after a lock was busy.
    `detail` says in Korean why it was refused, `detail_en` in English."""

    line_no: str
    outcome: Literal["done", "refused"]
    code: str | None = None
    detail: str | None = None
    detail_en: str | None = None
    retryable: bool = False

    @classmethod
    def refused(cls, line_no: str, error: AppError) -> Self:
        """Return the result of a row that this error refused."""
        return cls(
            line_no=line_no,
            outcome="refused",
            code=error.code,
            detail=error.detail("ko"),
            detail_en=error.detail("en"),
            retryable=error.status == 503,
        )


class RowResults(BaseModel):
    """How many rows were done and refused, and each row's result in the order asked."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "done": 1,
                    "refused": 0,
                    "results": [
                        {
                            "line_no": "20261120-7Q6X9ZPM-01",
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
    results: list[RowResult]


def row_refusals(
    *errors: type[AppError], row: type[RowResult] = RowResult, answer: type[BaseModel] = RowResults
) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses=`` of a bulk route: an example of its 200 for each error that can refuse a row. `row` and
    `answer` are its own types."""
    examples = {}
    for error in errors:
        refused = row.refused("20261120-7Q6X9ZPM-01", error(**error.sample))
        body = answer(done=0, refused=1, results=[refused])
        examples[error.code] = {"summary": error.en, "value": body.model_dump(mode="json")}
    return {200: {"content": {"application/json": {"examples": examples}}}}
