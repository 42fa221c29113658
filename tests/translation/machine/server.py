"""A small HTTP server that answers as a provider's does, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A request: ``body`` is from JSON or from a form."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Reply:
    """What the server answers; ``body`` that is no bytes goes as JSON. ``wait``: seconds before it does."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0


@dataclass
class Server:
    """Answers with ``answer``; what ``instead`` holds is answered first, one reply for each request."""

    answer: Callable[[Asked], Reply]
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    instead: list[Reply] = field(default_factory=list)


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[Server]:
    server = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            parts = urlsplit(self.path)
            is_json = self.headers.get("Content-Type", "").startswith("application/json")
            asked = Asked(
                self.command,
                parts.path,
                {name: values[0] for name, values in parse_qs(parts.query).items()},
                dict(self.headers.items()),
                json.loads(raw) if is_json else {name: values[0] for name, values in parse_qs(raw).items()},
            )
            server.asked.append(asked)
            reply = server.instead.pop(0) if server.instead else server.answer(asked)
            time.sleep(reply.wait)
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = _do  # noqa: N815  (the base class's names)

        def log_message(self, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        server.address = f"http://127.0.0.1:{http.server_port}"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def spanish(text: str) -> str:
    """A translation that keeps tags and figures and is no copy."""
    return f"¡{text}"


def libretranslate(asked: Asked) -> Reply:
    """As LibreTranslate answers."""
    if asked.path == "/languages":
        names = {"sv": "Swedish", "en": "English", "es": "Spanish", "fa": "Persian"}
        return Reply([{"code": code, "name": name, "targets": list(names)} for code, name in names.items()])
    assert asked.path == "/translate"
    assert asked.body["format"] == "html"
    return Reply({"translatedText": [spanish(text) for text in asked.body["q"]]})
