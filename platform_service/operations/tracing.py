"""Spans of requests for an OpenTelemetry collector, where the environment names one (OTEL_EXPORTER_OTLP_ENDPOINT)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode, format_span_id, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from platform_service.http.trace import Trace

VARIABLES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@dataclass(frozen=True)
class RequestSpan:
    """The span of one request."""

    trace: Trace
    span: Span
    method: str

    def end(self, route: str, status: int, place: Mapping[str, str]) -> None:
        """The request was answered; `place` is the session, and where that is."""
        self.span.update_name(f"{self.method} {route}")
        self.span.set_attributes({"http.request.method": self.method, "http.route": route})
        self.span.set_attribute("http.response.status_code", status)
        self.span.set_attributes({f"vernissage.{name}": value for name, value in place.items() if value})
        if status >= 500:
            self.span.set_status(Status(StatusCode.ERROR))
        self.span.end()


class Tracing:
    """Makes spans and sends them, many at a time, from a thread of its own; a collector that is away costs nothing."""

    def __init__(self, version: str) -> None:
        resource = Resource.create({"service.name": "vernissage-platform", "service.version": version})
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("platform_service")
        self._propagator = TraceContextTextMapPropagator()

    def begin(self, traceparent: str, method: str) -> RequestSpan:
        """A request came in; its span goes on with the caller's trace."""
        context = self._propagator.extract({"traceparent": traceparent}) if traceparent else None
        span = self._tracer.start_span(method, context=context, kind=SpanKind.SERVER)
        assert isinstance(span, Span)
        at = span.get_span_context()
        parent = "" if span.parent is None else format_span_id(span.parent.span_id)
        flags = f"{int(at.trace_flags):02x}"
        return RequestSpan(Trace(format_trace_id(at.trace_id), format_span_id(at.span_id), parent, flags), span, method)

    def close(self) -> None:
        """Send what waits."""
        self._provider.shutdown()


def tracing(version: str) -> Tracing | None:
    """Traces where a collector is configured."""
    return Tracing(version) if any(os.environ.get(name) for name in VARIABLES) else None
