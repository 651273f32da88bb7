"""Texts of messages: Jinja2 files under ``templates/<language>/``.

``<name>.mail.txt`` holds the subject in its first line and, after an empty one, the text; ``<name>.mail.html`` the same
as HTML, where every value is escaped; ``<name>.sms.txt`` the text message.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from src.app.notification.services.senders import Mail

Language = Literal["ko", "en"]
MailTemplate = Literal[
    "verification_code", "password_reset", "password_changed", "social_linked", "contact_changed", "restock_alert"
]
SmsTemplate = Literal["verification_code", "restock_alert"]

TEMPLATES: Final = Path(__file__).parents[1] / "templates"


def mail(to: str, *, template: MailTemplate, values: dict[str, Any], language: Language) -> Mail:
    """The mail. A value that the template needs and does not get raises UndefinedError."""
    subject, _, text = _rendered(f"{language}/{template}.mail.txt", values).partition("\n")
    html = _rendered(f"{language}/{template}.mail.html", values)
    return Mail(to=to, subject=subject, text=text.strip() + "\n", html=html)


def sms(template: SmsTemplate, *, values: dict[str, Any], language: Language) -> str:
    """The text message."""
    return _rendered(f"{language}/{template}.sms.txt", values).strip()


def _rendered(name: str, values: dict[str, Any]) -> str:
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    """Escapes in HTML only: in plain text ``&`` is an ampersand."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        auto_reload=False,
    )
