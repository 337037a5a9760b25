"""How Salesforce is asked: SOQL, page after page behind the last record's id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditlib.sources import Get, Page, SourceError
from auditlib.sources._shared import records
from auditlib.sources._shared.closed import Doors
from auditlib.sources._shared.records import listed

MOST = 2000
"""The most records that a query gives at once."""
PATIENCE = 3
ABSENT = "INVALID_TYPE"
"""What Salesforce says of an object that the organization does not have, or that the user may not see."""


class Queries:
    """The objects of one organization."""

    def __init__(self, get: Get, source: str, version: str) -> None:
        self._get, self._source, self.version = get, source, version
        self._doors = Doors(ABSENT)

    def query(self, soql: str, stream: str, everything: bool = False) -> Page:
        """One query; `everything`: what lies in the recycle bin, too."""
        path = f"/services/data/{self.version}/{'queryAll' if everything else 'query'}"
        return self._get(path, {"q": soql}, stream=stream)

    def optional(
        self, name: str, stream: str, fields: Sequence[str], conditions: Sequence[str], door: str = ""
    ) -> Iterator[Page]:
        """The records of an object that not every organization has; if it has not, it is asked once, and that said.

        `door`: under which name several streams of one object are said to be closed.
        """
        return self._doors.pages(self.behind(name, stream, fields, conditions, MOST), door or stream)

    def behind(
        self, name: str, stream: str, fields: Sequence[str], conditions: Sequence[str], limit: int, after: str = "",
        everything: bool = False,
    ) -> Iterator[Page]:  # fmt: skip
        """Pages in the order of ids: what is inserted or moves meanwhile shifts nothing."""
        still = 0
        while True:
            bounds = [*conditions, *([f"Id > '{after}'"] if after else [])]
            page = self.query(soql(name, fields, bounds, limit), stream, everything)
            yield page
            rows, last = len(listed(page, "records")), max([after, *ids(page)])
            # Where records are long, Salesforce gives fewer at once than the query asks for.
            seen: set[str] = set()
            while (following := _behind(page)) is not None:
                if following in seen:
                    raise SourceError(f"{self._source}: {following} leads back to itself; ask Salesforce's support")
                seen.add(following)
                page = self._get(following, None, stream=stream)
                yield page
                rows, last = rows + len(listed(page, "records")), max([last, *ids(page)])
            if rows < limit:
                return
            still = 0 if last > after else still + 1
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {name} goes on without going forward; ask Salesforce's support")
            after = last


def soql(name: str, fields: Iterable[str], conditions: Sequence[str], limit: int) -> str:
    """A query for some fields of an object, in the order of ids."""
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {','.join(dict.fromkeys(fields))} FROM {name}{where} ORDER BY Id LIMIT {limit}"


def among(field: str, values: Iterable[str]) -> str:
    """That a field is one of some values."""
    escaped = (value.replace("\\", "\\\\").replace("'", "\\'") for value in values)
    quoted = ",".join(f"'{value}'" for value in escaped)
    return f"{field} IN ({quoted})"


def ids(page: Page) -> list[str]:
    """The ids of a page's records."""
    return told([page], "Id")


def told(pages: Iterable[Page], field: str) -> list[str]:
    """The text that a field of some pages' records holds; empty where it holds none."""
    rows = (row for page in pages for row in listed(page, "records") if isinstance(row, dict))
    return [value if isinstance(value := row.get(field), str) else "" for row in rows]


def _behind(page: Page) -> str | None:
    """Where an answer goes on that could not hold all of it; nothing where it says that it is done."""
    body = records.told(page)
    if body.get("done") is True:
        return None
    following = body.get("nextRecordsUrl")
    if not isinstance(following, str) or not following:
        raise SourceError(f"{page.url} says neither that it is done nor where it goes on; Salesforce always says one")
    return following


def batches(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The same values, some at a time."""
    return (values[begin : begin + size] for begin in range(0, len(values), size))
