"""Faults on demand: each strikes a number of matching requests and is then used up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import msgspec

from auditlib.sandbox.flavour import Answer

Payload = Any
"""A page as it becomes JSON: an object that holds a list, or the list itself."""


class Fault(msgspec.Struct, forbid_unknown_fields=True):
    """One kind of trouble, for so many requests whose path contains `path`, after the first `skip`."""

    kind: str
    count: int = 1
    path: str = "/"
    skip: int = 0
    status: int = 0
    """Of the answer; 0: 503 for a server error, 403 for a refusal."""
    retry_after: int = 1
    seconds: float = 1.0
    size: int = 10_000_000
    field: str = "status"
    rows: int = 3


TROUBLES = ("rate_limited", "server_error", "refused", "dropped", "slow", "html", "malformed_json")
OF_ANSWER = ("repeated_page", "unknown_status")


class Faults:
    """The faults that wait for their requests, and the last pages served, which some of them repeat."""

    def __init__(self, strange: Callable[[dict[str, Any]], None]) -> None:
        self._waiting: list[Fault] = []
        self._last: dict[str, Answer] = {}
        self._strange = strange
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """A fault waits for its requests."""
        kinds = [*TROUBLES, *OF_ANSWER, *SPOILERS]
        if fault.kind not in kinds:
            known = ", ".join([*kinds, "burst"])
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

    def spoiled(self, path: str, answer: Answer, struck: list[Fault]) -> Answer:
        """The page as the faults leave it; the page as it should be is kept for those that repeat it."""
        spoilers = [f for f in struck if f.kind not in TROUBLES]
        with self._lock:
            before = self._last.get(path)
            self._last[path] = answer
        spoiled = deepcopy(answer) if spoilers else answer
        for fault in spoilers:
            if fault.kind == "repeated_page":
                # Cursor and all, as from a stale cache: who follows it gets the right page next.
                spoiled = before or spoiled
            elif fault.kind == "unknown_status":
                for row in _rows(spoiled.payload)[:1]:
                    self._strange(row)
            else:
                SPOILERS[fault.kind](spoiled.payload, before.payload if before else None, fault)
        return spoiled


def _rows(payload: Payload) -> list[dict[str, Any]]:
    if isinstance(payload, list):
        return payload
    payload = payload.get("_embedded", payload)  # where HAL keeps its lists
    return next((v for v in payload.values() if isinstance(v, list) and v and isinstance(v[0], dict)), [])


def _shifted(payload: Payload, before: Payload | None, fault: Fault) -> None:
    if before:
        _rows(payload)[:0] = _rows(before)[-fault.rows :]


def _unknown_field(payload: Payload, before: Payload | None, fault: Fault) -> None:
    for row in _rows(payload):
        row["brand_new_field"] = {"since": "today"}


def _missing_field(payload: Payload, before: Payload | None, fault: Fault) -> None:
    for row in _rows(payload)[:1]:
        row.pop(fault.field, None)


def _huge_body(payload: Payload, before: Payload | None, fault: Fault) -> None:
    for row in _rows(payload)[:1]:
        if "description" in row:
            row["description"] = "x" * fault.size
        for event in row.get("events", [])[:1]:
            event["body"] = "x" * fault.size


def _wrong_types(payload: Payload, before: Payload | None, fault: Fault) -> None:
    for row in _rows(payload)[:1]:
        for name, value in {"created_at": 12345, "tags": "not a list", "via": None, "events": {}}.items():
            if name in row:
                row[name] = value


SPOILERS: dict[str, Callable[[Payload, Payload | None, Fault], None]] = {
    "shifted_page": _shifted,
    "unknown_field": _unknown_field,
    "missing_field": _missing_field,
    "huge_body": _huge_body,
    "wrong_types": _wrong_types,
}
