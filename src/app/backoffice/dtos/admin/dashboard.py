"""The cards of the dashboard."""

from pydantic import BaseModel, ConfigDict, Field

EXAMPLE = {"on_sale": 40, "sold_out": 3, "stopped": 5, "best": 8, "new": 8, "md_pick": 8}


class ProductCardCounts(BaseModel):
    """The product card: how many products, and how many the three curated lists show now."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [dict(EXAMPLE)]})

    on_sale: int = Field(description="On sale with stock.")
    sold_out: int = Field(description="On sale without stock.")
    stopped: int
    best: int = Field(description="Best Item.")
    new: int = Field(description="New Arrival.")
    md_pick: int = Field(description="MD's Choice.")


class Dashboard(BaseModel):
    """Every card that this shop has."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"products": dict(EXAMPLE)}]})

    products: ProductCardCounts
