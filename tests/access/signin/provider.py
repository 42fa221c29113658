"""A small OpenID Connect provider in the test's own process: a double of a foreign service, which can lie.

Keycloak (test_keycloak.py) shows that a real one works; this one does what no real one should.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "vagvisare"


class Provider:
    """What the next person will be told, and how the provider misbehaves."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        #: What is put over the claims of the signed token and of the user information.
        self.token_claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.key = KEY
        self.algorithm = "RS256"
        self.description: dict[str, Any] = {}
        #: Path to a raw answer: (status, body).
        self.raw: dict[str, tuple[int, bytes]] = {}
        self.nonce = ""
        self.verifier = ""
        self.port = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": self.nonce}
        claims |= self.claims | self.token_claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": "1"})
        if self.algorithm == "HS256":
            return jwt.encode(claims, "s" * 40, algorithm="HS256", headers={"kid": "1"})
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers={"kid": "1"})

    def answer(self, path: str, body: str) -> tuple[int, Any]:
        if path in self.raw:
            return self.raw[path]
        if path == "/.well-known/openid-configuration":
            base = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
            return 200, base | self.description
        if path == "/token":
            self.verifier = parse_qs(body).get("code_verifier", [""])[0]
            return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token()}
        if path == "/keys":
            return 200, {"keys": [json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1", "alg": "RS256"}]}
        if path == "/userinfo":
            return 200, self.claims | self.userinfo
        return 404, {}


@contextmanager
def serve() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, answer = provider.answer(urlsplit(self.path).path, body)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _serve  # noqa: N815  (http.server's names)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
