import http.client
import json
import socket

import pytest

from platform_service.settings import Settings

PROBLEM = {"type", "title", "status", "detail", "kept", "advice", "correlation_id"}


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic a-token-for-tests-0123456789", "Bearer"])
def test_without_the_token_of_this_launch_nothing_is_answered(running, authorization):
    with running.client(Authorization=authorization) as client:
        answer = client.get("/v1/health")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == PROBLEM


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "localhost.evil.example"])
def test_a_foreign_host_name_is_refused(running, host):
    with running.client(Host=host) as client:
        assert client.get("/v1/health").status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:41233", "[::1]:9"])
def test_local_host_names_are_answered(running, host):
    with running.client(Host=host) as client:
        assert client.get("/v1/health").status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"), [("https://evil.example", 403), ("null", 403), ("http://localhost", 200)]
)
def test_web_pages_are_not_answered(running, origin, status):
    with running.client(Origin=origin) as client:
        assert client.get("/v1/health").status_code == status


def test_the_correlation_id_of_the_client_comes_back(running):
    answer = running.http.get("/v1/scenes/none", headers={"X-Correlation-Id": "turn-7.step-2"})
    assert answer.headers["x-correlation-id"] == answer.json()["correlation_id"] == "turn-7.step-2"


def test_a_correlation_id_that_could_forge_log_lines_is_replaced(running):
    answer = running.http.get("/v1/health", headers={"X-Correlation-Id": "a b\tc"})
    assert len(answer.headers["x-correlation-id"]) == 32


def test_too_large_a_body_is_refused_before_it_is_read(running):
    limit = Settings(running.data, "").door.body_limit_bytes
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(running.uds))
    connection.putrequest("POST", "/v1/search")
    for name, value in running.http.headers.items():
        if name.lower() == "authorization":
            connection.putheader(name, value)
    connection.putheader("Content-Length", str(limit + 1))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert set(json.loads(answer.read())) == PROBLEM
    connection.close()


def test_too_large_a_body_in_chunks_is_refused_while_it_is_read(running):
    chunk = b" " * 1_000_000
    answer = running.http.post(
        "/v1/search", content=(chunk for _ in range(40)), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert running.http.get("/v1/health").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/search", {"wrods": "neon"}),
        ("POST", "/v1/search", {"limit": 0}),
        ("POST", "/v1/search", {"words": "x" * 2_001}),
        ("POST", "/v1/search", []),
        ("POST", "/v1/features", {"ids": ["../../etc/passwd"]}),
        ("POST", "/v1/projects", {"name": ""}),
        ("POST", "/v1/projects", {"name": "a", "tenant": "b"}),
        ("POST", "/v1/imports", {"paths": []}),
        ("POST", "/v1/imports", {"paths": ["relative/folder"]}),
        ("POST", "/v1/imports", {"paths": ["/tmp/a\0b"]}),
        ("PUT", "/v1/runs/r1", {"id": "r1"}),
        ("GET", "/v1/assets?limit=0", None),
    ],
)
def test_bodies_that_are_not_exactly_right_are_refused(running, method, path, body):
    answer = running.write(method, path, body)
    assert answer.status_code == 422
    assert set(answer.json()) == PROBLEM
    assert answer.json()["kept"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"words": NaN}', b"[" * 5_000])
def test_what_is_not_json_is_refused(running, content):
    answer = running.http.post("/v1/search", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert set(answer.json()) == PROBLEM


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v2/health", 404), ("PATCH", "/v1/projects", 405)])
def test_paths_and_methods_that_do_not_exist_are_problems_too(running, method, path, status):
    answer = running.http.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()) == PROBLEM


def test_there_are_no_pages_that_describe_the_service_to_strangers(running):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert running.http.get(path).status_code == 404
