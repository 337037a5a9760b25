"""What Salesforce is asked for: the cases of a window, whole, with who is named in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.sources import Get, Page, Settings, Window
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.queries import MOST, PATIENCE, Queries, among, batches, ids, soql, told
from auditlib.sources._salesforce.words import ACCOUNT, CASE, CUSTOM, INVITATION, PERSON, is_id
from auditlib.sources._shared.closed import STREAM as CLOSED
from auditlib.sources._shared.records import listed
from auditlib.sources._shared.values import stamp

PAGE_SIZE = 100
"""So many cases at once: their ids stand in the queries for what belongs to them."""
OVERLAP = 15 * 60
"""Seconds that the next night reads again: a long transaction is seen later than it is dated."""
VERSION = "v61.0"
TRACED = ("Status", "Owner", "Priority", "Contact", "BusinessHours")
WRITTEN = ("EmailMessage", "CaseComment")


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of cases, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk(Queries):
    """One organization, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        super().__init__(get, settings.name, str(settings.options.get("version", VERSION)))
        self.size = max(1, min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE))
        group = settings.options.get("group_field")
        customs = {f.removeprefix(CUSTOM) for f in settings.fields.values() if f.startswith(CUSTOM)}
        self.customs = sorted(customs | ({str(group)} if group else set()))
        self.of_account = sorted({f.removeprefix(ACCOUNT) for f in settings.fields.values() if f.startswith(ACCOUNT)})

    def count(self, since: int) -> Page:
        """How many cases came since, as the organization counts."""
        return self.query(f"SELECT COUNT() FROM Case WHERE CreatedDate >= {stamp(since)}", "count")

    def described(self) -> Page:
        """The fields of cases, with the words that they can hold."""
        return self._get(f"/services/data/{self.version}/sobjects/Case/describe", None, stream="fields")

    def beside(self) -> list[Page]:
        """What is needed to read any case: statuses, queues, business hours and what milestones are called."""
        statuses = self.query(f"SELECT {','.join(shapes.asked(shapes.Status))} FROM CaseStatus", "statuses")
        queues = self.behind("Group", "queues", shapes.asked(shapes.Named), ["Type = 'Queue'"], MOST)
        hours = self.optional("BusinessHours", "hours", shapes.asked(shapes.Hours), [])
        kinds = self.optional("MilestoneType", "milestone_types", shapes.asked(shapes.Named), [])
        return [statuses, *queues, *hours, *kinds]

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
        shown: set[str] = set()
        for page in self.behind("Case", "cases", fields, bounds, self.size, after, everything=True):
            shown.update(ids(page))
            after = max([after, *ids(page)])
            yield page, {"after": after}
        # A mail that comes in need not touch its case, nor does a milestone or an answer to a survey.
        parents = {parent for parent in self._parents(bounds) if parent.startswith(CASE)}
        left = sorted(parent for parent in parents - shown if parent > str(cursor.get("written", "")))
        for some in batches(left, self.size):
            for page in self._named(fields, some):
                yield page, {"after": after, "written": some[-1]}

    def _named(self, fields: Sequence[str], cases: Sequence[str]) -> Iterator[Page]:
        """Some cases by their ids; what is not answered is asked for again: else it is gone for good."""
        missing = list(cases)
        for _ in range(PATIENCE):
            page = self.query(soql("Case", fields, [among("Id", missing)], self.size), "cases", True)
            yield page
            shown = set(ids(page))
            missing = [case for case in missing if case not in shown]
            if not missing:
                return

    def _parents(self, bounds: Sequence[str]) -> Iterator[str]:
        for name in WRITTEN:
            yield from told(self.behind(name, "parents", ["Id", "ParentId"], bounds, MOST), "ParentId")
        milestones = self.optional("CaseMilestone", "parents", ["Id", "CaseId"], bounds, door="milestones")
        yield from told(_open(milestones), "CaseId")
        subjects = self.optional("SurveySubject", "parents", ["Id", "SubjectId"], bounds, door="surveys")
        yield from told(_open(subjects), "SubjectId")
        answered = self.optional("SurveyResponse", "parents", ["Id", "InvitationId"], bounds, door="responses")
        pages = list(_open(answered))
        surveys = sorted({*told(pages, "Id"), *told(pages, "InvitationId")} - {""})
        for some in batches(surveys, PAGE_SIZE):
            of_them = [among("ParentId", some)]
            subjects = self.optional("SurveySubject", "parents", ["Id", "SubjectId"], of_them, door="surveys")
            yield from told(_open(subjects), "SubjectId")

    def whole(
        self, cases: Sequence[str], people: Iterable[str | None], contacts: Iterable[str | None]
    ) -> Iterator[Page]:
        """Changes, mails, comments, milestones and surveys of some cases, then everybody who is named in them."""
        if not cases:
            return
        traced = ",".join(f"'{name}'" for name in [*TRACED, *self.customs])
        happened: list[Page] = []
        for name, key, shape, stream, more in (
            ("CaseHistory", "CaseId", shapes.Change, "changes", [f"Field IN ({traced})"]),
            ("EmailMessage", "ParentId", shapes.Mail, "mails", []),
            ("CaseComment", "ParentId", shapes.Comment, "comments", []),
        ):
            happened += self.behind(name, stream, shapes.asked(shape), [among(key, cases), *more], MOST)
        yield from happened
        yield from self.optional(
            "CaseMilestone", "milestones", shapes.asked(shapes.Milestone), [among("CaseId", cases)]
        )
        surveyed = [*self._surveyed(cases)]
        yield from surveyed
        rows = [row for page in happened for row in listed(page, "records") if isinstance(row, dict)]
        users = {str(row.get("CreatedById") or "") for row in rows} | {number or "" for number in people}
        values = [str(row.get(name)) for row in rows for name in ("OldValue", "NewValue")]
        users |= {value for value in values if is_id(value) and value.startswith(PERSON)}
        asked = {number or "" for number in contacts}
        asked |= set(told([page for page in surveyed if page.stream == "invitations"], "ContactId"))
        for some in batches(sorted(users - {""}), PAGE_SIZE):
            page = self.query(soql("User", shapes.asked(shapes.User), [among("Id", some)], MOST), "users")
            asked |= set(told([page], "ContactId"))
            yield page
        addresses = {str(row["FromAddress"]).lower() for row in rows if row.get("FromAddress") and row.get("Incoming")}
        yield from self._contacts(asked - {""}, addresses)

    def _surveyed(self, cases: Sequence[str]) -> Iterator[Page]:
        """Surveys about some cases: to whom they were sent, and what was answered to which question."""
        subjects = [*self._of("SurveySubject", "surveys", shapes.Subject, "SubjectId", cases)]
        yield from subjects
        parents = set(told(_open(subjects), "ParentId")) - {""}
        sent = sorted(parent for parent in parents if parent.startswith(INVITATION))
        yield from self._of("SurveyInvitation", "invitations", shapes.Invitation, "Id", sent)
        responses = [*self._of("SurveyResponse", "responses", shapes.Response, "InvitationId", sent)]
        responses += self._of("SurveyResponse", "responses", shapes.Response, "Id", sorted(parents - set(sent)))
        yield from responses
        given = sorted(set(told(_open(responses), "Id")))
        answers = [*self._of("SurveyQuestionResponse", "answers", shapes.Answer, "ResponseId", given)]
        yield from answers
        questions = sorted(set(told(_open(answers), "QuestionId")) - {""})
        yield from self._of("SurveyQuestion", "questions", shapes.Question, "Id", questions)

    def _of(self, name: str, stream: str, shape: type[Any], key: str, values: Sequence[str]) -> Iterator[Page]:
        for some in batches(values, PAGE_SIZE):
            yield from self.optional(name, stream, shapes.asked(shape), [among(key, some)])

    def _contacts(self, numbers: Iterable[str], addresses: Iterable[str]) -> Iterator[Page]:
        accounts: set[str] = set()
        for key, values in (("Id", sorted(numbers)), ("Email", sorted(addresses))):
            for some in batches(values, PAGE_SIZE):
                fields = shapes.asked(shapes.Contact)
                for page in self.behind("Contact", "contacts", fields, [among(key, some)], MOST):
                    accounts |= set(told([page], "AccountId"))
                    yield page
        for some in batches(sorted(accounts - {""}), PAGE_SIZE):
            fields = [*shapes.asked(shapes.Named), *self.of_account]
            yield self.query(soql("Account", fields, [among("Id", some)], MOST), "accounts")


def _open(pages: Iterable[Page]) -> list[Page]:
    """Pages without those that say that something is closed."""
    return [page for page in pages if page.stream != CLOSED]
