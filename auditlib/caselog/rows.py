"""The rows that a source reads out of a helpdesk's pages.

One type per table of the case log, in the helpdesk's own ids and the case log's own words
(`words.py`). Moments are whole seconds since 1970 in UTC; the source's own sequence (`seq`)
orders what happened within one second. A ticket's history is delivered whole: whenever a
source yields one event of a ticket, it yields them all, so that what has gone at the
helpdesk is noticed. Bodies and names pass through: they are never stored.
"""

from __future__ import annotations

import datetime

import msgspec

UTC = datetime.UTC


class BadRecord(ValueError):
    """A record that cannot be understood; the message says what was found and what would be right."""


def moment(text: str | datetime.datetime | None) -> int:
    """Whole seconds since 1970 of an ISO 8601 moment. A moment without a zone is refused."""
    if text is None or text == "":
        raise BadRecord("a moment is missing")
    try:
        at = text if isinstance(text, datetime.datetime) else datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadRecord(f"{text!r} is not an ISO 8601 moment such as 2026-03-02T09:00:00Z") from None
    if at.tzinfo is None:
        raise BadRecord(f"{text!r} names no time zone; write 2026-03-02T09:00:00Z or +01:00")
    return int(at.timestamp() // 1)


class Ticket(msgspec.Struct, gc=False, kw_only=True):
    """A ticket as the helpdesk shows it now. Its life is in its events."""

    ticket: str
    created_at: int
    status: str
    requester: str | None = None
    opened_by: str | None = None
    """Who wrote it down: an agent, for a phone call. None: the requester."""
    organization: str | None = None
    channel: str = "unknown"
    """email, web, chat, messaging, phone, voice, counter, api, social or unknown."""
    subject: str | None = None
    priority: str | None = None
    group: str | None = None
    assignee: str | None = None
    topic: str | None = None
    language: str | None = None
    tier: str | None = None
    region: str | None = None
    url: str | None = None
    follow_up_of: str | None = None
    merged_into: str | None = None
    incident_of: str | None = None
    """A problem that many tickets share: a competing cause, never a tie."""
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    """Vendor fields that `audit.toml` may map, such as {"custom_field:360001": "billing"}."""
    has_history: bool = True
    """False: the helpdesk told only the present state; what needs events is unmeasurable."""


class Event(msgspec.Struct, gc=False, kw_only=True):
    """Who did what to which ticket, when, seen by whom."""

    ticket: str
    seq: int
    """The helpdesk's own order, unique within the ticket and the same each time it is read."""
    occurred_at: int
    kind: str
    actor: str | None = None
    """A person's id. None: the helpdesk itself."""
    actor_class: str | None = None
    """Only where the source knows it of this very event (bot, automation, system, unknown); None: as
    of the person's role at that moment."""
    is_public: bool = True
    old: str | None = None
    new: str | None = None
    """After the change: a status of the case log, a person, a group, a schedule, a ticket, a word;
    for kind `field` it is written name=value, for kind `due` as an ISO 8601 moment."""
    body: str | None = None
    """A message's text without markup; None where the source has none."""


class Look(msgspec.Struct, gc=False, kw_only=True):
    """What a helpdesk without a history shows of a ticket's status, with the last moments that it keeps.

    Only of helpdesks whose capability `status_history` is "nightly": looks of many nights become a history.
    """

    ticket: str
    looked_at: int
    """When it answered, by its own clock."""
    status: str
    since: int
    """When the status last changed; the ticket's creation if it never did."""
    reopened_at: int | None = None
    """When a solved or closed ticket was last opened again; None: never."""
    solved_at: int | None = None
    """When it was last solved; None while it is not."""


class Person(msgspec.Struct, gc=False, kw_only=True):
    """Someone known to the helpdesk, with the role that they have now."""

    person: str
    role: str
    """customer, agent, bot or unknown."""
    name: str | None = None
    email: str | None = None
    language: str | None = None
    organization: str | None = None
    is_active: bool = True
    is_shared: bool = False
    """A shared or anonymous mailbox: it never ties tickets together."""


class RoleChange(msgspec.Struct, gc=False, kw_only=True):
    """A role that a person took at a moment, where the helpdesk tells it."""

    person: str
    since: int
    role: str
    was: str | None = None
    """The role before, where the helpdesk names it."""


class Identity(msgspec.Struct, gc=False, kw_only=True):
    """An address by which a person is known; only verified ones tie people together."""

    person: str
    kind: str
    """email, phone, or external: the company's own id of the person."""
    value: str
    is_verified: bool
    """Whether the helpdesk vouches that it is this person's alone."""


class Group(msgspec.Struct, gc=False, kw_only=True):
    """A group or queue of agents."""

    group: str
    name: str


class Organization(msgspec.Struct, gc=False, kw_only=True):
    """A customer's organization and its fields, such as {"plan": "premium"}."""

    organization: str
    name: str
    fields: dict[str, str] = {}


class Schedule(msgspec.Struct, gc=False, kw_only=True):
    """Opening hours in local time, valid from when they were edited, or else from when they were first seen."""

    schedule: str
    name: str
    time_zone: str
    """An IANA name."""
    intervals: tuple[tuple[int, int], ...]
    """Local minutes since Monday 00:00, half open; may run past Sunday midnight (10080)."""
    holidays: tuple[tuple[str, str], ...] = ()
    """First and last local date, both closed, as (2026-12-25, 2026-12-26)."""
    is_default: bool = False
    edited_at: int = 0
    """When the helpdesk says that they were last edited, where it does not tell what they were before; 0: never."""


class Policy(msgspec.Struct, gc=False, kw_only=True):
    """A service-level policy, kept with versions."""

    policy: str
    name: str
    position: int
    """Where no event tells which policy was applied, the first whose conditions fit."""
    definition: dict
    """all, any: lists of conditions {field, operator, values}, the fields in our words where there are such (priority,
    group, organization, tag, topic …); targets: a list of {promises, priority, seconds, business}, promising one of
    `timelines.policies.Promised`."""


class VendorMetric(msgspec.Struct, gc=False, kw_only=True):
    """The helpdesk's own figure for one ticket: kept for reconciliation, never measured with."""

    ticket: str
    metric: str
    value: float | None


class Rejected(msgspec.Struct, gc=False, kw_only=True):
    """A record that could not be read: its whole ticket goes into quarantine with the reason."""

    ticket: str | None
    reason: str
    """A short code: missing_field, wrong_type, no_time_zone, unreadable …"""
    detail: str
    """What was found and what would be right, without a customer's words."""


class Notice(msgspec.Struct, gc=False, kw_only=True):
    """Something that the source neither reads nor ignores on purpose, such as a new field: it warns."""

    stream: str
    field: str


class Ability(msgspec.Struct, gc=False, kw_only=True):
    """Whether one of its helpdesk's capabilities is there for this account."""

    capability: str
    """The name of a capability of the source."""
    because: str | None = None
    """Why it is not, as "the account may not read surveys (403)"; None: it is."""


Row = (
    Ticket
    | Event
    | Look
    | Person
    | RoleChange
    | Identity
    | Group
    | Organization
    | Schedule
    | Policy
    | VendorMetric
    | Rejected
    | Notice
    | Ability
)
