"""Bodies of requests to SENS (docs/vendors/sens.md#sms-and-lms)."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from src.sandbox.web import Text

Digits = Annotated[str, Field(pattern=r"^[0-9]{3,20}$")]
Short = Annotated[Text, Field(min_length=1, max_length=100)]
Link = Annotated[Text, Field(min_length=1, max_length=1000)]

_ALIMTALK_CHARS: Final = 1000


class Wire(BaseModel):
    """Base of request bodies: names are camelCase; unknown fields are ignored, as at NCP."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class SmsMessage(Wire):
    """One receiver. `subject` and `content` override those of the request."""

    to: Digits
    subject: Text | None = None
    content: Annotated[Text, Field(min_length=1)] | None = None


class SmsRequest(Wire):
    """Body of `POST /sms/v2/services/{serviceId}/messages`."""

    type: Literal["SMS", "LMS", "MMS"]
    content_type: Literal["COMM", "AD"] = "COMM"
    country_code: Annotated[str, Field(pattern=r"^[0-9]{1,3}$")] = "82"
    sender: Annotated[Digits, Field(alias="from")]
    subject: Text | None = None
    content: Annotated[Text, Field(min_length=1)]
    messages: Annotated[list[SmsMessage], Field(min_length=1, max_length=100)]


class Failover(Wire):
    """The text message that is sent if Kakao does not deliver."""

    type: Literal["SMS", "LMS", "MMS"]
    sender: Annotated[Digits, Field(alias="from")]
    content: Annotated[Text, Field(min_length=1)]


class Button(Wire):
    """A button of an AlimTalk. Its type determines the links that it needs."""

    type: Literal["WL", "AL", "BK", "MD", "DS", "AC"]
    name: Annotated[Text, Field(min_length=1, max_length=14)]
    link_mobile: Link | None = None
    link_pc: Link | None = None
    scheme_ios: Link | None = None
    scheme_android: Link | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Button":
        if self.type == "WL" and self.link_mobile is None:
            raise ValueError("linkMobile: a WL button has one")
        if self.type == "AL" and (self.scheme_ios is None or self.scheme_android is None):
            raise ValueError("schemeIos, schemeAndroid: an AL button has both")
        return self


class TalkMessage(Wire):
    """One receiver of an AlimTalk."""

    country_code: Annotated[str, Field(pattern=r"^[0-9]{1,3}$")] = "82"
    to: Digits
    title: Text | None = None
    content: Annotated[Text, Field(min_length=1, max_length=_ALIMTALK_CHARS)]
    buttons: Annotated[list[Button], Field(max_length=5)] = []
    use_sms_failover: bool = False
    failover_config: Failover | None = None


class TalkRequest(Wire):
    """Body of `POST /alimtalk/v2/services/{serviceId}/messages`."""

    plus_friend_id: Annotated[Text, Field(pattern=r"^@.{1,50}$")]
    template_code: Short
    messages: Annotated[list[TalkMessage], Field(min_length=1, max_length=100)]
