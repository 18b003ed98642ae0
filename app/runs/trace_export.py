"""Sends each finished run as a trace to an OpenTelemetry collector, when one is configured and the exporter installed.

The trace's id is the run's correlation id, so that the same words find it in the chat, the logs and the collector. What
was asked and what was found stay here: only kinds, tools, outcomes and times leave the computer.
"""

import hashlib
import os
import time
from typing import TYPE_CHECKING, Any

import structlog

from agent.events import StepState, TurnEnded

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor

log = structlog.get_logger()

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class TraceExport:
    """Made at the first finished run; without an endpoint it does nothing and imports nothing."""

    def __init__(self) -> None:
        self._wanted = any(os.environ.get(name) for name in _ENDPOINTS)
        self._processor: SpanProcessor | None = None

    def ended(self, ended: TurnEnded) -> None:
        """Hand a run's spans to the exporter's own thread; never waits for the collector."""
        if not self._wanted:
            return
        if self._processor is None and not self._start():
            return
        assert self._processor is not None
        for span in spans_of(ended, time.time_ns()):
            self._processor.on_end(span)

    def close(self) -> None:
        """Send what is left, for a moment at most."""
        if self._processor is not None:
            self._processor.force_flush(2_000)
            self._processor.shutdown()

    def _start(self) -> bool:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            log.warning("runs are not exported: opentelemetry-exporter-otlp-proto-http is not installed")
            self._wanted = False
            return False
        self._processor = BatchSpanProcessor(OTLPSpanExporter(timeout=5), schedule_delay_millis=1_000)
        return True


def spans_of(ended: TurnEnded, now_ns: int) -> "list[ReadableSpan]":
    """The run as one span with a child for each step that ran."""
    from opentelemetry.trace import SpanContext, TraceFlags
    from opentelemetry.trace.status import Status, StatusCode

    trace_id = _number(ended.correlation_id or ended.turn_id, 16)
    begun_ns = now_ns - round(ended.seconds * 1e9)

    def context(name: str) -> SpanContext:
        return SpanContext(trace_id, _number(f"{ended.turn_id}:{name}", 8), is_remote=False,
                           trace_flags=TraceFlags(TraceFlags.SAMPLED))  # fmt: skip

    def status(failed: bool) -> Status:
        return Status(StatusCode.ERROR if failed else StatusCode.OK)

    root = context("run")
    kind = ended.intent.kind if ended.intent is not None else ""
    told = {"run.id": ended.turn_id, "run.kind": kind, "run.outcome": ended.outcome, "run.cost_usd": ended.cost_usd}
    spans = [_span("run", root, None, begun_ns, now_ns, told, status(ended.outcome == "failed"))]
    for step in ended.steps:
        if step.state in ("done", "failed"):
            start_ns = begun_ns + round(step.started_s * 1e9)
            end_ns = start_ns + round(step.seconds * 1e9)
            failed = status(step.state == "failed")
            spans.append(_span(f"tool {step.tool}", context(step.id), root, start_ns, end_ns, _told(step), failed))
    return spans


def _told(step: StepState) -> dict[str, Any]:
    return {"step.id": step.id, "tool": step.tool, "attempts": step.attempts, "taken_over": step.cached,
            "cost_usd": step.cost_usd}  # fmt: skip


def _span(
    name: str, context: Any, parent: Any, start_ns: int, end_ns: int, told: dict[str, Any], status: Any
) -> "ReadableSpan":
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanKind

    return ReadableSpan(
        name, context=context, parent=parent, resource=Resource({"service.name": "vernissage"}), attributes=told,
        kind=SpanKind.INTERNAL, status=status, start_time=start_ns, end_time=end_ns,
    )  # fmt: skip


def _number(words: str, size: int) -> int:
    """A trace or span id: the hexadecimal id itself where it is one of that size, else a digest; never zero."""
    try:
        found = int(words, 16) if len(words) == 2 * size else 0
    except ValueError:
        found = 0
    return found or int.from_bytes(hashlib.sha256(words.encode()).digest()[:size], "big") or 1
