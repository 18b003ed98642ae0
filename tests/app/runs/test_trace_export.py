"""A finished run is a trace: its id is the correlation id, its children the steps; no words leave the computer."""

import http.server
import threading
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from agent.events import StepState, TurnEnded
from agent.intent import Intent
from app.runs.trace_export import TraceExport

RUN = TurnEnded(
    "t1", "proposed", Intent(kind="create", subject="a secret"), text="A secret gallery.", seconds=0.5,
    correlation_id="0123456789abcdef0123456789abcdef",
    steps=(StepState("search", "search", "Search for “a secret”", state="done", started_s=0.1, seconds=0.2, attempts=2),
           StepState("style", "style", "Style", state="skipped")),
)  # fmt: skip


class Collector(http.server.BaseHTTPRequestHandler):
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_a_run_arrives_as_a_trace_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    Collector.bodies = []
    server = http.server.HTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    export = TraceExport()
    export.ended(RUN)
    export.close()
    server.shutdown()
    thread.join()
    server.server_close()
    (body,) = Collector.bodies
    sent = ExportTraceServiceRequest.FromString(body)
    spans = [span for part in sent.resource_spans for scope in part.scope_spans for span in scope.spans]
    assert [span.name for span in spans] == ["run", "tool search"]
    assert {span.trace_id.hex() for span in spans} == {RUN.correlation_id}
    assert spans[1].parent_span_id == spans[0].span_id
    assert spans[1].end_time_unix_nano - spans[1].start_time_unix_nano == pytest.approx(2e8, abs=1e3)
    assert b"secret" not in body


def test_without_an_endpoint_nothing_is_imported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    export = TraceExport()
    export.ended(RUN)
    export.close()
    assert export._processor is None
