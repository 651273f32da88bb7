"""Field types that the back-office's bodies share."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from src.common.utils.texts import Line, Note, OptionalLine

Reason = Annotated[Line, Field(examples=["고객 요청 (상담 3821)"], description="Why, for the log.")]
OptionalReason = Annotated[OptionalLine, Field(examples=["고객 요청 (상담 3821)"], description="Why, for the log.")]
MemoBody = Annotated[Note, StringConstraints(min_length=1), Field(examples=["배송 지연으로 두 번 문의함"])]
Grade = Literal["BASIC", "SILVER", "GOLD", "VIP"]
