"""Measures and figures: what the audit says of each ticket and of each week.

A family's own table is built from the columns that its metrics declare (`family_table`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from auditlib.store import indexes
from auditlib.store.columns import (
    METADATA,
    Moment,
    epoch,
    flag,
    key,
    moment,
    number,
    small,
    table,
    text,
    versions,
    whole,
)

COMPONENTS = table(
    "components",
    "Tickets tied by customer, merge or follow-up: they are always measured together.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    whole("component", "Smallest surrogate among the tickets that are tied.", nullable=False, index=True),
    whole("customer", "Smallest surrogate among the people who are one customer; 0 if nobody.", nullable=False),
    *versions(),
)

REPEAT_LINKS = table(
    "repeat_links_versions",
    "A later ticket of the same customer about the same issue as an earlier one.",
    key("earlier", "Surrogate of the ticket that failed them.", primary_key=True),
    key("later", "Surrogate of the ticket with which they came back.", primary_key=True),
    text(
        "kind",
        "repeat after a solve, parallel while the earlier one was open, or forwarded on the phone.",
        nullable=False,
    ),
    text(
        "layer", "explicit (follow-up, order or ticket quoted), topic, words (similar texts) or said.", nullable=False
    ),
    number("score", "How sure the link is, 0 to 1.", nullable=False),
    flag(
        "is_competing_cause",
        "True if both belong to one incident: the outage, not the answer, brought them back.",
        nullable=False,
    ),
    text("rule_version", "Version of the rules that linked them.", nullable=False),
    epoch("solved_at", "The solve after which they came back; NULL for a parallel ticket"),
    epoch("came_back_at", "When they came back", nullable=False),
    *versions(),
    sa.Index("ix_repeat_links_versions_from", "from_run"),
)

MEMBERSHIPS = table(
    "memberships_versions",
    "Which issue (episode) each ticket belongs to.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    whole("episode", "Surrogate of the issue's first ticket.", nullable=False, index=True),
    *versions(),
)

EPISODES = table(
    "episodes_versions",
    "Issues across tickets and channels: from the first contact to the last.",
    key("episode", "Surrogate of the issue's first ticket.", primary_key=True),
    whole("customer", "Surrogate of the customer; 0 if nobody.", nullable=False),
    whole("contacts", "Tickets of the customer about it.", nullable=False),
    whole("channels", "Channels on which they came.", nullable=False),
    whole("came_back", "How often they came back after a solve.", nullable=False),
    whole("parallels", "Tickets that they opened while an earlier one was open.", nullable=False),
    moment("first_contact_at", "When the first of them was created."),
    moment("last_contact_at", "When the last of them was created."),
    moment("ended_at", "The solve that ended it, once nobody came back within the window; NULL before."),
    *versions(),
)

TICKET_FACTS = table(
    "ticket_versions",
    "Each ticket as of the watermark: whose it was at the moments that metrics are attributed to.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    text("source", "The source's name.", nullable=False),
    text("ticket", "The source's name and the helpdesk's own id: zendesk:4711.", nullable=False),
    text("url", "Where the ticket is read in the helpdesk."),
    moment("created_at", "When the customer's case began; for a merged ticket with its oldest member."),
    moment("first_solved_at", "The first solve; NULL if there was none."),
    moment("last_solved_at", "The last solve; NULL if there was none."),
    moment("first_reply_at", "The first public reply by a human agent; NULL if there was none."),
    text("created_on", "The local day of created_at, by which figures find it."),
    text("last_solved_on", "The local day of last_solved_at."),
    moment(
        "judged_solved_at",
        "The solve that coming back is charged to: the first that they came back after, or the last.",
    ),
    text("judged_solved_on", "The local day of judged_solved_at."),
    text("first_reply_on", "The local day of first_reply_at."),
    moment("waiting_since", "Since when the customer waits for an answer; NULL if they do not."),
    moment("status_since", "Since when it has its status."),
    text("customer", "The customer: the same for all addresses that are known to be theirs."),
    text("organization", "The customer's organization."),
    text("channel", "How it came."),
    text("priority", "Its priority."),
    text("topic", "What it is about."),
    text("language", "Its language."),
    text("tier", "The customer's tier."),
    text("region", "The customer's region."),
    text("subject", "The subject with names, addresses and numbers masked."),
    text("status", "new, open, pending_customer, on_hold, solved, closed or deleted."),
    text("team_created", "The team that it first came to."),
    text("team_reply", "The team of the first reply, as of that reply."),
    text("team_solve", "The team of the last solve, as of that solve."),
    text("topic_created", "What it was about when it was created, or was first said to be."),
    text("topic_reply", "What it was about as of the first reply."),
    text("topic_solve", "What it was about as of the last solve."),
    text("priority_created", "Its first priority."),
    text("priority_reply", "Its priority as of the first reply."),
    text("priority_solve", "Its priority as of the last solve."),
    text("tier_created", "The customer's tier at its creation, where the helpdesk tells how it changed."),
    text("tier_reply", "The customer's tier as of the first reply, where it tells that."),
    text("tier_solve", "The customer's tier as of the last solve, where it tells that."),
    text("region_created", "The customer's region at its creation, where the helpdesk tells how it changed."),
    text("region_reply", "The customer's region as of the first reply, where it tells that."),
    text("region_solve", "The customer's region as of the last solve, where it tells that."),
    text("first_assignee", "The person whom it first came to; NULL if it never came to anybody."),
    text("replier", "Who wrote the first reply; NULL if nobody did."),
    text("solver", "The agent who made the last solve, or who had it when a rule or the customer did; NULL unsolved."),
    text("team_judged_solve", "The team that had it at judged_solved_at."),
    text("topic_judged_solve", "What it was about as of judged_solved_at."),
    text("priority_judged_solve", "Its priority as of judged_solved_at."),
    text("tier_judged_solve", "The customer's tier as of judged_solved_at, where the helpdesk tells that."),
    text("region_judged_solve", "The customer's region as of judged_solved_at, where it tells that."),
    text("judged_solver", "Who had it at judged_solved_at."),
    text(
        "team_chase", "The team that had it when the customer first asked again; the first reply's if they never did."
    ),
    text("topic_chase", "What it was about then."),
    text("priority_chase", "Its priority then."),
    text("tier_chase", "The customer's tier then, where the helpdesk tells that."),
    text("region_chase", "The customer's region then, where it tells that."),
    text("chased", "Who had it then; who wrote the first reply if the customer never asked again."),
    text("team", "The team that has it now."),
    text("assignee", "Who has it now."),
    text("segments", "The segments of audit.toml that it belongs to: ,premium,vip, or empty."),
    flag("is_reopened_now", "True while it is open again after a solve."),
    text("exclusion_code", "X1 to X7; NULL if it is in scope."),
    text("exclusion_reason", "Why it is out of every figure; NULL if it is in scope."),
    text("reliability", "sufficient, limited or undetermined."),
    text("causes", "Why this version exists: reason codes, comma between."),
    *versions(),
    sa.Index("ix_ticket_versions_from", "from_run"),
    indexes.few("ix_ticket_versions_to", "to_run", sa.text("to_run IS NOT NULL")),
    # All that is asked of days: narrow, and in the order of the table.
    sa.Index(
        "ix_ticket_versions_days",
        "ticket_key",
        "created_on",
        "first_reply_on",
        "last_solved_on",
        "judged_solved_on",
        "from_run",
        "to_run",
    ),
)

FIGURES = table(
    "figures",
    "Every figure ever published, append-only: a changed one is a new row that supersedes the old.",
    text("figure_id", "Hash of cell and publication.", primary_key=True),
    text("cell_id", "Hash of what the figure is about; the same in every publication.", nullable=False),
    whole("publication_run", "The run that computed it; visible once that run is published.", nullable=False),
    text("metric", "The metric's name.", nullable=False),
    text("version", "Version of its definition.", nullable=False),
    text("statistic", "p50, p90, rate, count …", nullable=False),
    text("weighting", "ticket or customer.", nullable=False),
    text(
        "date_basis",
        "created, solved, replied or at: which moment puts a ticket into a period.",
        nullable=False,
    ),
    text("segment", "all, or a segment of audit.toml.", nullable=False),
    text("period", "week, month or day.", nullable=False),
    text("period_start", "First local date.", nullable=False),
    text("period_end", "Last local date.", nullable=False),
    text("breakdown", "all, team, source …", nullable=False),
    text("breakdown_value", "The team, source …; empty for all.", nullable=False),
    text("breakdown_2", "Second breakdown; empty if there is none.", nullable=False),
    text("breakdown_value_2", "Its value; empty if there is none.", nullable=False),
    whole("n", "Members that the value rests on.", nullable=False),
    number("numerator", "For rates and counts."),
    number("denominator", "For rates."),
    number("value", "The figure; NULL with the reason in suppressed_reason."),
    number("ci_low", "Lower end of the 95 % interval."),
    number("ci_high", "Upper end of the 95 % interval."),
    text("ci_method", "How the interval was made and what it speaks of."),
    text("maturity", "final or provisional.", nullable=False),
    text("reliability", "sufficient, limited or undetermined.", nullable=False),
    number("coverage", "Share of the tickets in scope that could be measured."),
    text("sources", "Sources that it rests on, comma between.", nullable=False),
    text("missing_sources", "Sources that were missing, comma between.", nullable=False),
    text("suppressed_reason", "Why there is no value; NULL if there is one."),
    number("target", "The target of that time; NULL if none."),
    text("meets_target", "yes, no or too close to tell; NULL without a target."),
    text(
        "members_hash",
        "Hash over the sorted surrogates of the members, what each contributed, and how.",
        nullable=False,
    ),
    text("supersedes", "figure_id of the value that it replaces; NULL for the first."),
    sa.Index("ix_figures_cell", "cell_id", "publication_run"),
    sa.Index("ix_figures_period", "period_start", "cell_id", "publication_run"),
)

RESTATEMENT_PARTS = table(
    "restatement_parts",
    "Why a figure changed: reason by reason, adding up to the change exactly.",
    text("figure_id", "The new figure.", primary_key=True),
    small("position", "Order in which the reasons were applied.", primary_key=True),
    text("reason", "LATE_EVENT, MATURATION, source_returned …", nullable=False),
    whole("tickets", "Members that this reason added, removed or changed.", nullable=False),
    number("part", "How much of the change it explains; NULL if one of the two values is none."),
)

FIGURE_CHANGES = table(
    "figure_changes",
    "How sure the change between two figures is, one of a period and one of the period before.",
    text("figure_id", "The later period's figure.", primary_key=True),
    text("previous_figure_id", "The earlier period's figure.", primary_key=True),
    whole(
        "publication_run", "The run that compared them: the one that computed the younger of the two.", nullable=False
    ),
    number("change_ci_low", "Lower end of the 95 % interval of the change."),
    number("change_ci_high", "Upper end of the 95 % interval of the change."),
)


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
