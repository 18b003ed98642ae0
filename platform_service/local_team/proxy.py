"""The proxy between desktops and replicas: HAProxy, told in its own language."""

import json
from http import HTTPStatus

from platform_service.local_team.layout import REPLICAS, Layout

CONFIGURATION = """\
global
    maxconn 4000
    # More than a replica takes as headers, so that it is the replica that refuses them, in words.
    tune.bufsize 65536

defaults
    mode http
    option forwardfor
    option redispatch 1
    retries 6
    retry-on conn-failure empty-response
    timeout connect 2s
    timeout client 75s
    timeout server 75s
    timeout tunnel 1h
    timeout http-request 10s
    timeout queue 10s
    # A replica that is only busy is not given up, with all that is under way in it; one that has ended refuses at once.
    timeout check 5s
{error_files}

frontend desktops
    bind 127.0.0.1:{port}
    # HAProxy sends a request again only where that cannot do it twice: reads, searches, and writes that bear a key.
    http-request disable-l7-retry unless METH_GET or {{ req.hdr(idempotency-key) -m found }} or {{ path /v1/search }}
    http-request del-header X-Forwarded-For
    http-request deny deny_status 404 if {{ path /metrics }}
    default_backend replicas

backend replicas
    balance leastconn
    option httpchk
    http-check send meth GET uri /v1/health/ready ver HTTP/1.1 hdr Host localhost
    http-check expect status 200
    default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
{replicas}
"""
NOTHING = "Nothing was changed."
PROBLEMS = {
    400: (
        "invalid",
        "The request is not well formed",
        "It cannot be read, or its headers are too large.",
        "Correct it.",
    ),
    404: ("not-found", "Not Found", "There is nothing under this path.", "Look at the path and the method."),
    408: ("too-slow", "The request came too slowly", "It was not whole in time.", "Send it again."),
    502: (
        "away",
        "The platform broke off",
        "The replica that was asked has ended.",
        "Send it again with the same key.",
    ),
    503: (
        "away",
        "The platform is starting",
        "No replica of the platform answers just now.",
        "Send the same request with the same key again in some seconds.",
    ),
    504: ("away", "The platform took too long", "No answer came in time.", "Send it again with the same key."),
}
"""What the proxy answers by itself, in the form that all errors have: kind, title, what happened, what to do next."""


def answer(status: int) -> bytes:
    """One of these answers as it goes over the line."""
    kind, title, detail, advice = PROBLEMS[status]
    kept = NOTHING if status < 500 or status == 503 else "What was acknowledged is kept."
    body = {"type": f"urn:vernissage:problem:{kind}", "title": title, "status": status, "detail": detail, "kept": kept}
    body |= {"advice": advice, "correlation_id": ""}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Content-Type: application/problem+json"]
    lines += ["Cache-Control: no-store", "Connection: close", *(["Retry-After: 2"] if status >= 500 else [])]
    return "\r\n".join([*lines, "", json.dumps(body)]).encode()


def write_configuration(layout: Layout, port: int) -> None:
    """Write HAProxy's configuration and the answers that it gives by itself."""
    files = {status: layout.folder / f"answer-{status}.http" for status in PROBLEMS}
    for status, file in files.items():
        file.write_bytes(answer(status))
    errors = "\n".join(f"    errorfile {status} {file}" for status, file in files.items())
    replicas = "\n".join(f"    server replica-{n} unix@{layout.replica_socket(n)}" for n in REPLICAS)
    text = CONFIGURATION.format(port=port, replicas=replicas, error_files=errors)
    (layout.folder / "proxy.cfg").write_text(text, "utf-8")
