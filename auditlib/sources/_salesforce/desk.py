"""How Salesforce is asked: SOQL, page after page behind the last record's id."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.words import ACCOUNT, CASE, CUSTOM, PERSON, is_id
from auditlib.sources._shared.records import listed
from auditlib.sources._shared.values import stamp

PAGE_SIZE = 100
"""So many cases at once: their ids stand in the queries for what belongs to them."""
MOST = 2000
"""The most records that a query gives at once."""
PATIENCE = 3
OVERLAP = 15 * 60
"""Seconds that the next night reads again: a long transaction is seen later than it is dated."""
VERSION = "v61.0"
TRACED = ("Status", "Owner", "Priority", "Contact")
WRITTEN = ("EmailMessage", "CaseComment")


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of cases, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One organization, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self.size = max(1, min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE))
        self.version = str(settings.options.get("version", VERSION))
        group = settings.options.get("group_field")
        customs = {f.removeprefix(CUSTOM) for f in settings.fields.values() if f.startswith(CUSTOM)}
        self.customs = sorted(customs | ({str(group)} if group else set()))
        self.of_account = sorted({f.removeprefix(ACCOUNT) for f in settings.fields.values() if f.startswith(ACCOUNT)})

    def query(self, soql: str, stream: str, everything: bool = False) -> Page:
        """One query; `everything`: what lies in the recycle bin, too."""
        path = f"/services/data/{self.version}/{'queryAll' if everything else 'query'}"
        return self._get(path, {"q": soql}, stream=stream)

    def count(self, since: int) -> Page:
        """How many cases came since, as the organization counts."""
        return self.query(f"SELECT COUNT() FROM Case WHERE CreatedDate >= {stamp(since)}", "count")

    def beside(self) -> list[Page]:
        """What is needed to read any case: statuses and queues."""
        statuses = self.query(f"SELECT {','.join(shapes.asked(shapes.Status))} FROM CaseStatus", "statuses")
        return [statuses, *self._behind("Group", "queues", shapes.asked(shapes.Named), ["Type = 'Queue'"], MOST)]

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Cases that changed in the window by id; then those in which only something was written."""
        since, begun = int(cursor.get("since", window.since)), cursor.get("begun")
        before: Step | None = None
        for page, behind in self._pages(cursor, since, window.until):
            begun = page.served_at if begun is None else begun
            if before is not None:
                yield before
            before = Step(page, {"since": since, "begun": begun, **behind}, False)
        if before is not None:
            again = since if begun is None else max(window.since, begun - OVERLAP)
            yield Step(before.page, {"since": again, "done_until": window.until, "begun": begun}, True)

    def _pages(self, cursor: Mapping[str, Any], since: int, until: int | None) -> Iterator[tuple[Page, dict[str, Any]]]:
        bounds = [f"SystemModstamp >= {stamp(since)}"]
        if until is not None:
            bounds.append(f"SystemModstamp < {stamp(until)}")
        fields, after = [*shapes.asked(shapes.Case), *self.customs], str(cursor.get("after", ""))
        told: set[str] = set()
        for page in self._behind("Case", "cases", fields, bounds, self.size, after, everything=True):
            told.update(_ids(page))
            after = max([after, *_ids(page)])
            yield page, {"after": after}
        # A mail that comes in need not touch its case.
        parents = {parent for name in WRITTEN for parent in self._parents(name, bounds)}
        left = sorted(parent for parent in parents - told if parent > str(cursor.get("written", "")))
        for some in _batches(left, self.size):
            for page in self._named(fields, some):
                yield page, {"after": after, "written": some[-1]}

    def _named(self, fields: Sequence[str], cases: Sequence[str]) -> Iterator[Page]:
        """Some cases by their ids; what is not answered is asked for again: else it is gone for good."""
        missing = list(cases)
        for _ in range(PATIENCE):
            page = self.query(_soql("Case", fields, [f"Id IN ({_quoted(missing)})"], self.size), "cases", True)
            yield page
            told = set(_ids(page))
            missing = [case for case in missing if case not in told]
            if not missing:
                return

    def _parents(self, name: str, bounds: Sequence[str]) -> Iterator[str]:
        for page in self._behind(name, "parents", ["Id", "ParentId"], bounds, MOST):
            named = (str(row.get("ParentId") or "") for row in listed(page, "records"))
            yield from (parent for parent in named if parent.startswith(CASE))

    def whole(
        self, cases: Sequence[str], people: Iterable[str | None], contacts: Iterable[str | None]
    ) -> Iterator[Page]:
        """Changes, mails and comments of some cases, then everybody who is named in them."""
        if not cases:
            return
        traced = ",".join(f"'{name}'" for name in [*TRACED, *self.customs])
        told: list[Page] = []
        for name, key, shape, stream, more in (
            ("CaseHistory", "CaseId", shapes.Change, "changes", [f"Field IN ({traced})"]),
            ("EmailMessage", "ParentId", shapes.Mail, "mails", []),
            ("CaseComment", "ParentId", shapes.Comment, "comments", []),
        ):
            conditions = [f"{key} IN ({_quoted(cases)})", *more]
            told += self._behind(name, stream, shapes.asked(shape), conditions, MOST)
        yield from told
        rows = [row for page in told for row in listed(page, "records") if isinstance(row, dict)]
        users = {str(row.get("CreatedById") or "") for row in rows} | {number or "" for number in people}
        values = [str(row.get(name)) for row in rows for name in ("OldValue", "NewValue")]
        users |= {value for value in values if is_id(value) and value.startswith(PERSON)}
        asked = {number or "" for number in contacts}
        for some in _batches(sorted(users - {""}), PAGE_SIZE):
            page = self.query(_soql("User", shapes.asked(shapes.User), [f"Id IN ({_quoted(some)})"], MOST), "users")
            asked |= {str(row.get("ContactId") or "") for row in listed(page, "records")}
            yield page
        addresses = {str(row["FromAddress"]).lower() for row in rows if row.get("FromAddress") and row.get("Incoming")}
        yield from self._contacts(asked - {""}, addresses)

    def _contacts(self, ids: Iterable[str], addresses: Iterable[str]) -> Iterator[Page]:
        accounts: set[str] = set()
        for key, values in (("Id", sorted(ids)), ("Email", sorted(addresses))):
            for some in _batches(values, PAGE_SIZE):
                fields = shapes.asked(shapes.Contact)
                for page in self._behind("Contact", "contacts", fields, [f"{key} IN ({_quoted(some)})"], MOST):
                    accounts |= {str(row.get("AccountId") or "") for row in listed(page, "records")}
                    yield page
        for some in _batches(sorted(accounts - {""}), PAGE_SIZE):
            fields = [*shapes.asked(shapes.Named), *self.of_account]
            yield self.query(_soql("Account", fields, [f"Id IN ({_quoted(some)})"], MOST), "accounts")

    def _behind(
        self, name: str, stream: str, fields: Sequence[str], conditions: Sequence[str], limit: int, after: str = "",
        everything: bool = False,
    ) -> Iterator[Page]:  # fmt: skip
        """Pages in the order of ids: what is inserted or moves meanwhile shifts nothing."""
        still = 0
        while True:
            bounds = [*conditions, *([f"Id > '{after}'"] if after else [])]
            page = self.query(_soql(name, fields, bounds, limit), stream, everything)
            yield page
            rows, last = len(listed(page, "records")), max([after, *_ids(page)])
            # Where records are long, Salesforce gives fewer at once than the query asks for.
            while page.json().get("done") is not True:
                page = self._get(str(page.json()["nextRecordsUrl"]), None, stream=stream)
                yield page
                rows, last = rows + len(listed(page, "records")), max([last, *_ids(page)])
            if rows < limit:
                return
            still = 0 if last > after else still + 1
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {name} goes on without going forward; ask Salesforce's support")
            after = last


def _soql(name: str, fields: Iterable[str], conditions: Sequence[str], limit: int) -> str:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {','.join(dict.fromkeys(fields))} FROM {name}{where} ORDER BY Id LIMIT {limit}"


def _quoted(values: Iterable[str]) -> str:
    escaped = (value.replace("\\", "\\\\").replace("'", "\\'") for value in values)
    return ",".join(f"'{value}'" for value in escaped)


def _ids(page: Page) -> list[str]:
    return [str(row.get("Id", "")) for row in listed(page, "records") if isinstance(row, dict)]


def _batches(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (values[begin : begin + size] for begin in range(0, len(values), size))
