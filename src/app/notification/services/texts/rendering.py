"""Texts of messages: Jinja2 files under ``templates/<language>/``, or what staff wrote instead (`own`).

No value becomes a link but the shop's own ones (`links`). ``<name>.mail.txt`` holds the subject in its first line and,
after an empty one, the text; ``<name>.mail.html`` the same as HTML, where there is one: else the HTML is made from the
text. ``<name>.sms.txt`` is the text message, and what Kakao approves as AlimTalk. In HTML every value is escaped.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import urlize
from markupsafe import escape

from src.app.notification.dtos.fields import Language
from src.app.notification.services.senders import Mail
from src.app.notification.services.texts.links import without_links

__all__ = ["Language", "MailTemplate", "SmsTemplate", "Text", "default_text", "mail", "rendered_own", "sms"]

MailTemplate = Literal[
    "verification_code",
    "password_reset",
    "password_changed",
    "social_linked",
    "contact_changed",
    "way_in_lost",
    "restock_alert",
]
"""Those that go out directly."""
SmsTemplate = Literal["verification_code", "email_claimed", "way_in_lost", "restock_alert"]

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
PLAIN: Final = "plain.mail.html"
_MARK: Final = "\0"
_MAY_LINK: Final = re.compile(r"https?://|www\.|@|\.(?:com|net|int|edu|gov|org|info|mil)", re.IGNORECASE)
"""Whatever Jinja's ``urlize`` makes a link of matches this."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text before its values are put in. The subject is empty for a text message."""

    subject: str
    body: str


def mail(
    to: str, *, template: str, values: dict[str, Any], language: Language, own: Text | None = None, number: str = ""
) -> Mail:
    """The mail. A value that the template needs and does not get raises UndefinedError."""
    values = without_links(values)
    if own is not None:
        subject, text = rendered_own(own, values)
        return Mail(to=to, subject=subject, text=text, html=_as_html(text, language), number=number)
    subject, _, rest = _rendered(f"{language}/{template}.mail.txt", values).partition("\n")
    text = rest.strip() + "\n"
    own_html = _template(f"{language}/{template}.mail.html")
    html = _as_html(text, language) if own_html is None else own_html.render(values)
    return Mail(to=to, subject=subject, text=text, html=html, number=number)


def sms(template: str, *, values: dict[str, Any], language: Language, own: Text | None = None) -> str:
    """The text message."""
    values = without_links(values)
    if own is not None:
        return rendered_own(own, values)[1].strip()
    return _rendered(f"{language}/{template}.sms.txt", values).strip()


def rendered_own(own: Text, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of what staff wrote. Raises jinja2's TemplateError."""
    box = own_environment()
    subject, text = (box.from_string(part).render(values) for part in (own.subject, own.body))
    return " ".join(subject.split()), text.strip() + "\n"


def default_text(template: str, *, language: Language, kind: Literal["mail", "sms"]) -> Text:
    """The text in the code as it is written, for staff to begin with."""
    source = (TEMPLATES / language / f"{template}.{kind}.txt").read_text(encoding="utf-8")
    if kind == "sms":
        return Text("", source.strip())
    subject, _, body = source.partition("\n")
    return Text(subject, body.strip())


@cache
def own_environment() -> ImmutableSandboxedEnvironment:
    """Where texts of staff are read: no code, no attributes, no loader, nothing undefined in silence."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def _as_html(text: str, language: Language) -> str:
    """The text as HTML: its paragraphs, its lines, its addresses as links, everything escaped."""
    paragraphs = ("<br>\n".join(map(_linked, part.splitlines())) for part in text.strip().split("\n\n"))
    before, after = _page(language)
    return "".join([before, *(f'<p style="word-break:break-word">{part}</p>\n' for part in paragraphs), after])


def _linked(line: str) -> str:
    """One line as HTML. ``urlize`` takes half the time of a mail, for the few lines that may hold an address."""
    return urlize(line, rel="noopener") if _MAY_LINK.search(line) else str(escape(line))


@cache
def _page(language: Language) -> tuple[str, str]:
    """What stands before and behind the content of a page, which differs by mail."""
    before, _, after = _rendered(PLAIN, {"content": _MARK, "language": language}).partition(_MARK)
    return before, after


def _rendered(name: str, values: dict[str, Any]) -> str:
    template = _template(name)
    if template is None:
        raise TemplateNotFound(name)
    return template.render(values)


@cache
def _template(name: str) -> Template | None:
    """The compiled file; None where there is none. Jinja would look for a missing file again at each message."""
    try:
        return _environment().get_template(name)
    except TemplateNotFound:
        return None


@cache
def _environment() -> Environment:
    """Escapes in HTML only: in plain text ``&`` is an ampersand."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        auto_reload=False,
    )
