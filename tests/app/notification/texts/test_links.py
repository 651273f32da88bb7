"""A linkifier finds the shop's own links only, whatever a person entered, in every template and by every way."""

import itertools
import re
from typing import Any

import pytest
from jinja2.utils import urlize

from src.app.notification.dtos.fields import Language
from src.app.notification.models import MessageTemplate, Way
from src.app.notification.services.texts import rendering, wording
from src.app.notification.services.texts.catalogue import LANGUAGES, TEMPLATES, Template
from src.app.notification.services.texts.links import LINKS, broken
from src.app.notification.services.texts.rendering import default_text, sms
from src.app.notification.services.texts.wording import KIND_OF
from src.core.configs import settings

HOSTILE = [
    "evil.example",
    "김민지 www.evil.com 님",
    "https://evil.example/x?y=1",
    "HTTPS://EVIL.EXAMPLE",
    "a@evil.example",
    "evil。example",
    "evil．example／x",
    "http:\\\\evil.example",
    "evil.example:8080/x",
    "93.184.216.34",
    "도메인.한국",
    "evil.",
    "evil.\u200bexample",
    "//evil.example",
]
EACH = [
    pytest.param(template, way, language, id=f"{template.name}-{way}-{language}")
    for template, language in itertools.product(TEMPLATES.values(), LANGUAGES)
    for way in template.ways
]
LINKIFIED = re.compile(
    r"""(?xi)
    \w+[:：][/／\\＼]{2}\S | //\w | [\w.+-]+[@＠]\w
    | [^\W\d_][\w-]*[.．。｡]\w | \w[.．。｡][^\W\d_] | \d+\.\d+\.\d+\.\d+
    """
)


def found_in(text: str, own: dict[str, Any]) -> list[str]:
    """What a linkifier would take for an address, but the values that are the shop's own links."""
    for name in LINKS & own.keys():
        text = text.replace(str(own[name]), "")
    plain = text.replace("\u200b", "")
    return LINKIFIED.findall(plain) + re.findall(r'href="([^"]*)"', str(urlize(plain)))


def said(template: Template, way: Way, language: Language, values: dict[str, Any], *, own: bool) -> list[str]:
    """Every text of the message: in the words of the code, or of staff who put every value into a line of its own."""
    row = None
    if own:
        default = default_text(template.name, language=language, kind=KIND_OF[way])
        lines = "\n".join(f"{{{{ {name} }}}}" for name in template.values)
        text = {"subject": default.subject, "body": f"{default.body}\n{lines}"}
        row = MessageTemplate(name=template.name, texts={wording.key_of(way, language): text}, off=[])
    if way is Way.MAIL:
        mail = wording.mail_of(row, template.name, "a@b.co", values=values, language=language)
        links = re.findall(r'href="([^"]*)"', mail.html)
        return [mail.subject, mail.text, re.sub(r"<[^>]*>", " ", mail.html), *links]
    talk = [sms(template.name, values=values, language=language)]
    return [wording.sms_of(row, template.name, values=values, language=language), *talk]


@pytest.mark.parametrize("own", [False, True], ids=["code", "staff"])
@pytest.mark.parametrize(("template", "way", "language"), EACH)
def test_no_value_becomes_a_link(template: Template, way: Way, language: Language, own: bool) -> None:
    given = {name for name in template.values if name not in LINKS}
    for name, hostile in itertools.product(sorted(given), HOSTILE):
        values = {**template.values, name: hostile}
        if name == "provider":  # a word of ours, and the templates have one for each provider there is
            continue
        for text in said(template, way, language, values, own=own):
            assert found_in(text, values) == [], f"{name}: {text}"


@pytest.mark.parametrize(("template", "way", "language"), EACH)
def test_the_shops_own_links_stay_whole(template: Template, way: Way, language: Language) -> None:
    samples = dict(template.values)
    texts = "\n".join(said(template, way, language, samples, own=True))
    for name in LINKS & samples.keys():
        assert samples[name] in texts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("김민지", "김민지"),
        ("J. R. Kim", "J. R. Kim"),
        ("J.R.Kim", "J. R. Kim"),
        ("블랙 / 9.0", "블랙 / 9.0"),
        ("2026-11-21 23:59", "2026-11-21 23:59"),
        ("128,000", "128,000"),
        ("1.2.3", "1.2.3"),
        ("10.0.0.1", "10. 0. 0. 1"),
        ("http://evil.example", "http: / / evil. example"),
        ("", ""),
    ],
)
def test_marks_between_letters_are_broken_and_numbers_are_not(text: str, shown: str) -> None:
    assert broken(text) == shown


def test_an_advertisement_may_name_pages_of_the_shop_and_no_others() -> None:
    template, front = TEMPLATES["advertisement"], settings().identity.front_url.rstrip("/")
    body = f"{front}/event/7 그리고 {front}.evil.example 및 evil.example"

    mail = wording.mail_of(None, template.name, "a@b.co", values={**template.values, "body": body}, language="ko")

    assert f"{front}/event/7" in mail.text
    assert f"{front}.evil" not in mail.text
    assert "evil.example" not in mail.text


@pytest.mark.parametrize(
    "line",
    [
        *HOSTILE,
        "주문 번호: 20261120-7Q6X9ZPM & <b>",
        "https://shop.example/orders/1에서",
        "(www.shop.example), shop.com. 또는 help@shop.example",
        "mailto:help@shop.example",
        "HTTP://[::1]/x shop.Org/x?y=1 9.0 & 3 > 2",
    ],
)
def test_a_line_of_html_has_the_links_that_jinja_would_make(line: str) -> None:
    html = rendering._as_html(line, "ko")
    assert str(urlize(line, rel="noopener")) in html
