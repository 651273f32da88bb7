"""The body of every error (RFC 9457)."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class FieldProblem(BaseModel):
    """What is wrong with one field of the input. `field` is its path, as in ``items.0.quantity``."""

    field: str
    code: str
    message: str


class Problem(BaseModel):
    """An error. `code` is stable; `detail` may be shown to a shopper. Some codes carry further members."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str
    errors: list[FieldProblem] = []

    def body(self) -> dict[str, Any]:
        """Return the problem as a mapping for JSON."""
        return self.model_dump()
