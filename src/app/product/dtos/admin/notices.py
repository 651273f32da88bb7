"""Kinds of the statutory product notice as staff read them."""

from pydantic import BaseModel, ConfigDict

from src.app.product.dtos.notices import NoticeKind


class NoticeKindRead(BaseModel):
    """A kind of goods: the keys that its notice needs, and what they are called."""

    model_config = ConfigDict(frozen=True)

    kind: NoticeKind
    name: str
    fields: dict[str, str]
