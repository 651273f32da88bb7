"""Description of the device on which a session was opened."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header, Request

from src.app.notification.services.texts.rendering import Language
from src.common.handlers.problems import language_of
from src.common.identity import ClientAddress

# The first match wins: Edge and Samsung Internet also contain Chrome, Chrome contains Safari, Android contains Linux.
BROWSERS: Final = (
    ("KAKAOTALK", "카카오톡"),
    ("NAVER(", "네이버 앱"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN: Final = "알 수 없는 기기"


@dataclass(frozen=True, slots=True)
class ClientDevice:
    """The client of a request: network address, device, and language for messages."""

    address: str
    device: str
    language: Language = "ko"


UNKNOWN_CLIENT: Final = ClientDevice(address="", device=UNKNOWN)


def device_of(user_agent: str) -> str:
    """Return browser and system of a User-Agent header, as in "Chrome · Windows".

    The result has only words of this module, never text of the header.
    """
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part) or UNKNOWN


async def _client(
    request: Request, address: ClientAddress, user_agent: Annotated[str, Header(include_in_schema=False)] = ""
) -> ClientDevice:
    language: Language = "en" if language_of(request.scope) == "en" else "ko"
    return ClientDevice(address=address[:45], device=device_of(user_agent), language=language)


TheClient = Annotated[ClientDevice, Depends(_client)]
