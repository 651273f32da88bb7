"""Public identifiers: order numbers, payment ids, tokens. All randomness is from `secrets`."""

import secrets
from datetime import datetime

from ulid import ULID

from src.common.clock import KST

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_NO_PATTERN = r"^[0-9]{8}-[0-9A-HJKMNP-TV-Z]{8}$"
SHIPMENT_NO_PATTERN = r"^S[0-9]{8}-[0-9A-HJKMNP-TV-Z]{8}$"
PAYMENT_ID_PATTERN = r"^[0-9A-Za-z]{1,40}$"


def check_character(seven: str) -> str:
    """Return the check character: the sum of the characters' values mod 32, in the same alphabet."""
    return CROCKFORD[sum(CROCKFORD.index(character) for character in seven) % 32]


def new_order_no(moment: datetime) -> str:
    """Return an order number: ``YYYYMMDD-`` of the Korean date, 7 random Crockford base32 characters, and their check
    character."""
    bits = secrets.randbits(35)
    seven = "".join(CROCKFORD[bits >> shift & 31] for shift in range(0, 35, 5))
    return f"{moment.astimezone(KST):%Y%m%d}-{seven}{check_character(seven)}"


def new_shipment_no(moment: datetime) -> str:
    """Return the number of a shipment: an S, then as an order number."""
    return f"S{new_order_no(moment)}"


def as_typed(order_no: object) -> object:
    """Normalise an order number that a person typed: upper case, with O read as 0 and I and L as 1 (Crockford). Other
    types are returned unchanged."""
    if not isinstance(order_no, str):
        return order_no
    return order_no.strip().upper().translate(str.maketrans("OIL", "011"))


def new_ulid() -> str:
    """Return a ULID: 26 letters and digits, sortable by time. It is valid as payment id of every payment provider
    (docs/vendors/portone.md#payment-ids-and-names)."""
    return str(ULID())


def new_token() -> str:
    """Return 128 random bits as URL-safe text."""
    return secrets.token_urlsafe(16)
