"""What messages say."""

from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError

from src.app.auth.dtos.recovery import Purpose
from src.app.notification.services.phone.sens import kind_of
from src.app.notification.services.texts import rendering
from src.app.notification.services.texts.rendering import Language, MailTemplate

VALUES: dict[str, dict[str, Any]] = {
    "verification_code": {"purpose": "sign_up", "code": "048213", "minutes": 3},
    "password_reset": {"link": "https://shop.example/reset-password?token=abc-_1", "minutes": 30},
    "password_changed": {"when": "2026-11-20 09:30"},
    "social_linked": {"when": "2026-11-20 09:30", "provider": "kakao", "what": "linked"},
    "restock_alert": {
        "name": "Tour Stand Bag",
        "option": "Black / 9.0",
        "link": "https://shop.example/products/01201110",
    },
    "contact_changed": {"when": "2026-11-20 09:30", "what": "phone"},
    "way_in_lost": {"link": "https://shop.example/reset-password?token=abc-_1", "hours": 24},
}
LANGUAGES: tuple[Language, ...] = get_args(Language)
MAILS: tuple[MailTemplate, ...] = get_args(MailTemplate)


class Words(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def is_korean(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", MAILS)
def test_every_mail_says_the_same_as_text_and_html(template: MailTemplate, language: Language) -> None:
    mail = rendering.mail("a@b.c", template=template, values=VALUES[template], language=language)

    words = Words()
    words.feed(mail.html)
    html = " ".join("".join(words.found).split())
    assert mail.subject.startswith("[믹골프] " if language == "ko" else "[Micgolf] ")
    assert is_korean(mail.subject + mail.text + mail.html) is (language == "ko")
    assert "{" not in mail.subject + mail.text + mail.html
    for paragraph in mail.text.split("\n\n")[:-1]:
        for line in paragraph.splitlines():
            assert " ".join(line.split()) in html


def test_html_escapes_what_was_put_in_and_text_does_not() -> None:
    values = {"when": '<img src="x">&'}

    mail = rendering.mail("a@b.c", template="password_changed", values=values, language="ko")

    assert "<img" not in mail.html
    assert "&lt;img src=&#34;x&#34;&gt;&amp;" in mail.html
    assert '<img src="x">&' in mail.text


def test_a_link_is_the_same_in_both() -> None:
    link = "https://shop.example/reset-password?token=a&b"

    mail = rendering.mail("a@b.c", template="password_reset", values={"link": link, "minutes": 30}, language="ko")

    assert link in mail.text
    assert 'href="https://shop.example/reset-password?token=a&amp;b"' in mail.html


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendering.mail(
            "a@b.c", template="verification_code", values={"purpose": "sign_up", "minutes": 3}, language="ko"
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_code_fits_one_sms_and_says_what_it_is_for(purpose: Purpose, language: Language) -> None:
    values = {"purpose": purpose, "code": "048213", "minutes": 3}

    text = rendering.sms("verification_code", values=values, language=language)

    assert "048213" in text
    assert "\n" not in text
    assert kind_of(text) == "SMS"
    assert len(
        {
            rendering.sms("verification_code", values={**values, "purpose": other}, language=language)
            for other in get_args(Purpose)
        }
    ) == len(get_args(Purpose))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_restock_alert_fits_one_lms_with_the_longest_names(language: Language) -> None:
    values = {"name": "가" * 120, "option": f"{'나' * 40} / {'다' * 40}", "link": "https://shop.example/products/0"}

    text = rendering.sms("restock_alert", values=values, language=language)

    assert kind_of(text) == "LMS"
    assert values["link"] in text
