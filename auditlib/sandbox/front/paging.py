"""Front's lists: page tokens, pages that are shorter than asked for or empty, and what is refused."""

from __future__ import annotations

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from auditlib.sandbox.flavour import Asked, Refusal
from auditlib.sandbox.front.words import Payload, address
from auditlib.sandbox.view import View

T = TypeVar("T")
Place = tuple[int, int]

MOST, USUAL = 100, 50
PAGED = frozenset({"limit", "page_token"})
SORTED = PAGED | {"sort_by", "sort_order"}
SHORT, EMPTY = 5, 17
"""One page of so many is shorter than asked for; one of so many is empty, and yet not the last."""
TITLES = {400: "Bad request", 401: "Unauthenticated", 403: "Forbidden", 404: "Not found", 429: "Too many requests"}


def refusal(status: int, message: str) -> Payload:
    """How Front words an error."""
    return {"_error": {"status": status, "title": TITLES.get(status, "Internal server error"), "message": message}}


def refused(message: str, status: int = 400) -> Refusal:
    """The refusal that a handler raises."""
    return Refusal(status, refusal(status, message))


def check(asked: Asked, known: Collection[str]) -> None:
    """Refuses a parameter that is not described."""
    if unknown := sorted({name for name, _ in asked.sent} - set(known)):
        raise refused(f"unknown parameter {unknown[0]}")


def values(asked: Asked, name: str) -> list[str]:
    """What was sent under a name that may be repeated."""
    return [value for told, value in asked.sent if told == name]


def whole(view: View, rows: list[Payload], path: str) -> Payload:
    """A list that has no pages."""
    return {"_links": {"self": address(view.world.company, path)}, "_results": rows}


def is_down(asked: Asked, by: str) -> bool:
    """Whether the newest comes first, as it does unless the other is asked for."""
    if asked.query.get("sort_by", by) != by:
        raise refused(f"sort_by only supports {by}")
    if asked.query.get("sort_order", "desc") not in ("asc", "desc"):
        raise refused("sort_order must be asc or desc")
    return asked.query.get("sort_order", "desc") == "desc"


def paged(
    view: View,
    asked: Asked,
    rows: Sequence[T],
    place: Callable[[T], Place],
    shown: Callable[[T], Payload],
    down: bool = True,
    most: int = MOST,
) -> Payload:
    """A page behind its token, which is a place in the order: `rows` come in their rising order."""
    size = _size(asked, most)
    behind, is_told_empty = _placed(asked.query.get("page_token"))
    if behind is not None:
        cut = bisect_left(rows, behind, key=place) if down else bisect_right(rows, behind, key=place)
        rows = rows[:cut] if down else rows[cut:]
    some = list(rows[-size:][::-1] if down else rows[:size])
    following = None
    if len(rows) > len(some):
        turn = place(some[0])[0] // 1000 + place(some[0])[1]
        if behind is not None and turn % EMPTY == 0 and not is_told_empty:
            some, following = [], _token(behind, True)
        else:
            some = some[: max(1, size // 2)] if turn % SHORT == 0 else some
            following = _token(place(some[-1]), False)
    path = asked.path.removeprefix("/")
    return {
        "_pagination": {"next": _next(view, asked, path, following) if following else None},
        "_links": {"self": address(view.world.company, path)},
        "_results": [shown(row) for row in some],
    }


def _next(view: View, asked: Asked, path: str, token: str) -> str:
    more = {name: value for name, value in asked.query.items() if name != "page_token"}
    return f"{address(view.world.company, path)}?{urlencode({**more, 'page_token': token})}"


def _size(asked: Asked, most: int) -> int:
    told = asked.query.get("limit", str(min(USUAL, most)))
    if not told.isdigit() or not 1 <= int(told) <= most:
        raise refused(f"limit must be between 1 and {most}")
    return int(told)


def _token(place: Place, is_told_empty: bool) -> str:
    return base64.urlsafe_b64encode(json.dumps([*place, is_told_empty]).encode()).decode().rstrip("=")


def _placed(token: str | None) -> tuple[Place | None, bool]:
    if token is None:
        return None, False
    try:
        ms, number, is_told_empty = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        raise refused("page_token is invalid") from None
    return (ms, number), is_told_empty
