"""Jira's issues as rows of the case log: each with its whole history, or rejected with a reason."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from auditlib.caselog.rows import (
    BadRecord,
    Event,
    Group,
    Organization,
    Rejected,
    Row,
    Ticket,
    moment,
)
from auditlib.sources import Page, Settings
from auditlib.sources._jira_service_management import shapes
from auditlib.sources._jira_service_management.history import BEGIN, Told
from auditlib.sources._jira_service_management.people import noted, organizations_of, person
from auditlib.sources._jira_service_management.service_levels import own_figures
from auditlib.sources._jira_service_management.shapes import SHAPES
from auditlib.sources._jira_service_management.words import (
    CHANNEL,
    CHANNELS,
    FEEDBACK,
    FEEDBACK_DATE,
    ORGANIZATIONS,
    PREFIX,
    Statuses,
    number,
    word,
)
from auditlib.sources._shared.records import Records, of_stream, rejected

_ISSUE = re.compile(r"/(?:issue|request)/(\w+)/")


def issue_id(row: Mapping[str, Any]) -> str | None:
    """The number of the issue that a record is about."""
    return str(row["id"]) if isinstance(row.get("id"), str | int) else None


class Reading:
    """What is known while the issues of one chunk are read: statuses, fields, service desks and the settings."""

    def __init__(self, pages: Sequence[Page], settings: Settings) -> None:
        statuses = SHAPES.read(of_stream(pages, "statuses"), shapes.Status)
        fields = SHAPES.read(of_stream(pages, "fields"), shapes.Field)
        desks = SHAPES.read(of_stream(pages, "desks"), shapes.Desk, "values")
        self.said = [*statuses.said, *fields.said, *desks.said]
        self.statuses = Statuses(statuses.good, settings)
        self.desks = desks.good
        self.bots = frozenset(bot.lower() for bot in settings.bots) | frozenset(settings.bots)
        mapped = {theirs: ours for ours, theirs in settings.fields.items() if theirs.startswith(PREFIX)}
        self.fields = {theirs.removeprefix(PREFIX): ours for theirs, ours in mapped.items()}
        self.group_field = str(settings.options.get("group_field", "project"))
        self.known_fields = {field.id for field in fields.good}
        customs = {field.schema.custom: field.id for field in fields.good if field.schema and field.schema.custom}
        self.feedback, self.feedback_date = customs.get(FEEDBACK), customs.get(FEEDBACK_DATE)
        self.organizations = customs.get(ORGANIZATIONS)
        self.service_levels: Mapping[str, str] = settings.options.get("slas", {})
        self._named = set(settings.scope.get("groups", ()))

    @property
    def wanted(self) -> list[str]:
        """The fields beside Jira's own that are asked for."""
        own = [] if self.group_field == "project" else [self.group_field]
        usual = [field for field in (self.feedback, self.feedback_date, self.organizations) if field]
        return list(dict.fromkeys([*own, *self.fields, *usual]))

    def is_in_scope(self, values: Mapping[str, Any]) -> bool:
        """Whether the group that has it is audited."""
        return not self._named or word(values.get(self.group_field)) in self._named


def fields_of(issue: shapes.Issue) -> shapes.Fields:
    """The fields of an issue; what is wrong with them is said as the decoder says it."""
    return msgspec.convert(issue.fields, shapes.Fields)


