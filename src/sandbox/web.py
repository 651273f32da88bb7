"""Shared parts of the sandbox's endpoints: reading bodies, answering JSON, refusing."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

import orjson
from pydantic import AfterValidator, BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

MAX_BODY: Final = 1_000_000
MAX_MONEY: Final = 10**12
MAX_ID: Final = 64

M = TypeVar("M", bound=BaseModel)


def _no_zero_byte(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not contain a zero byte")
    return text


Money = Annotated[int, Field(strict=True, ge=0, le=MAX_MONEY)]
"""Whole won, 0 to 10^12."""
PositiveMoney = Annotated[int, Field(strict=True, ge=1, le=MAX_MONEY)]
Text = Annotated[str, AfterValidator(_no_zero_byte)]


@dataclass(frozen=True)
class Answer:
    """A finished HTTP answer as plain data, so that it can be stored and repeated."""

    status: int
    body: bytes
    media_type: str = "application/json"

    def response(self) -> Response:
        """Return the answer as a Starlette response."""
        return Response(self.body, status_code=self.status, media_type=self.media_type)


class RefusalError(Exception):
    """Refusal of a request by one of the sandbox's own endpoints (control, inbox): `{"code", "detail"}`."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail

    def answer(self) -> Answer:
        """The refusal as JSON."""
        return as_json({"code": self.code, "detail": self.detail}, self.status)


def as_json(value: object, status: int = 200) -> Answer:
    """`value` as a JSON answer."""
    return Answer(status, orjson.dumps(value))


async def read_body(request: Request) -> bytes:
    """Return the raw body. Raises RefusalError 413 above 1 MB, without reading the rest."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            raise RefusalError(413, "BODY_TOO_LARGE", f"The body is larger than {MAX_BODY} bytes.")
        chunks.append(chunk)
    return b"".join(chunks)


async def read_model(request: Request, model: type[M]) -> M:
    """Return the JSON body as `model`. Raises RefusalError: 400 for broken JSON, 422 for a body of the wrong shape."""
    raw = await read_body(request)
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise RefusalError(400, "MALFORMED_JSON", "The body is not JSON.") from error
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise RefusalError(422, "VALIDATION_ERROR", first_problem(error)) from error


def first_problem(error: ValidationError) -> str:
    """Return `field: message` of the first error, without the value that was sent."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"]) or "body"
    return f"{where}: {first['msg']}"


def is_id(text: str) -> bool:
    """Return True if `text` can be a payment id: 1 to 64 printable characters without blanks at its ends."""
    return 0 < len(text) <= MAX_ID and text.isprintable() and text == text.strip()


def path_id(request: Request, name: str = "payment_id") -> str:
    """Return the id in the path of one of the sandbox's own endpoints. Raises RefusalError 422 if `is_id` is False."""
    value: str = request.path_params[name]
    if not is_id(value):
        raise RefusalError(422, "VALIDATION_ERROR", f"{name}: must be 1 to {MAX_ID} printable characters")
    return value


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of several byte strings. Their lengths are hashed too: (`ab`, `c`) and (`a`, `bc`) differ."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big"))
        sha.update(part)
    return sha.hexdigest()


def canonical(raw: bytes) -> bytes:
    """Return JSON with sorted keys, so that equal bodies give equal bytes. Other bytes are returned unchanged."""
    try:
        value: Any = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return raw
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def prefers_html(request: Request) -> bool:
    """Return True if Accept ranks text/html above JSON (a browser does; curl and httpx do not)."""
    ranks = {"text/html": 0.0, "application/json": 0.0}
    for item in request.headers.get("accept", "").lower().split(","):
        media, *parameters = (piece.strip() for piece in item.split(";"))
        if media in ranks:
            ranks[media] = max(ranks[media], _quality(parameters))
    return ranks["text/html"] > ranks["application/json"]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
