"""Field types that the back-office's bodies share."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from src.common.dtos.fields import Line, Note, OptionalLine

# The logs are never changed, also not when a member leaves: whom it is about is said by the id beside it.
WHY: Final = "Why, for the log, which is kept for good: no names, numbers or addresses of members."
Reason = Annotated[Line, Field(examples=["고객 요청 (상담 3821)"], description=WHY)]
OptionalReason = Annotated[OptionalLine, Field(examples=["고객 요청 (상담 3821)"], description=WHY)]
MemoBody = Annotated[Note, StringConstraints(min_length=1), Field(examples=["배송 지연으로 두 번 문의함"])]
Grade = Literal["BASIC", "SILVER", "GOLD", "VIP"]
