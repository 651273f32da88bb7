"""Queries and bodies of staff about the delivery log and the message templates, and what they answer."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from src.app.notification.dtos.fields import Language
from src.app.notification.models import MessageStatus, Way
from src.common.clock import KoreanTime
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, MessageBody, OptionalLine
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageNumber, PageSize
from src.common.dtos.reasons import OptionalReason, Reason

DeliveryEnd = Literal["DELIVERED", "FAILED"]
Channel = Literal["mail", "sms", "alimtalk"]
TextKind = Literal["mail", "sms"]

ROW: dict[str, Any] = {
    "number": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
    "template": "order_paid",
    "template_name": "결제 완료",
    "way": "phone",
    "channel": "alimtalk",
    "language": "ko",
    "status": "SENT",
    "recipient": "010-****-5678",
    "is_masked": True,
    "is_ad": False,
    "is_direct": False,
    "order_no": "20261120-7Q6X9ZPM",
    "member_id": 7,
    "attempts": 1,
    "error": "",
    "resend_of": None,
    "created_at": "2026-11-20T10:12:00+09:00",
    "sent_at": "2026-11-20T10:12:01+09:00",
    "delivery": "DELIVERED",
    "delivery_code": "0000",
    "delivered_at": "2026-11-20T10:12:04+09:00",
    "request_id": "4f1c0a6b2d3e4f5a9b8c7d6e5f4a3b2c",
}
TEXT: dict[str, Any] = {
    "language": "ko",
    "channel": "sms",
    "subject": "",
    "body": "[믹골프] 결제 완료\n{{ items }}\n{{ total }}원",
}


class MessageQuery(Cursored, DayRange):
    """Messages by order, member, channel, state, template, whole address and Korean days. The newest first.

    Personal data is masked for staff without `pii:read`, or where `masked=true` is asked for; each unmasked look is
    logged, with `reason` where it is given.
    """

    page: PageNumber = 1
    size: PageSize = 20
    order_no: Annotated[str | None, Field(max_length=17)] = None
    member_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    way: Way | None = None
    channel: Channel | None = None
    status: MessageStatus | None = None
    delivery: DeliveryEnd | None = None
    template: Annotated[str | None, Field(max_length=40)] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("messages")

    recipient: Annotated[OptionalLine, Field(max_length=254)] = ""
    masked: bool = False
    reason: OptionalReason = ""


class MessageRow(BaseModel):
    """One message. `channel` is null until it went. `recipient` is null where it was never kept or is forgotten.
    `delivery` is what became of a text message or AlimTalk after the provider took it (`SENT`), null while that is not
    known, with the provider's own code. `request_id` is the request that it goes back to, empty where there was none.
    `is_direct`: a code, a link or a notice of safety, of which nothing but the sending is known."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW]})

    number: str
    template: str
    template_name: str
    way: Way
    channel: Channel | None
    language: str
    status: MessageStatus
    recipient: str | None
    is_masked: bool
    is_ad: bool
    is_direct: bool
    order_no: str | None
    member_id: int | None
    attempts: int
    error: str
    resend_of: str | None
    created_at: KoreanTime
    sent_at: KoreanTime | None
    delivery: DeliveryEnd | None
    delivery_code: str
    delivered_at: KoreanTime | None
    request_id: str


class MessageRead(MessageRow):
    """One message with its words: null for staff who see personal data masked, and where they are not kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**ROW, "subject": None, "text": None, "provider_id": "RSSA-1"}]}
    )

    subject: str | None
    text: str | None
    provider_id: str


class MessageResend(ClosedInput):
    """Why it is sent again. `force`: also where it may have arrived."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "고객 요청 (상담 3821)", "force": False}]})

    reason: Reason
    force: StrictBool = False


class TemplateText(BaseModel):
    """One text. `is_own`: staff wrote it; else it is the one in the code."""

    language: Language
    channel: TextKind
    subject: str
    body: str
    is_own: bool


class TemplateRead(BaseModel):
    """A template: the values that its texts may name, with samples, and its texts. `must_name`: what no text may leave
    out. `off` names the channels that are switched off. `version` is for `If-Match`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "order_paid",
                    "title": "결제 완료",
                    "title_en": "Order paid",
                    "channels": ["mail", "sms"],
                    "off": [],
                    "values": {"items": "투어 스탠드백", "total": "128,000"},
                    "must_name": [],
                    "is_required": False,
                    "is_ad": False,
                    "alimtalk_code": "OP01",
                    "texts": [{**TEXT, "is_own": False}],
                    "version": 1,
                    "updated_at": None,
                }
            ]
        }
    )

    name: str
    title: str
    title_en: str
    channels: list[TextKind]
    off: list[TextKind]
    values: dict[str, str]
    must_name: list[str]
    is_required: bool
    is_ad: bool
    alimtalk_code: str | None
    texts: list[TemplateText]
    version: int
    updated_at: KoreanTime | None


class TextWrite(ClosedInput):
    """A text of staff. AlimTalk keeps the words that Kakao approved: those in the code."""

    model_config = ConfigDict(json_schema_extra={"examples": [TEXT]})

    language: Language
    channel: TextKind
    subject: OptionalLine = ""
    body: MessageBody


class TemplateWrite(ClosedInput):
    """The whole of what staff make of a template: texts that are left out are those in the code again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"texts": [TEXT], "off": ["mail"]}]})

    texts: Annotated[list[TextWrite], Field(max_length=4)]
    off: Annotated[list[TextKind], Field(max_length=2)] = []


class PreviewAsk(ClosedInput):
    """Which text to show with the samples; with `body` this one instead of the stored one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"language": "ko", "channel": "mail"}]})

    language: Language = "ko"
    channel: TextKind
    subject: OptionalLine = ""
    body: MessageBody | None = None


class PreviewRead(BaseModel):
    """The text with the samples in it. `kind` is MAIL, SMS or LMS; `bytes` counts a text message in EUC-KR, as the
    provider does."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"subject": "", "text": "[믹골프] 결제 완료", "html": None, "kind": "SMS", "bytes": 18}]
        }
    )

    subject: str
    text: str
    html: str | None
    kind: Literal["MAIL", "SMS", "LMS"]
    bytes: int | None


class SampleQueued(BaseModel):
    """The test message, as the delivery log knows it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT"}]})

    number: str


class SampleSend(ClosedInput):
    """Which text to send, with the samples, to the shop's own test address."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"language": "ko", "channel": "sms"}]})

    language: Language = "ko"
    channel: TextKind
