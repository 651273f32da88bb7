"""The language of messages that a request sends."""

from typing import Annotated

from fastapi import Depends, Request

from src.app.notification.services.texts.rendering import Language
from src.common.handlers.problems import language_of


async def _language(request: Request) -> str:
    return language_of(request.scope)


MessageLanguage = Annotated[Language, Depends(_language)]
