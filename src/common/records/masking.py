"""Masking of personal data: enough to distinguish people, not enough to reach them."""

from typing import Final

from src.common.dtos.phones import area_length

UNMASKS: Final = frozenset({"pii:read"})
"""The permissions of staff who may read personal data unmasked."""


def name(value: str) -> str:
    """Mask a name, as in ``김*지``, ``남**수``, ``김*``: of three or more letters the first and last are shown, of two
    the first, of one none."""
    if len(value) < 3:
        return (value[:1] + "*") if len(value) == 2 else "*" * len(value)
    return value[0] + "*" * (len(value) - 2) + value[-1]


def login_id(value: str | None) -> str | None:
    """Mask a login id, as in ``mi***``: the first two letters are shown, not the length."""
    return None if value is None else value[:2] + "***"


def email(value: str | None) -> str | None:
    """Mask an address, as in ``mi***@example.com``; of a local part of one or two letters only the first is shown."""
    if value is None:
        return None
    local, _, domain = value.rpartition("@")
    return f"{local[: 2 if len(local) > 2 else 1]}***@{domain}"


def phone(value: str) -> str:
    """Mask a phone number, as in ``010-****-5678``, ``02-***-4567``: area code and last four digits are shown."""
    if len(value) < 9:
        return "*" * len(value)
    area = area_length(value)
    return f"{value[:area]}-{'*' * (len(value) - area - 4)}-{value[-4:]}"
