"""Every template in the code: its texts are there, in both languages, and would pass as texts of staff."""

import itertools
from typing import Any

import httpx
import pytest

from src.app.notification.dtos.fields import Language
from src.app.notification.models import Message, Way
from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.notification.services.phone.sens import LMS_BYTES, kind_of
from src.app.notification.services.texts import rendering, wording
from src.app.notification.services.texts.catalogue import AD_MARK, LANGUAGES, TEMPLATES, Template
from src.app.notification.services.texts.rendering import TEMPLATES as FOLDER
from src.core.configs.identity_groups import MessageSettings
from src.core.database import unit_of_work
from tests.app.notification.texts.test_rendering import is_korean

EACH = [
    pytest.param(template, way, language, id=f"{template.name}-{way}-{language}")
    for template, language in itertools.product(TEMPLATES.values(), LANGUAGES)
    for way in template.ways
]
LONGEST = {"name": "가" * 50, "items": "가" * 20, "link": "https://shop.example/orders/20261120-7Q6X9ZPM?x=" + "y" * 60}


@pytest.mark.parametrize(("template", "way", "language"), EACH)
def test_the_text_in_the_code_is_fit_and_in_its_language(template: Template, way: Way, language: Language) -> None:
    text = rendering.default_text(template.name, language=language, kind=wording.KIND_OF[way])
    wording.check(template, way, text)

    subject, body = rendering.rendered_own(text, dict.fromkeys(template.values, "1"))

    assert is_korean((subject + body).replace("광고", "")) is (language == "ko")
    shop = "[믹골프]" if language == "ko" else "[Micgolf]"
    first = subject if way is Way.MAIL else body
    assert first.startswith(AD_MARK if template.is_ad else shop)


@pytest.mark.parametrize(("template", "way", "language"), EACH)
def test_mail_and_text_message_can_be_made_of_the_samples(template: Template, way: Way, language: Language) -> None:
    values: dict[str, Any] = dict(template.values)
    if way is Way.MAIL:
        mail = rendering.mail("a@b.co", template=template.name, values=values, language=language)
        assert "{" not in mail.subject + mail.text
        assert f'lang="{language}"' in mail.html
        assert mail.subject == " ".join(mail.subject.split())
        return
    text = wording.sms_of(None, template.name, values={**values, **_long(template)}, language=language)
    assert kind_of(text) in ("SMS", "LMS")
    assert len(text.encode("euc-kr")) < LMS_BYTES / 2


def _long(template: Template) -> dict[str, str]:
    return {name: value for name, value in LONGEST.items() if name in template.values}


def test_every_file_belongs_to_a_template() -> None:
    wanted = {
        f"{language}/{template.name}.{wording.KIND_OF[way]}.txt"
        for template, language in itertools.product(TEMPLATES.values(), LANGUAGES)
        for way in template.ways
    }
    assert {str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.txt")} == wanted
    pages = {file.name.partition(".")[0] for file in FOLDER.glob("*/*.html")}
    assert pages <= set(TEMPLATES)


async def test_a_secret_is_never_queued(client: httpx.AsyncClient) -> None:
    values = dict(TEMPLATES["verification_code"].values)
    notice = MessageRequest(event_key="e:1", template="verification_code", values=values)
    with pytest.raises(RuntimeError, match="secret"):
        await unit_of_work(lambda: queue(notice, phone="01012345678"))
    assert await Message.all().count() == 0


def test_a_secret_can_be_neither_switched_off_nor_left_out() -> None:
    for name, value in (("verification_code", "code"), ("password_reset", "link")):
        template = TEMPLATES[name]
        assert template.is_secret
        assert template.is_required
        assert value in template.must_name


@pytest.mark.parametrize("pairs", [("order_paid",), ("=OP01",), ("order_paid=",)])
def test_a_code_without_a_template_is_named(pairs: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="template=code"):
        _ = MessageSettings(alimtalk_templates=pairs).alimtalk_codes
