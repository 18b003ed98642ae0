"""The proxy between desktops and replicas: HAProxy, told in its own language."""

from platform_service.local_team.layout import REPLICAS, Layout

CONFIGURATION = """\
global
    maxconn 4000

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
    errorfile 503 {away_file}

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
AWAY = """\
HTTP/1.1 503 Service Unavailable\r
Content-Type: application/problem+json\r
Retry-After: 2\r
Cache-Control: no-store\r
\r
{"type":"urn:vernissage:problem:away","title":"The platform is starting","status":503,\
"detail":"No replica of the platform answers just now.","kept":"Nothing was changed.",\
"advice":"Send the same request with the same key again in some seconds.","correlation_id":""}
"""


def write_configuration(layout: Layout, port: int) -> None:
    """Write HAProxy's configuration and the answer it gives while no replica is there."""
    away = layout.folder / "away.http"
    away.write_bytes(AWAY.encode())
    replicas = "\n".join(f"    server replica-{n} unix@{layout.replica_socket(n)}" for n in REPLICAS)
    text = CONFIGURATION.format(port=port, replicas=replicas, away_file=away)
    (layout.folder / "proxy.cfg").write_text(text, "utf-8")
