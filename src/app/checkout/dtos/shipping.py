"""Another address for an order that was placed."""

from typing import Final

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from src.app.checkout.dtos.requests import SHIPPING
from src.common.dtos.fields import ClosedInput, Line, Note, OptionalLine, PersonName, Phone, Zipcode

COLUMNS: Final = {"phone": "recipient_phone"}


class ShippingChange(ClosedInput):
    """What is to be another: fields that are left out stay. `zipcode` and `address` belong together; with them
    `address_detail` is emptied unless it is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHIPPING, {"memo": "경비실에 맡겨 주세요."}]})

    recipient: PersonName | None = None
    phone: Phone | None = None
    zipcode: Zipcode | None = None
    address: Line | None = None
    address_detail: OptionalLine | None = None
    memo: Note | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "ShippingChange":
        if (self.zipcode is None) != (self.address is None):
            raise PydanticCustomError(
                "zipcode_and_address",
                "zipcode and address belong together",
                {"ko": "우편번호와 주소를 함께 입력해 주세요.", "en": "`zipcode` and `address` belong together."},
            )
        if not self.columns():
            raise PydanticCustomError(
                "nothing_changed", "name a field", {"ko": "변경할 항목을 입력해 주세요.", "en": "Name what changes."}
            )
        return self

    def columns(self) -> dict[str, str]:
        """Return the values by column of the order."""
        given = {name: value for name, value in self.model_dump().items() if value is not None}
        if "address" in given:
            given.setdefault("address_detail", "")
        return {COLUMNS.get(name, name): value for name, value in given.items()}
