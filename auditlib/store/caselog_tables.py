"""The case log: what the helpdesks said, never discarded, each row with the runs that knew it."""

import sqlalchemy as sa

from auditlib.store.columns import epoch, flag, key, number, small, table, text, versions, whole


def valid_from() -> sa.Column:
    return epoch(
        "valid_from",
        "It holds from here on, until the next; 0 for the first version seen, which holds before too",
        primary_key=True,
        nullable=False,
    )


REGISTER = table(
    "register",
    "What each surrogate stands for. Erasing a row here makes everything built on it anonymous.",
    key("key", "The surrogate.", primary_key=True, autoincrement=False),
    text("kind", "ticket, person, group, organization, schedule, policy or word.", nullable=False),
    text("source", "The source that uses the id; empty for words.", nullable=False),
    text("id", "The helpdesk's own id, or the word.", nullable=False),
)

TICKETS = table(
    "tickets",
    "Each ticket as its helpdesk last showed it; its life is in `events`.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("source", "The source's name in audit.toml.", nullable=False),
    text("ticket", "The helpdesk's own id.", nullable=False),
    text("url", "Where the ticket is read in the helpdesk."),
    epoch("created_at", "When the helpdesk says that it was created", nullable=False),
    whole("requester", "Surrogate of the customer; 0 if there is none.", nullable=False),
    whole("opened_by", "Surrogate of who wrote it down; the requester unless an agent did.", nullable=False),
    whole("organization", "Surrogate of the customer's organization; 0 if none.", nullable=False),
    text("channel", "email, web, chat, messaging, phone, voice, counter, api, social or unknown."),
    text("subject", "The subject with names, addresses and numbers masked."),
    small("status", "The present status, as a number of `Status`.", nullable=False),
    text("priority", "The present priority in the helpdesk's word."),
    whole("group_key", "Surrogate of the present group; 0 if none.", nullable=False),
    whole("assignee", "Surrogate of the present assignee; 0 if none.", nullable=False),
    text("topic", "What it is about, as audit.toml maps it."),
    text("language", "The language, as audit.toml maps it."),
    text("tier", "The customer's tier, as audit.toml maps it."),
    text("region", "The customer's region, as audit.toml maps it."),
    whole("follow_up_of", "Surrogate of the closed ticket that it follows; 0 if none.", nullable=False),
    whole("merged_into", "Surrogate of the ticket that it was merged into; 0 if it was not.", nullable=False),
    whole("incident_of", "Surrogate of the problem that it shares with others; 0 if none.", nullable=False),
    whole("order_key", "Keyed hash of the order or asset that a mapped field names; 0 if none.", nullable=False),
    text("quoted", "Surrogates of tickets whose numbers its first message quotes, comma between; NULL if none."),
    text("tags", "Its tags as a JSON list.", nullable=False),
    flag("has_history", "False if the helpdesk told only the present state.", nullable=False),
    flag(
        "is_followed",
        "True if nightly looks tell when it was solved and opened again, where the helpdesk keeps no history of it.",
        nullable=False,
        server_default=sa.false(),
    ),
    sa.Column("sketch", sa.LargeBinary, comment="Keyed sketch of the words of subject and first message."),
    *versions(),
)

EVENTS = table(
    "events",
    "Who did what to which ticket, when, seen by whom: in the order (ticket, time, sequence).",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    epoch("occurred_at", "When it happened", primary_key=True, nullable=False),
    whole("seq", "The helpdesk's own order, unique within the ticket.", primary_key=True, nullable=False),
    small("kind", "What happened, as a number of `Kind`.", nullable=False),
    whole("actor", "Surrogate of who did it; 0 for the helpdesk itself.", nullable=False),
    small("actor_class", "Whose act it was as of that moment, as a number of `ActorClass`.", nullable=False),
    small("basis", "How sure that class is, as a number of `Basis`.", nullable=False),
    flag("is_public", "Whether the customer could see it.", nullable=False),
    whole("old", "Before: a number of `Status` or a surrogate; 0 if none.", nullable=False),
    whole("new", "After: a number of `Status`, a surrogate, or by when a message promises; 0 if none.", nullable=False),
    whole("markers", "What the rules saw in a message: bits of `Marker`.", nullable=False),
    whole("body_chars", "How long the message's own text was, without quotes.", nullable=False),
    whole("raw_part", "The landed part that it was read from.", nullable=False),
    *versions(),
    sqlite_with_rowid=False,
)

MARKERS = table(
    "markers",
    "Which rule saw what in which message, and where: evidence without the words.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    whole("seq", "The message's sequence.", primary_key=True, nullable=False),
    whole("marker", "One bit of `Marker`.", primary_key=True, nullable=False),
    whole("position", "Where in the message's own text it begins, in characters.", nullable=False),
    text("rule_version", "The version of the rules that saw it.", nullable=False),
    text("due", "Of a promise: by when, in our words, such as 2 business days; NULL if none."),
    *versions(),
)

