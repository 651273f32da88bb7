"""Read the token of an opt-out link: JSON from a page, or the one-click form of RFC 8058 from a mail program."""

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from src.app.user.dtos.requests import OptOut

ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
SAMPLE: Final = "7.email.0f3c5a7e9b1d2f4a6c8e0b1d3f5a7c9e1b3d5f70"
FORM: Final[dict[str, Any]] = {
    "schema": {
        "type": "object",
        "properties": {ONE_CLICK[0]: {"type": "string", "const": ONE_CLICK[1]}},
        "required": [ONE_CLICK[0]],
    },
    "example": dict([ONE_CLICK]),
}
REFUSAL: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": OptOut.model_json_schema(), "example": {"token": SAMPLE}},
        **dict.fromkeys(FORMS, FORM),
    },
}

OptOutToken = Annotated[str, Query(min_length=1, max_length=100, description="The token of the link.")]


async def _refused_token(
    request: Request,
    token: Annotated[
        str | None, Query(min_length=1, max_length=100, description="The token of the link; with the form only.")
    ] = None,
) -> str:
    """Return the token from the JSON body, or with the form from the query.

    Raises RequestValidationError for any other body.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FORMS:
        form = await request.form(max_files=0, max_fields=10)
        if form.get(ONE_CLICK[0]) != ONE_CLICK[1]:
            raise _invalid("literal_error", "body", ONE_CLICK[0])
        if token is None:
            raise _invalid("missing", "query", "token")
        return token
    body = await request.body()
    if not body:
        raise _invalid("missing", "body")
    try:
        return OptOut.model_validate_json(body).token
    except ValidationError as error:
        found = [{**entry, "loc": ("body", *entry["loc"])} for entry in error.errors(include_url=False)]
        raise RequestValidationError(found) from error


RefusedToken = Annotated[str, Depends(_refused_token)]


def _invalid(kind: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": place, "msg": "", "ctx": {}}])
