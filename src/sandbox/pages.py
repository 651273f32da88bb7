"""HTML of the sandbox: Jinja templates with autoescape, nothing from outside, no script unless a policy allows it."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

KOREA: Final = timezone(timedelta(hours=9), "KST")
# No form-action: Chrome applies it to the redirect after a form too, and the shop lives on another origin.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
FRAMED: Final = "; frame-ancestors *"
"""The payment window stands in a frame of the shop's page. It also overrules `X-Frame-Options`."""
_HEADERS: Final = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def _won(amount: int) -> str:
    return f"{amount:,}"


def _korean_time(text: str) -> str:
    """An RFC 3339 time as a reader in Korea writes it."""
    moment = datetime.fromisoformat(text).astimezone(KOREA)
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _linked(text: str) -> Markup:
    """Escaped text in which http(s) addresses can be clicked."""
    pieces: list[Markup] = []
    for word in _split_words(text):
        if word.startswith(("http://", "https://")):
            pieces.append(Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(word))
        else:
            pieces.append(escape(word))
    return Markup("").join(pieces)


def _split_words(text: str) -> list[str]:
    words: list[str] = []
    word = ""
    for sign in text:
        if sign.isspace() or sign in "<>\"'()":
            words += [word, sign]
            word = ""
        else:
            word += sign
    return [*words, word]


_pages: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters["won"] = _won
_pages.filters["linked"] = _linked
_pages.filters["korean_time"] = _korean_time


def page(name: str, *, root: str, status: int = 200, policy: str = "", **values: Any) -> HTMLResponse:
    """Render `templates/<name>.html`; `root` is the path the sandbox is mounted at, `policy` what its security policy
    allows beside styles."""
    html = _pages.get_template(f"{name}.html").render(root=root, **values)
    headers = {**_HEADERS, "content-security-policy": _POLICY + policy}
    return HTMLResponse(html, status_code=status, headers=headers)
