"""Texts that staff wrote: what they may hold, and which text counts for a message.

A text may name its template's values, ask by ``if`` whether one is there or what it is, and nothing else: no loops,
calls, attributes or sums. So it ends, its length is bounded by what is put in, and there is nothing to reach through
it.
"""

import logging
from collections.abc import Collection, Mapping
from typing import Any, Final, Literal

from jinja2 import TemplateError, nodes
from pydantic_core import PydanticCustomError

from src.app.notification.dtos.fields import Language
from src.app.notification.models import MessageTemplate, Way
from src.app.notification.services.phone.sens import kind_of
from src.app.notification.services.senders import Mail, Undelivered
from src.app.notification.services.texts import rendering
from src.app.notification.services.texts.catalogue import AD_MARK, Template
from src.app.notification.services.texts.rendering import Text
from src.common.logs.setup import where
from src.common.sheets import euc_kr
from src.core.database.statements import fetch, marks

logger = logging.getLogger(__name__)

Kind = Literal["mail", "sms"]
KIND_OF: Final[dict[Way, Kind]] = {Way.MAIL: "mail", Way.PHONE: "sms"}
FILTERS: Final = frozenset({"upper", "lower", "trim"})
_OWN: Final = f"SELECT {', '.join(MessageTemplate._meta.fields_db_projection.values())} FROM message_template"  # noqa: S608, SLF001
ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter),
)


class Unfit(ValueError):
    """A text that cannot be used. `ko` and `en` say why, to staff."""

    def __init__(self, ko: str, en: str) -> None:
        super().__init__(en)
        self.ko = ko
        self.en = en

    def as_custom(self) -> PydanticCustomError:
        """The same as an error of a field."""
        return PydanticCustomError("message_text", "the text cannot be used", {"ko": self.ko, "en": self.en})


async def of(name: str) -> MessageTemplate | None:
    """What staff made of a template; None where they made nothing of it. One query."""
    return await MessageTemplate.get_or_none(name=name)


async def of_all(names: Collection[str]) -> dict[str, MessageTemplate]:
    """What staff made of these templates, by name. One query, none without names."""
    if not names:
        return {}
    found = await fetch(f"{_OWN} WHERE name IN ({marks(len(names))})", list(names))
    return {row["name"]: MessageTemplate._init_from_db(**row) for row in found}  # noqa: SLF001 - as Tortoise makes rows


def is_on(row: MessageTemplate | None, way: Way) -> bool:
    """Whether messages of the template go by this way."""
    return row is None or way.value not in row.off


def own_text(row: MessageTemplate | None, way: Way, language: Language) -> Text | None:
    """The text of staff for this way and language, if there is one."""
    held: Mapping[str, Any] | None = row.texts.get(key_of(way, language)) if row else None
    return Text(str(held.get("subject", "")), str(held["body"])) if held else None


def key_of(way: Way, language: Language) -> str:
    """Under which name a row keeps a text: ``ko.mail``."""
    return f"{language}.{KIND_OF[way]}"


def mail_of(
    row: MessageTemplate | None, template: str, to: str, *, values: dict[str, Any], language: Language, number: str = ""
) -> Mail:
    """The mail with the text that counts. One of staff that fails is told to the log, and the default goes instead."""
    own = own_text(row, Way.MAIL, language)
    if own is not None:
        try:
            return rendering.mail(to, template=template, values=values, language=language, own=own, number=number)
        except TemplateError as error:
            logger.error("the own text of %s failed: %s", template, where(error))
    return rendering.mail(to, template=template, values=values, language=language, number=number)


def sms_of(
    row: MessageTemplate | None,
    template: str,
    *,
    values: dict[str, Any],
    language: Language,
    default: str | None = None,
) -> str:
    """The text message likewise, in characters that SMS has: an emoji in a product's name must not keep it back.
    `default` is the default text where the caller has it rendered already."""
    own = own_text(row, Way.PHONE, language)
    if own is not None:
        try:
            return euc_kr.replaced(rendering.sms(template, values=values, language=language, own=own))
        except TemplateError as error:
            logger.error("the own text of %s failed: %s", template, where(error))
    if default is None:
        default = rendering.sms(template, values=values, language=language)
    return euc_kr.replaced(default)


def check(template: Template, way: Way, text: Text) -> None:
    """Raise Unfit unless the text can be used for this template and way."""
    named = _names_in(text)
    if unknown := sorted(named - template.values.keys()):
        known = ", ".join(template.values)
        raise Unfit(
            f"쓸 수 없는 값입니다: {', '.join(unknown)}. 쓸 수 있는 값: {known}.",
            f"Unknown values: {', '.join(unknown)}. There are: {known}.",
        )
    if missing := sorted(template.must_name - named):
        raise Unfit(f"빠진 값이 있습니다: {', '.join(missing)}.", f"Values are missing: {', '.join(missing)}.")
    for values in (dict(template.values), {**dict.fromkeys(template.values, ""), **_musts(template)}):
        _check_rendered(template, way, text, values)


def _musts(template: Template) -> dict[str, str]:
    return {name: template.values[name] for name in template.must_name}


def _check_rendered(template: Template, way: Way, text: Text, values: dict[str, Any]) -> None:
    try:
        subject, body = rendering.rendered_own(text, values)
    except TemplateError as error:
        raise Unfit("문구에 값을 넣을 수 없습니다.", "The values cannot be put into the text.") from error
    if not body.strip() or (way is Way.MAIL and not subject):
        raise Unfit("문구가 비어 있습니다.", "The text is empty.")
    first = subject if way is Way.MAIL else body
    if template.is_ad and not first.startswith(AD_MARK):
        raise Unfit(f"광고는 {AD_MARK}로 시작해야 합니다.", f"An advertisement must begin with {AD_MARK}.")
    if way is Way.PHONE:
        try:
            kind_of(body.strip())
        except Undelivered as error:
            raise Unfit(
                "문자로 보낼 수 없는 글자가 있거나 너무 깁니다 (EUC-KR 2,000바이트).",
                "It holds characters that SMS has not, or is too long (2,000 bytes of EUC-KR).",
            ) from error


def _names_in(text: Text) -> set[str]:
    """The values that a text names. Raises Unfit for anything but values and conditions."""
    box = rendering.own_environment()
    names: set[str] = set()
    try:
        trees = [box.parse(part) for part in (text.subject, text.body)]
    except TemplateError as error:
        raise Unfit("문법이 맞지 않습니다: {{ 값 }} 형식을 확인해 주세요.", "The syntax is wrong.") from error
    for tree in trees:
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Filter) and not _is_allowed_filter(node)):
                raise Unfit(
                    "{{ 값 }}과 {% if 값 %}만 쓸 수 있습니다.", "Only {{ value }} and {% if value %} can be used."
                )
            if isinstance(node, nodes.Name):
                names.add(node.name)
    return names


def _is_allowed_filter(node: nodes.Filter) -> bool:
    return node.name in FILTERS and not node.args and not node.kwargs and node.node is not None
