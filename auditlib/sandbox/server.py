"""An HTTP server on loopback that speaks a helpdesk's API as at the simulated now of its box."""

from __future__ import annotations

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
from auditlib.sandbox.flavour import Asked, Refusal, load
from auditlib.sandbox.instants import iso, moment

RATE_LIMIT = 100_000


@contextmanager
def serve(
    world: World, now: str | None = None, port: int = 0, rate_limit: int = RATE_LIMIT, flavour: str = "zendesk"
) -> Iterator[Box]:
    """A running helpdesk: `box.url` answers until the block ends; without a now, at the end of its world."""
    told = load(flavour)
    server = _Server(("127.0.0.1", port), _Handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    server.box = Box(world, told, moment(now) if now else world.end, url, rate_limit)
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
        else:
            self._api(self._asked(parts.path, parts.query, sent))

    def _asked(self, path: str, query: str, sent: bytes) -> Asked:
        try:
            body = msgspec.json.decode(sent) if sent else None
        except msgspec.DecodeError:
            body = sent
        told = parse_qsl(query, keep_blank_values=True)
        return Asked(
            method=self.command,
            path=path,
            query=dict(told),
            sent=told,
            body=body,
            headers={name.lower(): value for name, value in self.headers.items()},
            host=f"http://{self.headers.get('Host')}",
        )

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

    def _api(self, asked: Asked) -> None:
        box, speaks = self.server.box, self.server.box.flavour
        cost = speaks.cost(asked)
        left = box.counted(asked.path, cost)
        resets = 60 - int(time.monotonic() % 60)
        limits = speaks.limits(box.rate_limit, max(0, left), resets, cost)
        if asked.path != speaks.token_path and not speaks.knows(asked.headers):
            return self._send(401, speaks.refusal(401), limits)
        if left < 0:
            return self._send(429, speaks.refusal(429), limits | {"Retry-After": str(resets)})
        struck = box.faults.strikes(asked.path)
        if self._in_trouble(struck, limits):
            return None
        try:
            answer = speaks.answer(box.view, asked)
        except Refusal as refused:
            return self._send(refused.status, refused.payload, limits | refused.headers)
        answer = box.faults.spoiled(asked.path, answer, struck)
        broken = next((f.kind for f in struck if f.kind in TROUBLES), "")
        return self._send(answer.status, answer.payload, limits | answer.headers, broken)

    def _in_trouble(self, struck: list[Fault], limits: dict[str, str]) -> bool:
        says = self.server.box.flavour.refusal
        for fault in struck:
            if fault.kind == "rate_limited":
                self._send(429, says(429), limits | {"Retry-After": str(fault.retry_after)})
                return True
            if fault.kind in ("server_error", "refused"):
                status = fault.status or (503 if fault.kind == "server_error" else 403)
                self._send(status, says(status), limits)
                return True
            if fault.kind == "html":
                page = b"<!DOCTYPE html><html><body><h1>We'll be right back</h1></body></html>"
                self._send_bytes(200, page, limits, "text/html; charset=utf-8")
                return True
            if fault.kind == "slow":
                time.sleep(fault.seconds)
        return False

    def _send(self, status: int, payload: Any, headers: dict[str, str] | None = None, broken: str = "") -> None:
        content = msgspec.json.encode(payload)
        if broken == "malformed_json":
            content = content[: len(content) // 2] + b"\x00"
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
