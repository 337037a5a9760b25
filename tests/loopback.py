"""A real server on the loopback whose every answer a test decides, faults included."""

from __future__ import annotations

import contextlib
import dataclasses
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

SERVED = "Mon, 02 Mar 2026 09:00:00 GMT"


@dataclasses.dataclass
class Answer:
    body: Any = dataclasses.field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    cut: bool = False
    """Hang up in the middle of the body."""
    drop: bool = False
    """Hang up without a word."""
    seconds: float = 0.0

    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclasses.dataclass
class Request:
    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    sent: bytes = b""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Callable[[Request], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.asked = answer, list[Request]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server: Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(self.path, dict(self.headers), self.command, self.rfile.read(length) if length else b"")
        self.server.asked.append(request)
        answer = self.server.answer(request)
        time.sleep(answer.seconds)
        if answer.drop:
            self.close_connection = True
            return
        body = answer.bytes()
        self.send_response_only(answer.status)
        for name, value in {"Date": SERVED, "Content-Length": str(len(body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if answer.cut else body)
        self.close_connection = self.close_connection or answer.cut

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Silence: the tests read `asked`."""


@contextlib.contextmanager
def serving(answers: Sequence[Answer] | Callable[[Request], Answer]) -> Iterator[Server]:
    """A server that gives these answers one after the other (the last for ever), or asks a function."""
    if callable(answers):
        answer = answers
    else:
        left = list(answers)

        def answer(_: Request) -> Answer:
            return left.pop(0) if len(left) > 1 else left[0]

    server = Server(answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