PEOPLE = table(
    "people",
    "Everyone known to a helpdesk, with the role that it gives them now.",
    key("person", "Surrogate of the person.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("id", "The helpdesk's own id.", nullable=False),
    text("role", "customer, agent, bot or unknown.", nullable=False),
    text("display_name", "The name of agents and bots; customers have none here."),
    whole("organization", "Surrogate of the organization; 0 if none.", nullable=False),
    text("language", "The language that they write in."),
    flag("is_active", "False once deactivated.", nullable=False),
    flag("is_shared", "True for shared and anonymous mailboxes: they never tie tickets.", nullable=False),
    *versions(),
)

ROLE_HISTORY = table(
    "role_history",
    "Which role a person had from when to when, and how we know.",
    key("person", "Surrogate of the person.", primary_key=True),
    epoch("since", "The role holds from here", primary_key=True, nullable=False),
    epoch("until", "… to here, not included; NULL if it still holds"),
    text("source", "The source's name.", nullable=False),
    text("role", "customer, agent, bot or unknown.", nullable=False),
    small("basis", "How we know, as a number of `Basis`.", nullable=False),
    *versions(),
)

UNSETTLED = table(
    "unsettled_people",
    "People whose roles turned out otherwise after events of theirs were read: those are resolved again.",
    text("source", "The source's name.", primary_key=True),
    key("person", "Surrogate of the person.", primary_key=True),
)

IDENTITIES = table(
    "identities",
    "Addresses by which a person is known, as keyed fingerprints.",
    key("person", "Surrogate of the person.", primary_key=True),
    text("fingerprint", "Keyed hash of the normalised address.", primary_key=True, nullable=False),
    text("source", "The source's name.", nullable=False),
    text("kind", "email, phone or external.", nullable=False),
    flag("is_verified", "Only verified addresses tie people together.", nullable=False),
    *versions(),
)

GROUPS = table(
    "groups",
    "Groups and queues of agents.",
    key("group_key", "Surrogate of the group.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("id", "The helpdesk's own id.", nullable=False),
    text("name", "Its name.", nullable=False),
    *versions(),
)

ORGANIZATIONS = table(
    "organizations",
    "Customers' organizations.",
    key("organization", "Surrogate of the organization.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("id", "The helpdesk's own id.", nullable=False),
    text("name", "Its name.", nullable=False),
    text("fields", "Its fields as a JSON object.", nullable=False),
    *versions(),
)

SCHEDULES = table(
    "schedules",
    "Opening hours, each version with the moment from which it holds.",
    key("schedule", "Surrogate of the schedule.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("id", "The helpdesk's own id.", nullable=False),
    text("name", "Its name.", nullable=False),
    text("time_zone", "IANA name of the zone of its hours.", nullable=False),
    text("intervals", "Local minutes since Monday as a JSON list of pairs.", nullable=False),
    text("holidays", "First and last local dates as a JSON list of pairs.", nullable=False),
    flag("is_default", "True for the one that tickets get unless told otherwise.", nullable=False),
    epoch("edited_at", "When they were last edited, by the helpdesk; 0 for never", nullable=False, server_default="0"),
    valid_from(),
    *versions(),
)

SLA_POLICIES = table(
    "sla_policies",
    "Service-level policies in the helpdesk's own words, with versions.",
    key("policy", "Surrogate of the policy.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("id", "The helpdesk's own id.", nullable=False),
    text("name", "Its name.", nullable=False),
    whole("position", "The first that matches applies.", nullable=False),
    text("definition", "Conditions and targets as a JSON object.", nullable=False),
    valid_from(),
    *versions(),
)

VENDOR_METRICS = table(
    "vendor_metrics",
    "The helpdesk's own figures for a ticket: kept for reconciliation, never measured with.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("metric", "The helpdesk's name for it.", primary_key=True, nullable=False),
    number("value", "Its value; NULL where the helpdesk gives none."),
    *versions(),
)

STATUS_LOOKS = table(
    "status_looks",
    "What each night's look showed of a ticket's status, where the helpdesk keeps no history: kept for good.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    epoch("looked_at", "When the helpdesk answered", primary_key=True, nullable=False),
    epoch("since", "When the status last changed", primary_key=True, nullable=False),
    text("source", "The source's name.", nullable=False),
    small("status", "The status, as a number of `Status`.", nullable=False),
    epoch("reopened_at", "When a solved ticket was last opened again; NULL if never"),
    epoch("solved_at", "When it was last solved; NULL while it is not"),
    whole("run", "The run that looked.", nullable=False),
    sa.Index("ix_status_looks_source", "source", "looked_at"),
)

TICKET_CHANGES = table(
    "ticket_changes",
    "Which tickets a run learned something new about: what the next night has to measure.",
    whole("run", "The run that learned it.", primary_key=True, nullable=False),
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("cause", "NEW_TICKET, LATE_EVENT, SOURCE_EDIT, SOURCE_DELETE, ROLE_HISTORY …", nullable=False),
    epoch("first_event_at", "The earliest moment of what changed", nullable=False),
    epoch("last_event_at", "The latest moment of what changed", nullable=False),
    sa.Index("ix_ticket_changes_last", "last_event_at"),
)

QUARANTINE = table(
    "quarantine_versions",
    "Tickets of which something could not be trusted: whole tickets, out of every figure, with the reason.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("reason", "A short code, or the id of the rule that failed.", primary_key=True, nullable=False),
    text("source", "The source's name.", nullable=False),
    text("ticket", "The helpdesk's own id, or the place of a record without one.", nullable=False),
    text("detail", "What was found and what would be right.", nullable=False),
    whole("raw_part", "The landed part in which it was found.", nullable=False),
    *versions(),
)
sa.Index("ix_tickets_requester", TICKETS.c.requester)
sa.Index("ix_tickets_merged_into", TICKETS.c.merged_into)
sa.Index("ix_identities_fingerprint", IDENTITIES.c.fingerprint)
