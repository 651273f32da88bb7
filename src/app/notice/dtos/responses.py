"""Responses about notices, questions and policies."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.notice.models import FaqCategory, NoticeCategory, PolicyCode
from src.common.clock import KoreanTime

ROW: JsonDict = {
    "id": 3,
    "category": "delivery",
    "category_name": "배송",
    "title": "설 연휴 배송 안내",
    "is_pinned": True,
    "published_at": "2026-11-20T10:00:00+09:00",
    "view_count": 120,
}
NEIGHBOUR: JsonDict = {"id": 2, "title": "적립금 제도 안내"}
FAQ: JsonDict = {
    "id": 1,
    "category": "delivery",
    "category_name": "배송",
    "question": "배송은 얼마나 걸리나요?",
    "answer": "결제 후 1~3일 안에 받으실 수 있습니다.",
}
VERSION: JsonDict = {
    "policy": "terms",
    "name": "이용약관",
    "version": "2026-01",
    "title": "이용약관",
    "effective_on": "2026-01-01",
    "in_force": True,
    "change_note": "",
}
BODY = "제1조(목적) 이 약관은 ..."


class Shown(BaseModel):
    """An answer's part."""

    model_config = ConfigDict(frozen=True)


class NoticeRow(Shown):
    """A notice in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW]})

    id: int
    category: NoticeCategory
    category_name: str
    title: str
    is_pinned: bool
    published_at: KoreanTime
    view_count: int = Field(description="Some seconds old.")


class Neighbour(Shown):
    id: int
    title: str


class NoticeRead(NoticeRow):
    """A notice, with the one published before it and the one after."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**ROW, "body": "연휴 기간에는 ...", "previous": NEIGHBOUR, "next": None}]}
    )

    body: str
    previous: Neighbour | None
    next: Neighbour | None


class FaqRead(Shown):
    """A question and its answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [FAQ]})

    id: int
    category: FaqCategory
    category_name: str
    question: str
    answer: str


class PolicyVersionRead(Shown):
    """A published version of a policy. One whose day is still to come is announced, not in force."""

    model_config = ConfigDict(json_schema_extra={"examples": [VERSION]})

    policy: PolicyCode
    name: str
    version: str
    title: str
    effective_on: date
    in_force: bool
    change_note: str


class PolicyRead(PolicyVersionRead):
    """A version with its text."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**VERSION, "body": BODY}]})

    body: str
