"""A mail as bytes (RFC 5322, RFC 2045): plain text and the same as HTML.

Python's `EmailMessage` parses every header that it is given, writes the message, and parses it once more: 3 ms a mail.
Only headers with words of people need its encoding (RFC 2047), and most of these are the same in many mails. The rest
is written as it is.
"""

import re
import secrets
from binascii import b2a_base64
from collections.abc import Iterator
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from typing import Final

from src.app.notification.services.senders import Mail, Undelivered
from src.common import clock

MAX_SUBJECT: Final = 200
MAX_LINE: Final = 76  # of base64, RFC 2045, 6.8
MAX_PLAIN: Final = 78  # of text that goes as it is, RFC 5322, 2.1.1
ONE_CLICK: Final = "List-Unsubscribe=One-Click"
POLICY: Final = SMTP.clone(cte_type="7bit")
# What needs no quoting, encoding or folding: a dot-atom (RFC 5322, 3.2.3) at a domain of letters.
_PLAIN_ADDRESS: Final = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(?:\.[\w-]+)*", re.ASCII
)


def built(mail: Mail, *, sender: str) -> bytes:
    """Return the message with CRLF at the end of each line. `sender` is an address with or without a name.

    Raises Undelivered where the mail's address is none, and ValueError where a header would be more than one.
    """
    boundary = f"=_{secrets.token_hex(12)}"  # `=_` is in no base64 and no quoted-printable (RFC 2045, 6.7)
    head = "\r\n".join((*_head(mail, sender), "MIME-Version: 1.0", _content_type("multipart/alternative", boundary)))
    between, end = f"--{boundary}".encode(), f"--{boundary}--".encode()
    plain, html = _part("plain", mail.text), _part("html", mail.html)
    return b"\r\n".join((head.encode("ascii"), b"", between, plain, between, html, end, b""))


def one_line(subject: str) -> str:
    """A subject that is one header line whatever was put into it."""
    if not subject.isprintable():
        subject = "".join(character if character.isprintable() else " " for character in subject)
    return " ".join(subject.split())[:MAX_SUBJECT]


def _head(mail: Mail, sender: str) -> Iterator[str]:
    name, address = parseaddr(sender)
    domain = address.rpartition("@")[2]
    yield f"To: {mail.to}" if _is_plain(mail.to) else _address("To", "", mail.to)
    yield _address("From", name, address)
    yield _encoded("Subject", one_line(mail.subject))
    yield f"Date: {format_datetime(clock.now())}"
    yield f"Message-ID: <{mail.number.lower()}@{domain}>" if mail.number else f"Message-ID: {make_msgid(domain=domain)}"
    yield "Auto-Submitted: auto-generated"
    if mail.opt_out:
        # In one line, as it is (RFC 2369): no program finds an address that was folded or encoded.
        yield f"List-Unsubscribe: <{_in_one_line(mail.opt_out)}>"
        if mail.is_one_click:
            yield f"List-Unsubscribe-Post: {ONE_CLICK}"


def _is_plain(address: str) -> bool:
    return len(address) <= MAX_PLAIN - len("To: ") and _PLAIN_ADDRESS.fullmatch(address) is not None


@lru_cache(maxsize=64)
def _address(header: str, name: str, address: str) -> str:
    """Return a header of one address, folded. Raises Undelivered where it is no address."""
    try:
        value = str(Address(name, addr_spec=address))
    except Exception as error:
        raise Undelivered("not an address", is_final=True) from error
    return _encoded(header, value)


@lru_cache(maxsize=512)
def _encoded(header: str, value: str) -> str:
    """Return a header, encoded (RFC 2047) and folded, without its last CRLF."""
    parsed = POLICY.header_factory(header, value)
    return str(parsed.fold(policy=POLICY)).removesuffix("\r\n")


def _in_one_line(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise ValueError("a header is one line of ASCII")
    return value


def _content_type(kind: str, boundary: str) -> str:
    return f'Content-Type: {kind}; boundary="{boundary}"'


def _part(subtype: str, text: str) -> bytes:
    """Return one part with its headers: as it is where every line is short ASCII, else in base64."""
    lines = text.encode().splitlines()
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: '
    if text.isascii() and max(map(len, lines), default=0) <= MAX_PLAIN:
        return f"{head}7bit\r\n\r\n".encode() + b"\r\n".join([*lines, b""])
    packed = b2a_base64(b"\r\n".join([*lines, b""]), newline=False)
    rows = [packed[start : start + MAX_LINE] for start in range(0, len(packed), MAX_LINE)]
    return f"{head}base64\r\n\r\n".encode() + b"\r\n".join(rows)
