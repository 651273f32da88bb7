"""Public identifiers: order numbers, payment ids, tokens. All randomness is from `secrets`."""

import secrets
from datetime import datetime

from ulid import ULID

from src.common.clock import KST

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_NO_PATTERN = r"^[0-9]{8}-[0-9A-HJKMNP-TV-Z]{8}$"
PAYMENT_ID_PATTERN = r"^[0-9A-Za-z]{1,40}$"


def check_character(seven: str) -> str:
    """The sum of the characters' values mod 32, in the same alphabet."""
    return CROCKFORD[sum(CROCKFORD.index(character) for character in seven) % 32]


def new_order_no(moment: datetime) -> str:
    """``YYYYMMDD-`` of the Korean date, 7 random Crockford base32 characters and their check character."""
    bits = secrets.randbits(35)
    seven = "".join(CROCKFORD[bits >> shift & 31] for shift in range(0, 35, 5))
    return f"{moment.astimezone(KST):%Y%m%d}-{seven}{check_character(seven)}"


def as_typed(order_no: object) -> object:
    """An order number as a person types it, in our spelling: Crockford's alphabet reads O as 0, I and L as 1."""
    if not isinstance(order_no, str):
        return order_no
    return order_no.strip().upper().translate(str.maketrans("OIL", "011"))


def new_ulid() -> str:
    """26 letters and digits, sortable by time; fits every PSP's payment id
    (docs/vendors/portone.md#payment-ids-and-names)."""
    return str(ULID())


def new_token() -> str:
    """128 random bits as URL-safe text."""
    return secrets.token_urlsafe(16)
