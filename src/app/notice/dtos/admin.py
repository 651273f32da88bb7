"""Requests and responses of the staff routes for notices, questions and policies."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from src.app.notice.dtos.requests import NoticeQuery, Version
from src.app.notice.dtos.responses import BODY, FAQ, ROW, VERSION, FaqRead, Shown
from src.app.notice.models import FaqCategory, NoticeCategory, NoticeStatus, PolicyCode, PolicyStatus
from src.common.clock import KoreanTime
from src.common.dtos.content import LongText, Moment, Position, SomeChange, Text, Title, Words
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.dtos.fields import ClosedInput, Line, Note, OptionalLine, RowId
from src.common.dtos.pages import PageQuery

Search = Annotated[OptionalLine, Field(max_length=100)]
NoticeTitle = Annotated[Title, Field(examples=["설 연휴 배송 안내"])]
NoticeBody = Annotated[Text, Field(examples=["연휴 기간에는 출고가 멈춥니다."], description="Plain text.")]
Question = Annotated[Line, Field(max_length=200, examples=["배송은 얼마나 걸리나요?"])]
Answer = Annotated[Text, Field(examples=["결제 후 1~3일 안에 받으실 수 있습니다."], description="Plain text.")]
ChangeNote = Annotated[Note, Field(examples=["보관 기간 문구를 분명히 했습니다."])]


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


TIMES: JsonDict = {"created_at": "2026-11-20T09:00:00+09:00", "updated_at": "2026-11-20T09:00:00+09:00"}


class NoticeAdmin(Shown):
    """A notice as staff see it. `is_shown`: the shop shows it now."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {**ROW, "body": "연휴 기간에는 ...", "status": "PUBLISHED", "is_shown": True, "version": 2, **TIMES}
            ]
        }
    )

    id: int
    category: NoticeCategory
    category_name: str
    title: str
    body: str
    is_pinned: bool
    status: NoticeStatus
    published_at: KoreanTime | None
    view_count: int
    is_shown: bool
    version: int
    created_at: KoreanTime
    updated_at: KoreanTime


class FaqAdmin(FaqRead):
    """A question as staff see it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**FAQ, "position": 0, "is_shown": True, "version": 2, **TIMES}]}
    )

    position: int
    is_shown: bool
    version: int
    created_at: KoreanTime
    updated_at: KoreanTime


class PolicyAdmin(Shown):
    """A version as staff see it. `revision` counts the edits of the draft: it is the `ETag`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **VERSION,
                    "id": 4,
                    "status": "DRAFT",
                    "body": BODY,
                    "effective_on": None,
                    "in_force": False,
                    "published_at": None,
                    "revision": 2,
                    **TIMES,
                }
            ]
        }
    )

    id: int
    policy: PolicyCode
    name: str
    version: str
    status: PolicyStatus
    title: str
    body: str
    change_note: str
    effective_on: date | None
    in_force: bool
    published_at: KoreanTime | None
    revision: int
    created_at: KoreanTime
    updated_at: KoreanTime
