"""HTML of the sandbox: Jinja templates with autoescape. Pages load nothing from other origins, and run a script only if
the `policy` of the page allows it."""

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
"""Policy of the payment window, which the shop's page shows in a frame. It also overrides `X-Frame-Options`."""
_HEADERS: Final = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def _won(amount: int) -> str:
    return f"{amount:,}"


def _korean_time(text: str) -> str:
    """Format an RFC 3339 time in Korean time: `2025-01-02 12:04:05`."""
    moment = datetime.fromisoformat(text).astimezone(KOREA)
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _linked(text: str) -> Markup:
    """Escape `text` and make its http(s) addresses links."""
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
    """Render `templates/<name>.html`. `root` is the path at which the sandbox is mounted; `policy` is appended to the
    Content-Security-Policy, which allows only inline styles."""
    html = _pages.get_template(f"{name}.html").render(root=root, **values)
    headers = {**_HEADERS, "content-security-policy": _POLICY + policy}
    return HTMLResponse(html, status_code=status, headers=headers)
