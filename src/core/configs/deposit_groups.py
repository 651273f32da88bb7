"""Settings of manual transfers. See `groups` for how they are read."""

from pydantic import Field

from src.core.configs.groups import Group


class DepositSettings(Group):
    """Until when a manual transfer is to be made, and how long staff may look for it afterwards.

    ``due`` is ``3d``: until the end of the third business day, or ``12h``: so many hours. The order is held
    ``check_hours`` longer; if that moment is no business day, until the same hour of the next one. With
    ``needs_insurance`` transfers are offered only while the shop's details name an insurance (전자상거래법
    제24조제2항).
    """

    due: str = Field("3d", alias="MANUAL_TRANSFER_DUE", pattern=r"^([1-9]|[12][0-9]|30)d$|^([1-9]|[1-9][0-9])h$")
    check_hours: int = Field(12, alias="MANUAL_TRANSFER_CHECK_HOURS", ge=0, le=240)
    needs_insurance: bool = Field(True, alias="MANUAL_TRANSFER_NEEDS_INSURANCE")