def read_issues(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """Every issue of the chunk, and who is named in it; one that cannot be read is rejected, not raised."""
    reading = Reading(pages, settings)
    yield from reading.said
    histories = _by_issue(of_stream(pages, "changelog"), shapes.History, "values")
    comments = _by_issue(of_stream(pages, "comments"), shapes.Comment, "comments")
    levels = _by_issue(of_stream(pages, "levels"), shapes.ServiceLevel, "values")
    found = SHAPES.read(of_stream(pages, "issues"), shapes.Issue, "issues", ticket=issue_id)
    yield from found.said
    people: dict[str, shapes.User] = {}
    groups: dict[str, str] = {}
    organizations: dict[str, str] = {}
    # A list may show an issue twice: the last one is the newest.
    for issue in {issue.id: issue for issue in found.good}.values():
        try:
            fields = fields_of(issue)
            told = histories.get(issue.id), comments.get(issue.id)
            yield from _issue(issue, fields, told, reading, groups)
            organizations |= organizations_of(issue.fields, reading.organizations)
            level = levels.get(issue.id)
            if level is not None and told[0] is not None and reading.is_in_scope(issue.fields):
                yield from level.said
                yield from own_figures(issue.id, level.good, reading.service_levels)
            noted(people, [fields.reporter, fields.creator, fields.assignee])
        except msgspec.ValidationError as error:
            yield rejected(issue.id, "issues", error)
        except BadRecord as error:
            reason = "no_time_zone" if "time zone" in str(error) else "unreadable"
            yield Rejected(ticket=issue.id, reason=reason, detail=str(error))
    for records in [*histories.values(), *comments.values()]:
        noted(people, [record.author for record in records.good])
    yield from (Group(group=group, name=name) for group, name in groups.items())
    yield from (Organization(organization=number, name=name) for number, name in organizations.items())
    for user in people.values():
        yield from person(user, reading.bots)


def _by_issue(pages: Sequence[Page], shape: type[Any], under: str) -> dict[str, Records[Any]]:
    found: dict[str, Records[Any]] = {}
    for page in pages:
        named = _ISSUE.search(page.url)
        if named:
            told = SHAPES.read([page], shape, under, ticket=functools.partial(_its, named[1]))
            held = found.setdefault(named[1], Records())
            held.good += told.good
            held.said += told.said
    return found


def _its(issue: str, record: Mapping[str, Any]) -> str:
    return issue


def _issue(
    issue: shapes.Issue,
    fields: shapes.Fields,
    told: tuple[Records[shapes.History] | None, Records[shapes.Comment] | None],
    reading: Reading,
    groups: dict[str, str],
) -> Iterator[Row]:
    values: Mapping[str, Any] = issue.fields
    status = reading.statuses.of(fields.status.id, fields.status.name)
    held = values.get(reading.group_field)
    group = number(held)
    if group:
        groups[group] = word(held) or group
    if not reading.is_in_scope(values):
        yield Ticket(ticket=issue.id, created_at=moment(fields.created), status=status, group=group, has_history=False)
        return
    histories, comments = told
    if histories is None or comments is None:
        return  # Changed after the window, or told by another chunk: not delivered by this one.
    said = [*histories.said, *comments.said]
    yield from said
    if any(isinstance(problem, Rejected) for problem in said):
        return
    history = Told(
        issue.id, fields, values, list({h.id: h for h in histories.good}.values()),
        list({c.id: c for c in comments.good}.values()), reading.statuses, reading.bots, reading.fields,
        reading.group_field, group,
    )  # fmt: skip
    for change in (change for record in histories.good for change in record.items or ()):
        if reading.group_field in (change.fieldId, change.field):
            groups |= {
                n: name for n, name in ((change.old, change.old_name), (change.to, change.new_name)) if n and name
            }
    yield _now(issue, fields, values, reading, history.merged_into)
    yield from sorted([*history.events, *_rating(issue, values, reading)], key=lambda e: (e.occurred_at, e.seq))


def _channel(issue: shapes.Issue, is_for_another: bool) -> str:
    """How it came in. What an agent raised for a customer was a call, or the like."""
    told = (issue.properties or {}).get(CHANNEL)
    kind = str(told.get("value") if isinstance(told, dict) else told)
    return "phone" if kind == "jira" and is_for_another else CHANNELS.get(kind, "unknown")


def _now(
    issue: shapes.Issue, fields: shapes.Fields, values: Mapping[str, Any], reading: Reading, merged_into: str | None
) -> Ticket:
    found = {ours: word(values.get(theirs)) for theirs, ours in reading.fields.items()}
    mapped = {ours: value for ours, value in found.items() if value is not None}
    requester = fields.reporter.accountId if fields.reporter else None
    creator = fields.creator.accountId if fields.creator else None
    is_for_another = creator not in (requester, None)
    site = urlsplit(issue.self or "")
    return Ticket(
        ticket=issue.id,
        created_at=moment(fields.created),
        status=reading.statuses.of(fields.status.id, fields.status.name),
        requester=requester,
        organization=next(iter(organizations_of(values, reading.organizations)), None),
        merged_into=merged_into,
        opened_by=creator if is_for_another else None,
        channel=_channel(issue, is_for_another),
        subject=fields.summary,
        priority=fields.priority.name.lower() if fields.priority and fields.priority.name else None,
        group=number(values.get(reading.group_field)),
        assignee=fields.assignee.accountId if fields.assignee else None,
        topic=mapped.get("topic"),
        language=mapped.get("language"),
        tier=mapped.get("tier"),
        region=mapped.get("region"),
        url=f"{site.scheme}://{site.netloc}/browse/{issue.key}" if site.netloc else None,
        tags=tuple(fields.labels or ()),
        fields={f"{PREFIX}{theirs}": mapped[ours] for theirs, ours in reading.fields.items() if ours in mapped},
    )


def _rating(issue: shapes.Issue, values: Mapping[str, Any], reading: Reading) -> Iterator[Event]:
    """The latest answer to the survey: what it was before a change, Jira does not tell."""
    told, at = values.get(reading.feedback or ""), values.get(reading.feedback_date or "")
    stars = told.get("rating") if isinstance(told, dict) else None
    if isinstance(stars, int) and isinstance(at, str):
        yield Event(ticket=issue.id, seq=BEGIN - 1, occurred_at=moment(at), kind="rating", actor=_reporter(values),
                    new=f"1-5:{stars}")  # fmt: skip


def _reporter(values: Mapping[str, Any]) -> str | None:
    reporter = values.get("reporter")
    return reporter.get("accountId") if isinstance(reporter, dict) else None
