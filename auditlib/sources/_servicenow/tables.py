"""How ServiceNow's tables are asked: by encoded queries, page after page behind the last record's id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, SourceError
from auditlib.sources._servicenow.words import second
from auditlib.sources._shared.closed import Doors
from auditlib.sources._shared.records import listed

PATIENCE = 3
"""So many pages may show nothing new, as from a stale cache, or because all on them is hidden."""

Heeds = Callable[[Mapping[str, Any]], bool]


class Tables:
    """The tables of one instance."""

    def __init__(self, get: Get, source: str, size: int) -> None:
        self._get, self._source, self.size = get, source, size
        self._doors = Doors()

    def table(
        self, name: str, stream: str, query: str, fields: Iterable[str], limit: int | None = None, offset: int = 0
    ) -> Page:
        """One page of a table: values as they are stored, references as bare ids."""
        params: dict[str, Any] = {
            **({"sysparm_query": query} if query else {}),
            "sysparm_fields": ",".join(fields),
            "sysparm_limit": limit or self.size,
            "sysparm_display_value": "false",
            "sysparm_exclude_reference_link": "true",
        }
        if offset:
            params["sysparm_offset"] = offset
        return self._get(f"/api/now/table/{name}", params, stream=stream)

    def all(
        self, name: str, stream: str, query: str, fields: Iterable[str], limit: int, heeds: Heeds | None = None
    ) -> Iterator[Page]:
        """Every page of what a query finds."""
        for page, _, _ in self.behind(name, stream, query, list(fields), limit, "", heeds):
            yield page

    def optional(
        self, name: str, stream: str, query: str, fields: Iterable[str], limit: int, heeds: Heeds | None = None
    ) -> Iterator[Page]:
        """The same of a table that an audit can do without; if it is closed to us, it is asked once, and that said."""
        return self._doors.pages(self.all(name, stream, query, fields, limit, heeds), stream)

    def behind(
        self, name: str, stream: str, query: str, fields: Sequence[str], limit: int, after: str, heeds: Heeds | None
    ) -> Iterator[tuple[Page, str, bool]]:
        """Pages in the order of ids, with the last one on each: what is inserted or moves meanwhile shifts nothing."""
        offset = still = 0
        while True:
            parts = [query, f"sys_id>{after}" if after else "", "ORDERBYsys_id"]
            page = self.table(name, stream, "^".join(filter(None, parts)), fields, limit, offset)
            rows = rows_of(page)
            self._check(page, rows, heeds)
            last = max([after, *(text(row, "sys_id") for row in rows)])
            # A page is short where access rules hide some of it: only the missing link proves the end.
            if page.following is None and len(rows) < limit:
                yield page, last, True
                return
            still = 0 if last > after else still + 1
            if still > PATIENCE and rows:
                raise SourceError(f"{self._source}: {page.url.partition('?')[0]} goes on without going forward")
            offset = 0 if last > after or rows else offset + limit
            after = last
            yield page, last, False

    def _check(self, page: Page, rows: Iterable[Mapping[str, Any]], heeds: Heeds | None) -> None:
        """A condition that ServiceNow does not understand, or may not heed, is left out without a word."""
        if heeds is not None and not all(heeds(row) for row in rows):
            raise SourceError(
                f"{self._source}: {page.url.partition('?')[0]} answered with records that were not asked for: a "
                "condition of the query was left out, as ServiceNow does where the account may not read a field. Let "
                "the account read the fields that the source's page names"
            )


def rows_of(*pages: Page) -> list[Mapping[str, Any]]:
    """The records of some pages, as far as they are records."""
    return [row for page in pages for row in listed(page, "result") if isinstance(row, dict)]


def text(row: Mapping[str, Any], field: str) -> str:
    """The text that a field holds; nothing where it holds none."""
    value = row.get(field)
    return value if isinstance(value, str) else ""


def moved(row: Any) -> int | None:
    """When a record was last changed, if it says so readably."""
    try:
        return second(row["sys_updated_on"])
    except (ValueError, KeyError, TypeError):
        return None


def within(since: int, until: int | None) -> Heeds:
    """Whether a record was changed in a window, as far as it can be told."""

    def heeds(row: Mapping[str, Any]) -> bool:
        at = moved(row)
        return at is None or (at >= since and (until is None or at < until))

    return heeds


def among(field: str, asked: set[str]) -> Heeds:
    """Whether a record is of those that were asked for, as far as it can be told."""
    return lambda row: not isinstance(row.get(field), str) or row[field] in asked
