"""Mail programs and telephones make links of whatever looks like an address, also of a name. Only ours may become
one."""

import re
from collections.abc import Mapping
from typing import Any, Final

from src.core.configs import settings

LINKS: Final = frozenset({"link", "receipt", "opt_out_link", "tracking_link"})
"""Values that are addresses which the shop made, or PortOne, or which staff set for a courier."""
WITH_OWN_LINKS: Final = frozenset({"body"})
"""Texts of staff, who may name pages of the shop in them."""

MARK: Final = ".:/@\\。．｡：／＠﹫＼"
_QUAD: Final = re.compile(r"\d+(?:\.\d+){3,}")
_MARK: Final = re.compile(rf"(?<=\S)[{re.escape(MARK)}](?=\S|$)")
_IN_NUMBER: Final = re.compile(r"(?<=[0-9])[.:/](?=[0-9])")


class Linkless(dict[str, Any]):
    """Values that `without_links` returned: a mail and a text message of one event have the same ones."""


def without_links(values: Mapping[str, Any]) -> Linkless:
    """The values of a message, with nothing in them that a linkifier takes for an address but the shop's own links.

    A dot, colon, slash or @ inside a word gets a blank behind it: ``evil. example``. Between digits it stays, as in
    9.0 and 09:30, unless they are a network address. What the shop says of itself in its settings stays too.
    """
    if isinstance(values, Linkless):
        return values
    said = settings().messages
    own = {said.ad_sender, said.ad_contact, said.ad_opt_out_phone}
    return Linkless(
        (name, _broken(name, value) if isinstance(value, str) and name not in LINKS and value not in own else value)
        for name, value in values.items()
    )


def broken(text: str) -> str:
    """The text in which no address is left."""
    if _MARK.search(text) is None:
        return text
    quads = [match.span() for match in _QUAD.finditer(text)]

    def judged(mark: re.Match[str]) -> str:
        at = mark.start()
        is_number = _IN_NUMBER.match(text, at) and not any(start <= at < end for start, end in quads)
        return mark[0] if is_number else f"{mark[0]} "

    return _MARK.sub(judged, text)


def _broken(name: str, value: str) -> str:
    if name not in WITH_OWN_LINKS:
        return broken(value)
    parts = re.split(rf"({re.escape(settings().identity.front_url.rstrip('/'))}(?=[/?#\s]|$)[^\s]*)", value)
    return "".join(part if number % 2 else broken(part) for number, part in enumerate(parts))
