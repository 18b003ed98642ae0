"""A small OpenID Connect issuer on loopback: it publishes its keys and signs what a test asks for."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

AUDIENCE = "vernissage-desktop"


class Issuer:
    """Answers discovery and keys over HTTP until it is closed."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {}
        self.asked: list[str] = []
        self.calls_itself = ""
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                body = json.dumps(issuer.published(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        self.new_key("first")

    def published(self, path: str) -> dict[str, Any]:
        """What stands under a path."""
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.calls_itself or self.url, "jwks_uri": f"{self.url}/keys"}
        algorithms: dict[str, Any] = {"RS256": jwt.algorithms.RSAAlgorithm, "ES256": jwt.algorithms.ECAlgorithm}
        return {
            "keys": [
                {**algorithms[kind].to_jwk(key.public_key(), as_dict=True), "kid": name, "alg": kind, "use": "sig"}
                for name, (kind, key) in self.keys.items()
            ]
        }

    def new_key(self, name: str, kind: str = "RS256") -> None:
        """Begin to use another key beside the others."""
        made: Any = (
            rsa.generate_private_key(65537, 2048) if kind == "RS256" else ec.generate_private_key(ec.SECP256R1())
        )
        self.keys[name] = (kind, made)

    def token(self, key: str = "first", **claims: Any) -> str:
        """A token of Grace, who curates in the north; None takes a claim away."""
        now_s = int(time.time())
        whole: dict[str, object] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "grace",
            "tenant": "north",
            "role": ["staff", "curator"],
        }
        whole |= {"iat": now_s, "exp": now_s + 300, **claims}
        kind, private = self.keys[key]
        given = {name: value for name, value in whole.items() if value is not None}
        return jwt.encode(given, private, kind, headers={"kid": key})

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()
