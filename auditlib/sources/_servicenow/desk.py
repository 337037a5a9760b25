"""What ServiceNow is asked for: the tickets of a window, whole, with who is named in them and what was deleted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._servicenow import shapes
from auditlib.sources._servicenow.tables import Tables, among, moved, rows_of, text, within
from auditlib.sources._servicenow.words import COMPANY, CUSTOM, ROLES, STATES, SYSTEM, stamp
from auditlib.sources._shared.closed import STREAM as CLOSED
from auditlib.sources._shared.closed import unless_closed

PAGE_SIZE = 100
"""So many tickets at once: their ids stand in the queries for what belongs to them."""
DETAIL = 20
"""So many records of what belongs to a ticket are asked for, for each ticket of a page."""
NAMES = 50
DEEP = 4
"""So deep schedules may hold each other: holidays within hours, and a company's within a country's."""
OVERLAP = 15 * 60
"""Seconds that the next night reads again: a long transaction is seen later than it is dated."""
AUDITED = ("state", "hold_reason", "priority", "assignment_group", "assigned_to", "caller_id", "contact", "consumer")
SURVEYS = "metric_type.evaluation_method=survey"
"""Assessments are surveys, and much else that nobody asks customers."""


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of tickets, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk(Tables):
    """One instance, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        super().__init__(get, settings.name, max(1, min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE)))
        self.tickets = str(settings.options.get("table", "incident"))
        if self.tickets not in STATES:
            raise SourceError(
                f"{self._source}: options.table is {self.tickets!r}; tickets are read from {' or '.join(STATES)}"
            )
        self.roles = [*ROLES, *settings.options.get("agent_roles", ())]
        self.customs = sorted({f.removeprefix(CUSTOM) for f in settings.fields.values() if f.startswith(CUSTOM)})
        self.of_company = sorted({f.removeprefix(COMPANY) for f in settings.fields.values() if f.startswith(COMPANY)})
        self._default = str(settings.options.get("schedule", ""))
        self._schedules: set[str] = set()
        self._hours: list[Page] = []

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
        """Tickets that changed in the window, by id, then those of which only a survey did; who changes meanwhile is
        found again the next night."""
        since = int(cursor.get("since", window.since))
        begun, latest = cursor.get("begun"), int(cursor.get("latest", since))
        before: Step | None = None
        for page, behind in self._pages(cursor, since, window.until):
            begun = page.served_at if begun is None else begun
            latest = max([latest, *(at for row in rows_of(page) if (at := moved(row)) is not None)])
            if before is not None:
                yield before
            before = Step(page, {"since": since, "begun": begun, "latest": latest, **behind}, False)
        if before is not None:
            again = max(window.since, min(latest, latest if begun is None else begun) - OVERLAP)
            yield Step(before.page, {"since": again, "done_until": window.until, "begun": begun}, True)

    def _pages(self, cursor: Mapping[str, Any], since: int, until: int | None) -> Iterator[tuple[Page, dict[str, Any]]]:
        bounds = [f"sys_updated_on>={stamp(since)}"]
        if until is not None:
            bounds.append(f"sys_updated_on<{stamp(until)}")
        fields, after = [*shapes.asked(shapes.Task), *self.customs], str(cursor.get("after", ""))
        told: set[str] = set()
        for page, last, _ in self.behind(
            self.tickets, "tickets", "^".join(bounds), fields, self.size, after, within(since, until)
        ):
            told.update(text(row, "sys_id") for row in rows_of(page))
            after = last
            yield page, {"after": last}
        # An answer to a survey does not touch its ticket.
        query, asked = "^".join([SURVEYS, *bounds]), ["sys_id", "task_id", "sys_updated_on"]
        surveys = self.optional("asmt_assessment_instance", "surveys", query, asked, 1000, within(since, until))
        tasks = {text(row, "task_id") for row in rows_of(*_open(surveys))}
        left = sorted(task for task in tasks - told if task > str(cursor.get("surveyed", "")))
        for some in _batches(left, self.size):
            for page in self._named(fields, some):
                yield page, {"after": after, "surveyed": some[-1]}

    def _named(self, fields: Sequence[str], tickets: Sequence[str]) -> Iterator[Page]:
        """Some tickets by their ids; tasks of other kinds are none of them."""
        query = f"sys_idIN{','.join(tickets)}"
        return self.all(self.tickets, "tickets", query, fields, self.size, among("sys_id", set(tickets)))

    def whole(self, tickets: Sequence[str], names: Iterable[str], people: Iterable[str]) -> Iterator[Page]:
        """Changes, entries, service levels and surveys of some tickets, then everybody who is named in them."""
        if not tickets:
            return
        told = [*self._happened(tickets)]
        yield from told
        beside = [*self._promised(tickets), *self._surveyed(tickets)]
        yield from beside
        rows = rows_of(*told)
        wrote = {text(row, by) for row in rows for by in ("user", "sys_created_by")}
        # Whoever held a ticket, or asked for it, is named by id in the change that ended it.
        held = ("assigned_to", "caller_id", "contact")
        had = {text(row, at) for row in rows if row.get("fieldname") in held for at in ("oldvalue", "newvalue")}
        had |= {text(row, "user") for row in rows_of(*_open(beside))}
        yield from self.people({*names, *wrote}, {*people, *had})

    def _happened(self, tickets: Sequence[str]) -> Iterator[Page]:
        limit, these = self.size * DETAIL, set(tickets)
        audited = ",".join([*AUDITED, *self.customs])
        query = f"tablename={self.tickets}^documentkeyIN{','.join(tickets)}^fieldnameIN{audited}"
        yield from self.all(
            "sys_audit", "changes", query, shapes.asked(shapes.Change), limit, among("documentkey", these)
        )
        query = f"element_idIN{','.join(tickets)}^elementINcomments,work_notes"
        fields = shapes.asked(shapes.Entry)
        yield from self.all("sys_journal_field", "entries", query, fields, limit, among("element_id", these))

    def _promised(self, tickets: Sequence[str]) -> Iterator[Page]:
        """The service levels of some tickets, and the hours that they keep."""
        query, these = f"taskIN{','.join(tickets)}", set(tickets)
        fields = shapes.asked(shapes.Promise)
        found = [*self.optional("task_sla", "levels", query, fields, self.size * DETAIL, among("task", these))]
        yield from found
        named = {text(row, "schedule") for row in rows_of(*_open(found))}
        if not self._hours:
            named |= self._by_default()
        if named - self._schedules - {""}:
            self._schedules |= named - {""}
            self._hours = [*self._kept()]
        yield from self._hours

    def _by_default(self) -> set[str]:
        """The schedule that the settings name for tickets without a service level."""
        if not self._default:
            return set()
        told = [*self.optional("cmn_schedule", "hours", f"name={self._default}", shapes.asked(shapes.Hours), 10)]
        found = {text(row, "sys_id") for row in rows_of(*_open(told)) if row.get("name") == self._default}
        if not found and all(page.stream == "hours" for page in told):
            raise SourceError(f"{self._source}: options.schedule is {self._default!r}, which ServiceNow does not show")
        return found

    def _kept(self) -> Iterator[Page]:
        """All schedules met so far, with their entries, and those that stand within them."""
        wanted, known = set(self._schedules), set[str]()
        for _ in range(DEEP):
            ids, known = ",".join(sorted(wanted)), known | wanted
            yield from self.optional("cmn_schedule", "hours", f"sys_idIN{ids}", shapes.asked(shapes.Hours), 1000)
            yield from self.optional("cmn_schedule_span", "spans", f"scheduleIN{ids}", shapes.asked(shapes.Span), 1000)
            fields = shapes.asked(shapes.Within)
            inner = [*self.optional("cmn_other_schedule", "within", f"scheduleIN{ids}", fields, 1000)]
            yield from inner
            wanted = {text(row, "child_schedule") for row in rows_of(*_open(inner))} - known - {""}
            if not wanted:
                return

    def _surveyed(self, tickets: Sequence[str]) -> Iterator[Page]:
        ids, these, limit = ",".join(tickets), set(tickets), self.size * DETAIL
        query, fields = f"{SURVEYS}^task_idIN{ids}", shapes.asked(shapes.Survey)
        yield from self.optional("asmt_assessment_instance", "surveys", query, fields, limit, among("task_id", these))
        query, fields = f"instance.task_idIN{ids}", shapes.asked(shapes.Answer)
        heeds = among("instance.task_id", these)
        yield from self.optional("asmt_metric_result", "answers", query, fields, limit, heeds)

    def people(self, names: Iterable[str], ids: Iterable[str]) -> Iterator[Page]:
        """Users by name or id, with the roles that make agents."""
        wanted = [("user_name", n) for n in sorted(set(names) - {"", SYSTEM}) if "," not in n and "^" not in n]
        wanted += [("sys_id", number) for number in sorted(set(ids) - {""})]
        for some in _batches(wanted, NAMES):
            by = {key: ",".join(value for k, value in some if k == key) for key in ("user_name", "sys_id")}
            query = "^OR".join(f"{key}IN{values}" for key, values in by.items() if values)
            found = list(self.all("sys_user", "users", query, shapes.asked(shapes.User), 2 * NAMES))
            yield from found
            users = [number for row in rows_of(*found) if (number := text(row, "sys_id"))]
            if users:
                query = f"userIN{','.join(users)}^role.nameIN{','.join(self.roles)}"
                yield from self.all("sys_user_has_role", "roles", query, shapes.asked(shapes.Role), 10 * NAMES)

    def companies(self, ids: Iterable[str]) -> Iterator[Page]:
        """The organizations that some tickets name, with the fields that are mapped."""
        name = "customer_account" if self.tickets == "sn_customerservice_case" else "core_company"
        for some in _batches(sorted(set(ids) - {""}), NAMES):
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
            gone = [number for row in rows_of(page) if (number := text(row, "documentkey"))]
            if gone:
                again = f"sys_idIN{','.join(gone)}"
                yield from self.all(self.tickets, "restored", again, ["sys_id"], self.size, among("sys_id", set(gone)))


def _open(pages: Iterable[Page]) -> list[Page]:
    """Pages without those that say that something is closed."""
    return [page for page in pages if page.stream != CLOSED]


def _batches(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[begin : begin + size] for begin in range(0, len(values), size))
