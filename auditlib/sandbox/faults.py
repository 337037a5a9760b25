"""Faults on demand: each strikes a number of matching requests and is then used up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import msgspec

Payload = dict[str, Any]


class Fault(msgspec.Struct, forbid_unknown_fields=True):
    """One kind of trouble, for so many requests whose path contains `path`, after the first `skip`."""

    kind: str
    count: int = 1
    path: str = "/api/v2/"
    skip: int = 0
    status: int = 503
    retry_after: int = 1
    seconds: float = 1.0
    size: int = 10_000_000
    field: str = "status"
    rows: int = 3


TROUBLES = ("rate_limited", "server_error", "dropped", "slow", "html", "malformed_json")


class Faults:
    """The faults that wait for their requests, and the last pages served, which some of them repeat."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._last: dict[str, Payload] = {}
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """A fault waits for its requests."""
        if fault.kind not in TROUBLES and fault.kind not in SPOILERS:
            known = ", ".join([*TROUBLES, *SPOILERS, "burst"])
            raise ValueError(f"there is no fault {fault.kind!r}; there are: {known}")
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """No fault waits any more."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """The faults that have not struck often enough yet."""
        with self._lock:
            return list(self._waiting)

    def strikes(self, path: str) -> list[Fault]:
        """The faults that strike this request: at most one trouble, and any number that spoil its rows."""
        struck: list[Fault] = []
        with self._lock:
            for fault in list(self._waiting):
                if fault.path not in path or (fault.kind in TROUBLES and any(f.kind in TROUBLES for f in struck)):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.count -= 1
                struck.append(fault)
                if fault.count <= 0:
                    self._waiting.remove(fault)
        return struck

    def spoiled(self, path: str, payload: Payload, struck: list[Fault]) -> Payload:
        """The page as the faults leave it; the page as it should be is kept for those that repeat it."""
        spoilers = [f for f in struck if f.kind in SPOILERS]
        with self._lock:
            before = self._last.get(path)
            self._last[path] = payload
        if not spoilers:
            return payload
        spoiled = deepcopy(payload)
        for fault in spoilers:
            spoiled = SPOILERS[fault.kind](spoiled, before, fault)
        return spoiled


def _rows(payload: Payload) -> list[dict[str, Any]]:
    return next((v for v in payload.values() if isinstance(v, list) and v and isinstance(v[0], dict)), [])


def _repeated(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    """The page before, cursor and all, as from a stale cache: who follows it gets the right page next."""
    return before or payload


def _shifted(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    if before:
        _rows(payload)[:0] = _rows(before)[-fault.rows :]
    return payload


def _unknown_field(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    for row in _rows(payload):
        row["brand_new_field"] = {"since": "today"}
    return payload


def _unknown_status(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    for row in _rows(payload)[:1]:
        if "status" in row:
            row["status"] = "quantum"
        for event in row.get("events", []):
            if event.get("field_name") == "status":
                event["value"] = "quantum"
    return payload


def _missing_field(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    for row in _rows(payload)[:1]:
        row.pop(fault.field, None)
    return payload


def _huge_body(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    for row in _rows(payload)[:1]:
        if "description" in row:
            row["description"] = "x" * fault.size
        for event in row.get("events", [])[:1]:
            event["body"] = "x" * fault.size
    return payload


def _wrong_types(payload: Payload, before: Payload | None, fault: Fault) -> Payload:
    for row in _rows(payload)[:1]:
        for name, value in {"created_at": 12345, "tags": "not a list", "via": None, "events": {}}.items():
            if name in row:
                row[name] = value
    return payload


SPOILERS: dict[str, Callable[[Payload, Payload | None, Fault], Payload]] = {
    "repeated_page": _repeated,
    "shifted_page": _shifted,
    "unknown_field": _unknown_field,
    "unknown_status": _unknown_status,
    "missing_field": _missing_field,
    "huge_body": _huge_body,
    "wrong_types": _wrong_types,
}
