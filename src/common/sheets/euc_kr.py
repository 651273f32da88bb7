"""Texts in EUC-KR as phones, card statements and their gateways count bytes: the 8,822 rarer syllables (``뷁``) take
two bytes, as in cp949. Python's ``euc_kr`` codec uses eight bytes for each of them."""

from typing import Final

CHARSET: Final = "cp949"


def byte_count(text: str) -> int:
    """Return the number of bytes. Raises UnicodeEncodeError for a character that EUC-KR lacks."""
    return len(text.encode(CHARSET))


def replaced(text: str) -> str:
    """Return the text with a question mark for each character that EUC-KR lacks."""
    return text.encode(CHARSET, errors="replace").decode(CHARSET)


def beginning(text: str, limit: int) -> str:
    """Return the longest beginning that fits into `limit` bytes, without characters that EUC-KR lacks."""
    return text.encode(CHARSET, "ignore")[:limit].decode(CHARSET, "ignore")
