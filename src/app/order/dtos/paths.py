"""Parameters by which routes name an order, a line of it, and the token that opens a guest's order."""

from typing import Annotated

from fastapi import Header, Path

OrderNo = Annotated[str, Path(max_length=40, examples=["20261120-7Q6X9ZPM"])]
LineNo = Annotated[str, Path(max_length=40, examples=["20261120-7Q6X9ZPM-01"])]
GuestToken = Annotated[str | None, Header(alias="X-Guest-Token", description="Opens a guest's own order.")]
