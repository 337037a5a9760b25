"""A family's own table of measures: built from its unit and from the columns that its metrics declare."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from auditlib.store import indexes
from auditlib.store.columns import METADATA, Moment, epoch, flag, key, moment, number, table, text, versions, whole


@dataclass(frozen=True)
class Unit:
    """What one row of a family's table is, beside its measures."""

    number: sa.Column
    """Counts the units of a ticket; its name is the unit's."""
    described: tuple[sa.Column, ...]
    """For each moment by which figures find it there is a local day: opened_at and opened_on."""
    team: str | None = None
    """The column with the team that it is charged to, where that is not one of the ticket's own."""


UNITS = {
    "turn": Unit(
        whole("turn", "1 for the first time that the customer waited, 2 …", primary_key=True, nullable=False),
        (
            moment("opened_at", "When the customer began to wait.", nullable=False),
            moment("closed_at", "When the wait ended; NULL while it lasts."),
            text("opened_on", "The local day of opened_at, by which figures find it."),
            text("responder", "Who answered; NULL if nobody did."),
            text("responder_team", "Their team, as of the answer."),
            text("topic_then", "What the ticket was about as of the answer."),
            text("priority_then", "The ticket's priority as of the answer."),
        ),
        team="responder_team",
    ),
    "promise": Unit(
        whole("promise", "1 for the ticket's first promise, 2 …", primary_key=True, nullable=False),
        (
            moment("made_at", "When it was promised.", nullable=False),
            moment("due_at", "By when; NULL if nobody can say."),
            moment("kept_at", "When it was kept, in time or late; NULL if it was not."),
            text("made_on", "The local day of made_at, by which figures find it."),
            text("due_on", "The local day of due_at, by which figures find it."),
            text(
                "clock", "business if opening hours decide when it is due, otherwise calendar; NULL if nobody can say."
            ),
            text("promiser", "Who promised."),
            text("promiser_team", "The team that had the ticket then."),
        ),
        team="promiser_team",
    ),
    "rating": Unit(
        whole("rating", "1 for the ticket's first offer or answer, 2 …", primary_key=True, nullable=False),
        (
            moment("offered_at", "When the survey was offered; NULL for an answer that nobody had asked for."),
            moment("rated_at", "When it was answered; NULL for an offer without an answer."),
            text("offered_on", "The local day of offered_at, by which figures find it."),
            text("rated_on", "The local day of rated_at, by which figures find it."),
            text("score", "What the answer comes to: good, neutral or bad."),
            text("scale", "The survey's scale, such as good/bad or 1-5."),
            text("answer", "The answer on that scale."),
            flag("has_comment", "Whether the customer also wrote something (never what)."),
            flag("counts", "Whether it is the survey's last answer that came in time."),
            text("mapping_version", "Version of the mapping from answers to scores."),
            text("replier", "The human who had replied last when the survey was offered; NULL if nobody had."),
            text("assignee_at_offer", "Who had the ticket then."),
            text("rating_team", "The team that had the ticket at that reply, or else at the offer."),
        ),
        team="rating_team",
    ),
    "spell": Unit(
        whole("spell", "1 for the first time that it was in the backlog, 2 …", primary_key=True, nullable=False),
        (
            moment("opened_at", "When it came into the backlog.", nullable=False),
            moment("closed_at", "When it left the backlog; NULL while it is there."),
            text("opened_on", "The local day of opened_at."),
            text("closed_on", "The local day of closed_at: it is not in that day's backlog any more."),
            text("opened_as", "How it came there: created, reopened or restored."),
            text("closed_as", "How it left: solved (or closed), merged or deleted; NULL while it is there."),
            text("spell_team", "The team that had it when it left; the one that has it now while it is there."),
        ),
        team="spell_team",
    ),
    "target": Unit(
        whole("target", "1 for the ticket's first target, 2 …", primary_key=True, nullable=False),
        (
            text("policy", "The service level that promises it; NULL if none does."),
            moment("policy_since", "Since when that version of it holds; NULL for the first one seen."),
            text("promises", "first_reply, next_reply, requester_wait, agent_work, resolution or an update."),
            text("target_priority", "The priority at which it was applied."),
            number("target_minutes", "How long it may take."),
            flag("is_on_business_hours", "True if minutes of opening hours count, False for all minutes."),
            text("schedule", "The hours that the ticket kept when it was applied."),
            moment("applied_at", "When it was promised; for a ticket without a target its creation."),
            text("applied_on", "The local day of applied_at, by which figures find it."),
            moment("due_at", "By when it has to be kept; NULL while its clock pauses."),
            moment("fulfilled_at", "When it was kept, or the ticket solved instead; NULL if neither happened."),
        ),
    ),
}
TYPES = {
    "minutes": sa.Double,
    "share": sa.Boolean,
    "count": sa.BigInteger,
    "moment": Moment,
    "state": sa.Text,
    "word": sa.Text,
    "ticket": sa.Text,
}


def family_table(family: str, unit: str, columns: Mapping[str, tuple[str, str]]) -> sa.Table:
    """The versioned table of a family: its unit's keys and one column per declared measure.

    `columns` is name → (type, sentence), the type being minutes, share, count, word, moment, ticket or state.
    Asked for again with other columns, the table is defined anew.
    """
    name = f"{family}_versions"
    declared = {"unit": unit, "columns": dict(columns)}
    if (known := METADATA.tables.get(name)) is not None:
        if known.info.get("declared") == declared:
            return known
        METADATA.remove(known)
    beside = UNITS.get(unit)
    keys = [key("ticket_key", "Surrogate of the ticket.", primary_key=True)]
    keys += [column._copy() for column in (beside.number, *beside.described)] if beside else []
    measured: list[sa.Column] = [sa.Column(c, TYPES[kind], comment=sentence) for c, (kind, sentence) in columns.items()]
    durations = [c for c, (kind, _) in columns.items() if kind == "minutes"]
    days = [column.name for column in beside.described if column.name.endswith("_on")] if beside else []
    causes = text("causes", "Why this version exists: reason codes, comma between.")
    changes = epoch("changes_at", "When it changes by itself, without any new event; NULL if never")
    return table(
        name,
        f"The {family} family's measures, one row a {unit}.",
        *keys,
        *measured,
        causes,
        changes,
        *versions(),
        *indexes.of_family(name, durations, days),
        info={"family": family, "declared": declared},
    )
