"""Tracing by OpenTelemetry, off by default: without TRACING_ENDPOINT none of it is imported.

There is a server span for each request, named by its route's template, and client spans for vendors and SQL statements.
Attributes hold no path, query, address, header or value: a trace contains no personal data.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

from src.core.observing.context import METHODS, OTHER, route_of, trace_id

EXPORT_SECONDS: Final = 5

_tracer: Any = None
_provider: Any = None


def is_on() -> bool:
    """Return True if spans are made."""
    return _tracer is not None


def start(endpoint: str, *, service: str, version: str) -> None:
    """Send spans to an OTLP/HTTP collector (``http://collector:4318/v1/traces``) from a thread of its own.

    Raises ImportError where the extra ``tracing`` is not installed. Call it after the fork: the thread stays behind.
    """
    global _tracer, _provider  # noqa: PLW0603 - the one place that keeps them
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    _provider = TracerProvider(
        resource=Resource({"service.name": service, "service.version": version}), shutdown_on_exit=False
    )
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=EXPORT_SECONDS)))
    _tracer = _provider.get_tracer("shop")


def stop() -> None:
    """Send the remaining spans and make no more. Blocks until the collector answers, at most EXPORT_SECONDS."""
    global _tracer, _provider  # noqa: PLW0603 - see start()
    if _provider is not None:
        _provider.force_flush(EXPORT_SECONDS * 1000)
        _provider.shutdown()
    _tracer = _provider = None


def client_span(name: str, attributes: Mapping[str, str]) -> AbstractContextManager[Any]:
    """A span around a call to another service. Without tracing it does nothing."""
    return nullcontext() if _tracer is None else _span(name, "CLIENT", attributes)


def outgoing_headers() -> dict[str, str]:
    """Return the ``traceparent`` of the current span for an outgoing request; empty without a span."""
    carrier: dict[str, str] = {}
    if _tracer is not None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(carrier)
    return carrier


class Tracing:
    """Pure ASGI middleware: the server span of each request, which continues the caller's trace (W3C
    ``traceparent``)."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _tracer is None:
            await self.app(scope, receive, send)
            return
        status = 500

        async def watched(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        method = METHODS.get(scope["method"], OTHER)
        with _span(method, "SERVER", {"http.request.method": method}, parent=_caller(scope)) as span:
            token = trace_id.set(f"{span.get_span_context().trace_id:032x}")
            try:
                await self.app(scope, receive, watched)
            finally:
                trace_id.reset(token)
                _describe(span, f"{method} {route_of(scope)}", route_of(scope), status)


@contextmanager
def _span(name: str, kind: str, attributes: Mapping[str, str], parent: Any = None) -> Iterator[Any]:
    """Record errors by their class: a message may contain user input."""
    from opentelemetry.trace import SpanKind, Status, StatusCode

    with _tracer.start_as_current_span(
        name,
        context=parent,
        kind=SpanKind[kind],
        attributes=dict(attributes),
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield span
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(Status(StatusCode.ERROR))
            raise


def _describe(span: Any, name: str, route: str, status: int) -> None:
    from opentelemetry.trace import Status, StatusCode

    span.update_name(name)
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_status(Status(StatusCode.ERROR))


def _caller(scope: Any) -> Any:
    """Return the caller's context, if it sent one. A malformed ``traceparent`` is ignored."""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    wanted = (b"traceparent", b"tracestate")
    carrier = {name.decode(): value.decode("latin-1") for name, value in scope["headers"] if name in wanted}
    return TraceContextTextMapPropagator().extract(carrier)
