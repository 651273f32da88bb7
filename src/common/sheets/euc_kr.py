"""Texts in EUC-KR as telephones, card statements and their gateways count it: the 8,822 rarer syllables (``뷁``) take
two bytes, as cp949 spells them. Python's own ``euc_kr`` spells each of them in eight."""

from typing import Final

CHARSET: Final = "cp949"


def byte_count(text: str) -> int:
    """Bytes of the text. Raises UnicodeEncodeError for a letter that EUC-KR has not."""
    return len(text.encode(CHARSET))


def replaced(text: str) -> str:
    """The text with a question mark for what EUC-KR has not."""
    return text.encode(CHARSET, errors="replace").decode(CHARSET)


def beginning(text: str, limit: int) -> str:
    """The longest beginning of the text that fits into `limit` bytes, without what EUC-KR has not."""
    return text.encode(CHARSET, "ignore")[:limit].decode(CHARSET, "ignore")
