"""How ServiceNow is asked: tables by encoded queries, page after page behind the last record's id."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.words import COMPANY, CUSTOM, ROLES, STATES, SYSTEM, second, stamp
from auditlib.sources._shared.closed import unless_closed
from auditlib.sources._shared.records import listed

PAGE_SIZE = 100
"""So many tickets at once: their ids stand in the queries for what belongs to them."""
DETAIL = 20
"""So many records of what belongs to a ticket are asked for, for each ticket of a page."""
NAMES = 50
PATIENCE = 3
"""So many pages may show nothing new, as from a stale cache, or because all on them is hidden."""
OVERLAP = 15 * 60
"""Seconds that the next night reads again: a long transaction is seen later than it is dated."""
AUDITED = ("state", "hold_reason", "priority", "assignment_group", "assigned_to", "caller_id", "contact", "consumer")

Heeds = Callable[[Mapping[str, Any]], bool]


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of tickets, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One instance, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self.size = max(1, min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE))
        self.tickets = str(settings.options.get("table", "incident"))
        if self.tickets not in STATES:
            raise SourceError(
                f"{self._source}: options.table is {self.tickets!r}; tickets are read from {' or '.join(STATES)}"
            )
        self.roles = [*ROLES, *settings.options.get("agent_roles", ())]
        self.customs = sorted({f.removeprefix(CUSTOM) for f in settings.fields.values() if f.startswith(CUSTOM)})
        self.of_company = sorted({f.removeprefix(COMPANY) for f in settings.fields.values() if f.startswith(COMPANY)})

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

    def count(self, query: str) -> Page:
        """How many tickets a query finds, as the instance counts."""
        params = {"sysparm_query": query, "sysparm_count": "true"}
        return self._get(f"/api/now/stats/{self.tickets}", params, stream="count")

    def beside(self) -> list[Page]:
        """What is needed to read any ticket: the names of states and groups."""
        labels = f"nameIN{self.tickets},task^elementINstate,hold_reason,priority^language=en^inactive=false"
        choices = self.all("sys_choice", "choices", labels, shapes.asked(shapes.Choice), 1000)
        groups = self.all("sys_user_group", "groups", "", shapes.asked(shapes.Group), 1000)
        return [*choices, *groups]

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Tickets that changed in the window, by id; who changes meanwhile is found again the next night."""
        since = int(cursor.get("since", window.since))
        after, begun, latest = cursor.get("after", ""), cursor.get("begun"), int(cursor.get("latest", since))
        bounds = [f"sys_updated_on>={stamp(since)}"]
        if window.until is not None:
            bounds.append(f"sys_updated_on<{stamp(window.until)}")
        fields = [*shapes.asked(shapes.Task), *self.customs]
        for page, last, is_last in self._behind(
            self.tickets, "tickets", "^".join(bounds), fields, self.size, after, _within(since, window.until)
        ):
            begun = page.served_at if begun is None else begun
            latest = max([latest, *(at for row in listed(page, "result") if (at := _moved(row)) is not None)])
            if is_last:
                again = max(window.since, min(latest, latest if begun is None else begun) - OVERLAP)
                yield Step(page, {"since": again, "done_until": window.until, "begun": begun}, True)
            else:
                yield Step(page, {"since": since, "after": last, "begun": begun, "latest": latest}, False)

    def whole(self, tickets: Sequence[str], names: Iterable[str], people: Iterable[str]) -> Iterator[Page]:
        """Changes and entries of some tickets, then everybody who is named in them."""
        if not tickets:
            return
        limit, of_these = self.size * DETAIL, set(tickets)
        audited = ",".join([*AUDITED, *self.customs])
        query = f"tablename={self.tickets}^documentkeyIN{','.join(tickets)}^fieldnameIN{audited}"
        audit = self.all(
            "sys_audit", "changes", query, shapes.asked(shapes.Change), limit, _among("documentkey", of_these)
        )
        query = f"element_idIN{','.join(tickets)}^elementINcomments,work_notes"
        fields = shapes.asked(shapes.Entry)
        journal = self.all("sys_journal_field", "entries", query, fields, limit, _among("element_id", of_these))
        told = [*audit, *journal]
        yield from told
        rows = [row for page in told for row in listed(page, "result") if isinstance(row, dict)]
        wrote = {str(row.get(by) or "") for row in rows for by in ("user", "sys_created_by")}
        # Whoever held a ticket, or asked for it, is named by id in the change that ended it.
        held = ("assigned_to", "caller_id", "contact")
        had = {
            str(row.get(at) or "") for row in rows if row.get("fieldname") in held for at in ("oldvalue", "newvalue")
        }
        yield from self.people({*names, *wrote}, {*people, *had})

    def people(self, names: Iterable[str], ids: Iterable[str]) -> Iterator[Page]:
        """Users by name or id, with the roles that make agents."""
        wanted = [("user_name", n) for n in sorted(set(names) - {"", SYSTEM}) if "," not in n and "^" not in n]
        wanted += [("sys_id", number) for number in sorted(set(ids) - {""})]
        for some in _batches(wanted):
            by = {key: ",".join(value for k, value in some if k == key) for key in ("user_name", "sys_id")}
            query = "^OR".join(f"{key}IN{values}" for key, values in by.items() if values)
            found = list(self.all("sys_user", "users", query, shapes.asked(shapes.User), 2 * NAMES))
            yield from found
            users = [str(row["sys_id"]) for page in found for row in listed(page, "result") if "sys_id" in row]
            if users:
                query = f"userIN{','.join(users)}^role.nameIN{','.join(self.roles)}"
                yield from self.all("sys_user_has_role", "roles", query, shapes.asked(shapes.Role), 10 * NAMES)

    def companies(self, ids: Iterable[str]) -> Iterator[Page]:
        """The organizations that some tickets name, with the fields that are mapped."""
        name = "customer_account" if self.tickets == "sn_customerservice_case" else "core_company"
        for some in _batches(sorted(set(ids) - {""})):
            fields = [*shapes.asked(shapes.Company), *self.of_company]
            yield from self.all(name, "companies", f"sys_idIN{','.join(some)}", fields, NAMES)

    def deletions(self, since: int, until: int | None) -> Iterator[Page]:
        """What was deleted since; and which of it is there again."""
        query = f"tablename={self.tickets}^sys_created_on>={stamp(since)}"
        query += "" if until is None else f"^sys_created_on<{stamp(until)}"
        fields = shapes.asked(shapes.Deletion)
        told = self.all("sys_audit_delete", "deletions", query, fields, self.size)
        for page in unless_closed(told, "deletions"):
            yield page
            if page.stream != "deletions":
                return
            gone = [str(row["documentkey"]) for row in listed(page, "result") if isinstance(row, dict)]
            if gone:
                again = f"sys_idIN{','.join(gone)}"
                yield from self.all(self.tickets, "restored", again, ["sys_id"], self.size, _among("sys_id", set(gone)))

    def all(
        self, name: str, stream: str, query: str, fields: Iterable[str], limit: int, heeds: Heeds | None = None
    ) -> Iterator[Page]:
        """Every page of what a query finds."""
        for page, _, _ in self._behind(name, stream, query, list(fields), limit, "", heeds):
            yield page

    def _behind(
        self, name: str, stream: str, query: str, fields: Sequence[str], limit: int, after: str, heeds: Heeds | None
    ) -> Iterator[tuple[Page, str, bool]]:
        """Pages in the order of ids, with the last one on each: what is inserted or moves meanwhile shifts nothing."""
        offset = still = 0
        while True:
            parts = [query, f"sys_id>{after}" if after else "", "ORDERBYsys_id"]
            page = self.table(name, stream, "^".join(filter(None, parts)), fields, limit, offset)
            rows = [row for row in listed(page, "result") if isinstance(row, dict)]
            self._check(page, rows, heeds)
            last = max([after, *(str(row.get("sys_id", "")) for row in rows)])
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


def _moved(row: Any) -> int | None:
    try:
        return second(row["sys_updated_on"])
    except (ValueError, KeyError, TypeError):
        return None


def _within(since: int, until: int | None) -> Heeds:
    def heeds(row: Mapping[str, Any]) -> bool:
        at = _moved(row)
        return at is None or (at >= since and (until is None or at < until))

    return heeds


def _among(field: str, asked: set[str]) -> Heeds:
    return lambda row: row.get(field) in asked or field not in row


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[begin : begin + NAMES] for begin in range(0, len(values), NAMES))
