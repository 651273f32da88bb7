"""Field types of reasons that staff give for the logs, and the query with which they request personal data."""

from typing import Annotated, Final

from pydantic import ConfigDict, Field

from src.common.dtos.fields import ClosedInput, Line, OptionalLine

# Log rows are never changed, not even when a member leaves: they identify the person by id, so the reason must not.
WHY: Final = "Why, for the log, which is kept for good: no names, numbers or addresses of members."
Reason = Annotated[Line, Field(examples=["고객 요청 (상담 3821)"], description=WHY)]
OptionalReason = Annotated[OptionalLine, Field(examples=["고객 요청 (상담 3821)"], description=WHY)]


class WithReason(ClosedInput):
    """Why, for the log."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "휴대폰 분실"}]})

    reason: OptionalReason = ""


NO_REASON = WithReason()  # the body may be left out


class Looking(ClosedInput):
    """How personal data is shown. It is masked for staff without `pii:read`, or where `masked=true` is asked for.

    Each unmasked look is logged, with `reason` where it is given.
    """

    masked: bool = False
    reason: OptionalReason = ""
