"""What operators see of a team's service: readiness by its stores, figures, lines with correlation ids, spans."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from platform_service.operations.readiness import Probe, Probes

CALLER = "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"


class Collector(HTTPServer):
    """Takes spans as an OpenTelemetry collector does."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Taker)
        self.spans = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        import gzip

        body = self.rfile.read(int(self.headers["Content-Length"]))
        body = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                cast(Any, self.server).spans += scope.spans
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def collector():
    running = Collector()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def seen(make_team, collector):
    """A team's platform on a port that sends its spans to the collector, and its administrator's token."""
    patch = pytest.MonkeyPatch()
    patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
    patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
    team = make_team(start=False)
    team.service.start()
    patch.undo()
    yield team, team.exchange(team.add_tenant("seen")).json()["access_token"]
    team.service.close()


def told(team, wait, **wanted):
    """The line of a request; it is written just after the answer."""
    (line,) = wait(lambda: lines(team, **wanted))
    return line


def lines(team, **wanted):
    found = [json.loads(line) for line in team.service.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in found if all(line.get(name) == value for name, value in wanted.items())]


def test_a_request_is_one_line_with_its_correlation_id_and_no_words_of_it(seen, wait):
    team, token = seen
    answer = team.get(token, "/v1/projects", **{"X-Correlation-ID": "from-the-desktop"})
    assert answer.headers["X-Correlation-ID"] == "from-the-desktop"
    line = told(team, wait, correlation_id="from-the-desktop")
    assert (line["route"], line["status"], line["tenant"], line["user"]) == ("/v1/projects", 200, "seen", "ada")
    assert token not in team.service.log.read_text()


def test_figures_are_for_this_machine_and_for_administrators(seen):
    team, token = seen
    team.get(token, "/v1/projects")
    page = team.get("none", "/metrics").text
    assert 'vernissage_requests_total{method="GET",route="/v1/projects",status="200"}' in page
    assert 'vernissage_store_ready{store="database"} 1.0' in page
    assert "seen" not in page
    from_afar = {"X-Forwarded-For": "192.0.2.1"}
    assert team.get("none", "/metrics", **from_afar).status_code == 404
    assert team.get(token, "/metrics", **from_afar).status_code == 200


def test_a_span_goes_on_with_the_callers_trace_and_is_the_one_that_is_answered(seen, collector, wait):
    team, token = seen
    answer = team.get(token, "/v1/identity/me", traceparent=CALLER)
    version, trace_id, span_id, _ = answer.headers["traceparent"].split("-")
    assert (version, trace_id) == ("00", "ab" * 16)

    def sent():
        return [span for span in collector.spans if span.span_id.hex() == span_id]

    wait(sent)
    (span,) = sent()
    assert (span.name, span.parent_span_id.hex()) == ("GET /v1/identity/me", "cd" * 8)
    assert span.trace_id.hex() == trace_id


def test_whoever_asks_for_readiness_needs_no_token(seen):
    team, _ = seen
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(team.service.uds)), base_url="http://localhost") as client:
        assert client.get("/v1/health/live").json() == {"status": "ok"}
        ready = client.get("/v1/health/ready")
    assert (ready.status_code, ready.json()) == (
        200,
        {"status": "ready", "stores": {"database": "ready", "redis": "ready"}},
    )


async def test_a_store_that_is_needed_decides_and_another_only_slows():
    async def there():
        pass

    async def away():
        raise ConnectionError

    async def found(**probes):
        return (await Probes(probes).readiness()).status

    assert await found(database=Probe(there), redis=Probe(there)) == "ready"
    assert await found(database=Probe(there), redis=Probe(away, is_needed=False)) == "degraded"
    assert await found(database=Probe(away), redis=Probe(there)) == "away"


def test_a_read_of_a_session_is_told_with_its_project_and_scene(seen, collector, wait):
    team, token = seen
    path = "/v1/context/sessions/at-work/working"
    headers = {"X-Session-Id": "at-work", "traceparent": CALLER}

    def read(correlation_id):
        answer = team.get(token, "/v1/facets", **headers, **{"X-Correlation-ID": correlation_id})
        line = told(team, wait, correlation_id=correlation_id)
        return line, answer.headers["traceparent"].split("-")[2]

    line, _ = read("nowhere-yet")
    assert (line["session"], line.get("project"), line.get("scene")) == ("at-work", None, None)
    with team.client(token) as client:
        body, key = {"project_id": "p1", "scene_id": "s1"}, {"Idempotency-Key": "at-work-at-work"}
        assert client.put(path, json=body, headers=headers | key).is_success
    line, span_id = read("at-work")
    assert (line["route"], line["project"], line["scene"]) == ("/v1/facets", "p1", "s1")
    wait(lambda: [span for span in collector.spans if span.span_id.hex() == span_id])
    span = next(span for span in collector.spans if span.span_id.hex() == span_id)
    said = {one.key: one.value.string_value for one in span.attributes}
    assert [said[f"vernissage.{name}"] for name in ("session", "project", "scene")] == ["at-work", "p1", "s1"]
    line, _ = read("others")
    assert team.get(token, "/v1/facets", **{"X-Session-Id": "another", "X-Correlation-ID": "elsewhere"}).is_success
    line = told(team, wait, correlation_id="elsewhere")
    assert "project" not in line
