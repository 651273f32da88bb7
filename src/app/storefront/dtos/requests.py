"""Links of the footer."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from src.common.dtos.fields import Line
from src.common.dtos.links import EditedLink

Label = Annotated[Line, Field(max_length=40, examples=["이용약관"])]
Address = Annotated[EditedLink, StringConstraints(min_length=1), Field(examples=["/policies/terms"])]


class FooterLink(BaseModel):
    """A link of the footer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label
    url: Address
