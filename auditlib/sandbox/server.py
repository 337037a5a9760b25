"""An HTTP server on loopback that speaks Zendesk as at the simulated now of its box."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from auditlib.sandbox.box import Box
from auditlib.sandbox.build import World
from auditlib.sandbox.faults import TROUBLES, Fault
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.paging import BadRequest
from auditlib.sandbox.routes import answer

RATE_LIMIT = 100_000


@contextmanager
def serve(world: World, now: str | None = None, port: int = 0, rate_limit: int = RATE_LIMIT) -> Iterator[Box]:
    """A running helpdesk: `box.url` answers until the block ends; without a now, at the end of its world."""
    server = _Server(("127.0.0.1", port), _Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    server.box = Box(world, moment(now) if now else world.end, url, rate_limit)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.box
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    box: Box


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    # Without this, small answers wait 40 ms for the client's delayed acknowledgement.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._dispatch()

    def do_PUT(self) -> None:
        self._dispatch()

    def do_POST(self) -> None:
        self._dispatch()

    def do_DELETE(self) -> None:
        self._dispatch()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests and demonstrations want a quiet terminal."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The `Date` header tells the simulated now."""
        return formatdate(self.server.box.now, usegmt=True)

    def _dispatch(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length) if length else b""
        parts = urlsplit(self.path)
        if parts.path.startswith("/sandbox/"):
            self._control(parts.path, sent)
        elif self.command != "GET":
            self._send(405, {"error": "MethodNotAllowed"})
        else:
            self._api(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)))

    def _control(self, path: str, sent: bytes) -> None:
        box = self.server.box
        told = msgspec.json.decode(sent) if sent else {}
        try:
            match self.command, path:
                case "PUT", "/sandbox/clock":
                    box.set_clock(told["now"])
                case "POST", "/sandbox/faults":
                    box.fault(**told)
                case "DELETE", "/sandbox/faults":
                    box.faults.clear()
                case "DELETE", "/sandbox/requests":
                    box.forget_requests()
                case "GET", "/sandbox/clock" | "/sandbox/faults" | "/sandbox/requests":
                    pass
                case _:
                    return self._send(404, {"error": "there is no such control"})
        except (KeyError, TypeError, ValueError, msgspec.ValidationError) as wrong:
            return self._send(400, {"error": f"{wrong}"})
        state = {
            "clock": {"now": iso(box.now)},
            "faults": {"faults": box.faults.waiting()},
            "requests": box.requests(),
        }
        return self._send(200, state[path.removeprefix("/sandbox/")])

    def _api(self, path: str, query: dict[str, str]) -> None:
        box = self.server.box
        left = box.counted(path)
        limits = {
            "x-rate-limit": str(box.rate_limit),
            "x-rate-limit-remaining": str(max(0, left)),
            "ratelimit-limit": str(box.rate_limit),
            "ratelimit-remaining": str(max(0, left)),
            "ratelimit-reset": str(60 - int(time.monotonic() % 60)),
        }
        if not self._is_known():
            return self._send(401, {"error": "Couldn't authenticate you"}, limits)
        if left < 0:
            return self._send(429, _TOO_MANY, limits | {"Retry-After": limits["ratelimit-reset"]})
        struck = box.faults.strikes(path)
        if self._in_trouble(struck, limits):
            return None
        try:
            payload = answer(box.view, path, query, f"http://{self.headers.get('Host')}{path}")
        except BadRequest as refused:
            told = {"error": refused.error, "description": refused.description}
            return self._send(refused.status, told, limits)
        payload = box.faults.spoiled(path, payload, struck)
        self._send(200, payload, limits, broken=next((f.kind for f in struck if f.kind in TROUBLES), ""))
        return None

    def _in_trouble(self, struck: list[Fault], limits: dict[str, str]) -> bool:
        for fault in struck:
            if fault.kind == "rate_limited":
                self._send(429, _TOO_MANY, limits | {"Retry-After": str(fault.retry_after)})
                return True
            if fault.kind == "server_error":
                self._send(fault.status, {"error": "InternalError"}, limits)
                return True
            if fault.kind == "html":
                page = b"<!DOCTYPE html><html><body><h1>We'll be right back</h1></body></html>"
                self._send_bytes(200, page, limits, "text/html; charset=utf-8")
                return True
            if fault.kind == "slow":
                time.sleep(fault.seconds)
        return False

    def _is_known(self) -> bool:
        kind, _, secret = self.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer":
            return secret == self.server.box.token
        try:
            user, _, token = base64.b64decode(secret).decode().rpartition(":")
        except ValueError:
            return False
        return kind == "Basic" and user == f"{self.server.box.email}/token" and token == self.server.box.token

    def _send(self, status: int, payload: Any, headers: dict[str, str] | None = None, broken: str = "") -> None:
        content = msgspec.json.encode(payload)
        if broken == "malformed_json":
            content = content[: len(content) // 2] + b'"}]'
        self._send_bytes(status, content, headers or {}, "application/json; charset=utf-8", broken == "dropped")

    def _send_bytes(
        self, status: int, content: bytes, headers: dict[str, str], kind: str, is_dropped: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if is_dropped else content)
        if is_dropped:
            self.close_connection = True


_TOO_MANY = {
    "error": "APIRateLimitExceeded",
    "description": "Number of allowed API requests per minute exceeded",
}
