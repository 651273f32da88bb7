"""The query of the templates of tracking sheets, and whose columns those have."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Layout(StrEnum):
    """Whose columns a tracking sheet has: ours, Smartstore's or Cafe24's."""

    OURS = "ours"
    NAVER = "naver"
    CAFE24 = "cafe24"


class LayoutQuery(BaseModel):
    """Which template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layout: Layout = Layout.OURS
