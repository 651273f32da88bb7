"""What callers ask of notices, questions and policies, and what staff write."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from src.app.notice.models import FaqCategory, NoticeCategory, NoticeStatus, PolicyCode, PolicyStatus
from src.common.dtos.content import LongText, Moment, Position, SomeChange, Text, Title, Words
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.dtos.fields import ClosedInput, Line, Note, OptionalLine, RowId
from src.common.dtos.pages import PageQuery

Search = Annotated[OptionalLine, Field(max_length=100)]
NoticeTitle = Annotated[Title, Field(examples=["설 연휴 배송 안내"])]
NoticeBody = Annotated[Text, Field(examples=["연휴 기간에는 출고가 멈춥니다."], description="Plain text.")]
Question = Annotated[Line, Field(max_length=200, examples=["배송은 얼마나 걸리나요?"])]
Answer = Annotated[Text, Field(examples=["결제 후 1~3일 안에 받으실 수 있습니다."], description="Plain text.")]
VERSION = r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,19}$"
Version = Annotated[str, Field(pattern=VERSION, max_length=20, examples=["2026-12"])]
ChangeNote = Annotated[Note, Field(examples=["보관 기간 문구를 분명히 했습니다."])]


class NoticeQuery(PageQuery):
    """Notices of one category, or all."""

    category: NoticeCategory | None = None


class FaqQuery(ClosedInput):
    """Questions of one category, or all."""

    category: FaqCategory | None = None


class PolicyQuery(ClosedInput):
    """The version in force where none is named."""

    version: Version | None = None


class NoticeAdminQuery(NoticeQuery):
    """Every notice, the newest first. `q` is looked for in the title."""

    status: NoticeStatus | None = None
    q: Search = ""


class NoticeCreate(ClosedInput):
    """A notice. PUBLISHED without `published_at` is published now; a later moment is when it will be."""

    category: Annotated[NoticeCategory, Field(examples=["delivery"])]
    title: NoticeTitle
    body: NoticeBody
    is_pinned: bool = False
    status: NoticeStatus = NoticeStatus.DRAFT
    published_at: Moment | None = None


class NoticeChange(SomeChange):
    """What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "PUBLISHED", "is_pinned": True}]})
    nullable: ClassVar[frozenset[str]] = frozenset({"published_at"})

    category: NoticeCategory | None = None
    title: NoticeTitle | None = None
    body: NoticeBody | None = None
    is_pinned: bool | None = None
    status: NoticeStatus | None = None
    published_at: Moment | None = None


class FaqCreate(ClosedInput):
    """A question and its answer. Without `position` it comes last."""

    category: Annotated[FaqCategory, Field(examples=["delivery"])]
    question: Question
    answer: Answer
    position: Position | None = None
    is_shown: bool = True


class FaqChange(SomeChange):
    """What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_shown": False}]})

    category: FaqCategory | None = None
    question: Question | None = None
    answer: Answer | None = None
    position: Position | None = None
    is_shown: bool | None = None


class FaqOrder(ClosedInput):
    """All questions of a category, in the order to show."""

    category: Annotated[FaqCategory, Field(examples=["delivery"])]
    ids: Annotated[list[RowId], Field(max_length=500, examples=[[3, 1, 2]])]


class PolicyAdminQuery(PageQuery):
    """Versions, the newest first."""

    policy: PolicyCode | None = None
    status: PolicyStatus | None = None


class PolicyCreate(ClosedInput):
    """A draft."""

    policy: Annotated[PolicyCode, Field(examples=["terms"])]
    version: Version
    title: Annotated[Title, Field(examples=["이용약관"])]
    body: Annotated[LongText, Field(examples=["제1조(목적) 이 약관은 ..."], description="Plain text.")]
    change_note: ChangeNote = ""


class PolicyChange(SomeChange):
    """What is left out stays. For drafts only."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "이용약관 (개정)"}]})

    version: Version | None = None
    title: Title | None = None
    body: LongText | None = None
    change_note: ChangeNote | None = None


class PolicyWithdraw(ClosedInput):
    """Why, for the log."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "시행일 오기"}]})

    reason: Words = ""


class PolicyPublish(ClosedInput):
    """From which Korean day on it is in force: today, or later. 전자상거래법·약관: announce it seven days before, or
    thirty where it is to the disadvantage of members."""

    effective_on: Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, examples=["2026-12-28"])]
    reason: Words = ""
