"""Requests of the public routes for notices, questions and policies."""

from typing import Annotated

from pydantic import Field

from src.app.notice.models import FaqCategory, NoticeCategory
from src.common.dtos.fields import ClosedInput
from src.common.dtos.pages import PageQuery

VERSION = r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,19}$"
Version = Annotated[str, Field(pattern=VERSION, max_length=20, examples=["2026-12"])]


class NoticeQuery(PageQuery):
    """Notices of one category, or all."""

    category: NoticeCategory | None = None


class FaqQuery(ClosedInput):
    """Questions of one category, or all."""

    category: FaqCategory | None = None


class PolicyQuery(ClosedInput):
    """The version in force where none is named."""

    version: Version | None = None
