"""Zendesk's three pagers: the export's cursor, `page[after]`, and plain pages with a count."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from auditlib.sandbox.flavour import Query, Refusal


class BadRequest(Refusal):
    """A request that Zendesk would refuse, with its status and its words."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(status, {"error": error, "description": description})


def number(query: Query, name: str, default: int) -> int:
    """A whole number of the query."""
    try:
        return int(query.get(name, default))
    except ValueError:
        raise BadRequest(400, "InvalidValue", f"{name} must be an integer") from None


def export_page(
    name: str,
    rows: Sequence[Any],
    key: Callable[[Any], tuple[int, int]],
    show: Callable[[Any], dict[str, Any]],
    query: Query,
    now: int,
    url: str,
) -> dict[str, Any]:
    """A page of an export: rows in the order of (generated, id), after a cursor or from a start time on."""
    size = max(1, min(number(query, "per_page", 1000), 1000))
    if "cursor" in query:
        after = _decoded(query["cursor"])
    else:
        if "start_time" not in query:
            raise BadRequest(400, "InvalidValue", "start_time or cursor is required")
        start = number(query, "start_time", 0)
        if start > now - 60:
            raise BadRequest(400, "StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds")
        after = (start - 1, 1 << 62)
    begin = bisect_right(rows, after, key=key)
    some = rows[begin : begin + size]
    last = key(some[-1]) if some else after
    cursor = base64.b64encode(f"{last[0]}.0||{last[1]}|".encode()).decode()
    is_end = begin + size >= len(rows)
    kept = {k: v for k, v in query.items() if k not in ("cursor", "start_time")}
    following = f"{url}?{urlencode({'cursor': cursor, **kept})}"
    return {
        name: [show(row) for row in some],
        "after_url": following,
        "before_url": None,
        "after_cursor": cursor,
        "before_cursor": None,
        "end_of_stream": is_end,
    }


def listed(name: str, rows: Sequence[dict[str, Any]], query: Query, url: str, size: int = 100) -> dict[str, Any]:
    """A page of a list: by cursor where `page[size]` or `page[after]` asks for it, otherwise by number."""
    if "page[size]" in query or "page[after]" in query:
        return _by_cursor(name, rows, query, url, size)
    size = max(1, min(number(query, "per_page", size), size))
    page = max(1, number(query, "page", 1))
    if page > 100 and size * page > 10_000:
        raise BadRequest(400, "InvalidPaginationDepth", "Limited to 100 pages of 100; use cursor pagination")
    end = page * size
    kept = {k: v for k, v in query.items() if k != "page"}
    return {
        name: rows[end - size : end],
        "count": len(rows),
        "next_page": f"{url}?{urlencode({**kept, 'page': page + 1})}" if end < len(rows) else None,
        "previous_page": f"{url}?{urlencode({**kept, 'page': page - 1})}" if page > 1 else None,
    }


def _by_cursor(name: str, rows: Sequence[dict[str, Any]], query: Query, url: str, most: int) -> dict[str, Any]:
    size = max(1, min(number(query, "page[size]", most), most))
    begin = _decoded(query["page[after]"])[0] if query.get("page[after]") else 0
    end = begin + size
    cursor = base64.b64encode(f"{end}.0||{end}|".encode()).decode()
    kept = {k: v for k, v in query.items() if k != "page[after]"}
    has_more = end < len(rows)
    return {
        name: rows[begin:end],
        "meta": {
            "has_more": has_more,
            "after_cursor": cursor if rows[begin:end] else None,
            "before_cursor": None,
        },
        "links": {
            "next": f"{url}?{urlencode({**kept, 'page[after]': cursor})}" if has_more else None,
            "prev": None,
        },
    }


def _decoded(cursor: str) -> tuple[int, int]:
    try:
        at, _, row, _ = base64.b64decode(cursor, validate=True).decode().replace("|", " ").split(" ")
        return int(float(at)), int(row)
    except (ValueError, binascii.Error):
        raise BadRequest(400, "InvalidCursor", "The cursor is not valid") from None
