"""Handlers that turn exceptions into responses. `register` is called once, by main."""

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from redis.exceptions import RedisError
from starlette.exceptions import HTTPException
from tortoise.exceptions import DBConnectionError, OperationalError

from src.common.exceptions.base import AppError
from src.common.exceptions.general import (
    BadRequestLine,
    BodyTooLarge,
    DatabaseIsBusy,
    DatabaseUnavailable,
    MalformedJson,
    MethodNotAllowed,
    NotAllowed,
    RouteNotFound,
    SessionStoreUnavailable,
    UnsupportedMediaType,
    ValidationFailed,
    ValueRefused,
)
from src.common.handlers.field_messages import field_problem
from src.common.handlers.problems import language_of, problem_response
from src.core.database.errors import NOT_CONNECTED, CheckViolated, DatabaseBusy, code_of, is_lock_conflict

logger = logging.getLogger(__name__)

# Error codes for a lost or refused connection. 20xx are the client library's (cannot connect, gone away, lost); 1040,
# 1203, 1226: too many connections; 1053: shutting down; 1317, 1927 (MariaDB), 3169 (MySQL 8): killed; 4031 (MySQL 8):
# closed for idling.
CONNECTION_LOST = frozenset({NOT_CONNECTED, *range(2000, 2100), 1040, 1053, 1203, 1226, 1317, 1927, 3169, 4031})
MAX_FIELD_PROBLEMS = 50
BY_STATUS: dict[int, type[AppError]] = {
    400: BadRequestLine,
    403: NotAllowed,
    404: RouteNotFound,
    405: MethodNotAllowed,
    415: UnsupportedMediaType,
}


def register(app: FastAPI) -> None:
    """Register the handlers on the app."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(DatabaseBusy, _busy)
    app.add_exception_handler(OperationalError, _database_error)
    app.add_exception_handler(OSError, _network_error)
    app.add_exception_handler(RedisError, _redis_error)


async def _app_error(request: Request, error: Any) -> Response:
    return problem_response(error, request.scope)


async def _validation_error(request: Request, error: Any) -> Response:
    found = error.errors()
    if any(entry["type"] == "json_invalid" for entry in found):
        return problem_response(MalformedJson(), request.scope)
    language = language_of(request.scope)
    fields = [field_problem(entry, language) for entry in found[:MAX_FIELD_PROBLEMS]]
    return problem_response(ValidationFailed(), request.scope, fields)


async def _http_error(request: Request, error: Any) -> Response:
    if error.status_code == 413:
        return problem_response(BodyTooLarge(), request.scope)
    known = BY_STATUS.get(error.status_code, BadRequestLine)
    return problem_response(known(headers=dict(error.headers or {})), request.scope)


async def _busy(request: Request, _: Any) -> Response:
    return problem_response(DatabaseIsBusy(headers={"Retry-After": "1"}), request.scope)


async def _database_error(request: Request, error: Any) -> Response:
    """Answer 503 for a lock conflict or a lost database, 409 for a violated CHECK. Any other database error is a bug
    and is raised again for the envelope."""
    code = code_of(error)
    if is_lock_conflict(error):  # a statement outside `unit_of_work`, which would have repeated it
        return await _busy(request, error)
    if isinstance(error, CheckViolated):  # the use case should have refused it with its own error
        logger.error("the database refused a value: %s", code)
        return problem_response(ValueRefused(), request.scope)
    if isinstance(error, DBConnectionError) or code in CONNECTION_LOST:
        logger.error("database unavailable: %s", code)
        return problem_response(DatabaseUnavailable(headers={"Retry-After": "2"}), request.scope)
    raise error


async def _network_error(request: Request, error: Any) -> Response:
    """Handle a broken connection, which asyncmy raises as OSError. Other OSErrors are raised again."""
    if isinstance(error, ConnectionError | TimeoutError):
        logger.error("a dependency closed the connection: %s", type(error).__name__)
        return problem_response(DatabaseUnavailable(headers={"Retry-After": "2"}), request.scope)
    raise error


async def _redis_error(request: Request, error: Any) -> Response:
    """Answer 503 for a Redis error that the calling code did not handle."""
    logger.error("redis unavailable: %s", type(error).__name__)
    return problem_response(SessionStoreUnavailable(headers={"Retry-After": "2"}), request.scope)
