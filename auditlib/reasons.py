"""Why a figure is another than it was: every reason code, what it says to people, and which of several it is.

A measured ticket carries all the causes for which a night measured it. Of these the one is named that
explains what moved: what happened to the ticket itself comes before a rule that changed for every ticket.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from enum import IntEnum, auto

BACKFILL = "BACKFILL"
DEFINITION_CHANGE = "DEFINITION_CHANGE"
MATURATION = "MATURATION"
TIME_PASSED = "TIME_PASSED"
OUT_OF_CELL = "OUT_OF_CELL"
WITHHELD = "WITHHELD"
TARGET_EDIT = "TARGET_EDIT"
CODE_CHANGE = "CODE_CHANGE"
ACCESS_EDIT = "ACCESS_EDIT"
SOURCE_MISSING = "SOURCE_MISSING"
SOURCE_RETURNED = "source_returned"

SENTENCES = {
    "NEW_TICKET": "tickets became known that were not before",
    "LATE_EVENT": "something happened, or was learned, after the last midnight",
    "SOURCE_EDIT": "the helpdesk changed what it had said",
    "SOURCE_DELETE": "the helpdesk deleted tickets",
    "ERASURE": "a customer was erased, and the helpdesk took their tickets back",
    BACKFILL: "older months were loaded",
    "ROLE_HISTORY": "it became known who was an agent when",
    "IDENTITY_MERGE": "several names turned out to be one customer, or one to be several",
    "SCHEDULE_EDIT": "opening hours or holidays changed",
    "SLA_POLICY_EDIT": "a service level changed",
    "TEAM_REMAP": "audit.toml gave groups to other teams",
    "SEGMENT_REMAP": "audit.toml changed a segment",
    "TOPIC_REMAP": "audit.toml gave topics other names",
    "EXCLUSION_EDIT": "audit.toml excludes other tickets",
    "CONFIG_REMAP": "audit.toml changed",
    DEFINITION_CHANGE: "a definition changed",
    ACCESS_EDIT: "the account may read more of a helpdesk, or less, than before",
    "QUARANTINE": "tickets went into quarantine or came out",
    "TIED": "a ticket that they are tied to changed",
    SOURCE_RETURNED: "a source that was missing is back",
    SOURCE_MISSING: "a source is missing",
    MATURATION: "the time to judge them has passed",
    TIME_PASSED: "waits that still run have grown longer",
    OUT_OF_CELL: "tickets moved to another week or team",
    WITHHELD: "a value is withheld, or is no longer, because of how many others there are",
    TARGET_EDIT: "audit.toml names another target",
    CODE_CHANGE: "another version of the audit computed it",
}
"""Code → why, in words that follow *because*."""

SCHEDULED = (MATURATION, TIME_PASSED)
"""Reasons that were to be expected: they are applied last, and are no correction."""

COMPLETING = ("NEW_TICKET", "LATE_EVENT", "TIED", BACKFILL, SOURCE_RETURNED)
"""Reasons that were to be expected as long as a figure was said to be provisional."""

OWN = (
    "ERASURE", "SOURCE_DELETE", "QUARANTINE", "SOURCE_EDIT", "ROLE_HISTORY", "IDENTITY_MERGE", SOURCE_RETURNED,
    BACKFILL, "NEW_TICKET", "LATE_EVENT",
)  # fmt: skip
"""What happened to a ticket itself, the most telling first."""

DECIDING = ("ERASURE", "SOURCE_DELETE", "QUARANTINE", BACKFILL, "NEW_TICKET", "EXCLUSION_EDIT")
"""What decides whether a ticket counts at all: no definition does."""

BY_THEMSELVES = (MATURATION, "TIED")
"""What may have happened to a ticket, unless a rule that changed says more."""


class Moved(IntEnum):
    """How a unit of a figure is another than it was."""

    amount = auto()
    """It contributes something else."""
    known = auto()
    """It contributes for the first time: nothing was known of it before."""
    scope = auto()
    """It counts in no cell any more, or did not before."""
    team = auto()
    """It counts in another cell: of another team, week, channel …"""
    topic = auto()
    """It counts in the cell of another topic."""
    segment = auto()
    """It counts in the cell of a segment, or does no longer."""


GOVERNING = {
    Moved.amount: ("SCHEDULE_EDIT", "SLA_POLICY_EDIT", "CONFIG_REMAP", "TOPIC_REMAP", "TEAM_REMAP", "SEGMENT_REMAP",
                  "EXCLUSION_EDIT", ACCESS_EDIT),
    Moved.known: (ACCESS_EDIT, "SLA_POLICY_EDIT", "SCHEDULE_EDIT", "CONFIG_REMAP", "TOPIC_REMAP", "TEAM_REMAP",
                  "SEGMENT_REMAP", "EXCLUSION_EDIT"),
    Moved.scope: ("EXCLUSION_EDIT", ACCESS_EDIT, "CONFIG_REMAP", "TOPIC_REMAP", "SLA_POLICY_EDIT", "SCHEDULE_EDIT",
                  "TEAM_REMAP", "SEGMENT_REMAP"),
    Moved.team: ("TEAM_REMAP", "CONFIG_REMAP", "TOPIC_REMAP", "SLA_POLICY_EDIT", "SCHEDULE_EDIT", "SEGMENT_REMAP",
                 "EXCLUSION_EDIT", ACCESS_EDIT),
    Moved.topic: ("TOPIC_REMAP", "CONFIG_REMAP", "TEAM_REMAP", "SLA_POLICY_EDIT", "SCHEDULE_EDIT", "SEGMENT_REMAP",
                  "EXCLUSION_EDIT", ACCESS_EDIT),
    Moved.segment: ("SEGMENT_REMAP", "CONFIG_REMAP", "TOPIC_REMAP", "TEAM_REMAP", "SLA_POLICY_EDIT", "SCHEDULE_EDIT",
                    "EXCLUSION_EDIT", ACCESS_EDIT),
}  # fmt: skip
"""Rules that change for every ticket at once: which of several can have moved a unit in such a way."""


CLOSABLE = frozenset({"ratings", "survey_offers", "schedules", "vendor_metrics", "service_levels"})
"""What a helpdesk may tell one account and not another."""


def out_of_reach(needs: Iterable[str]) -> frozenset[str]:
    """Rules that cannot have moved what needs no more than this of a helpdesk."""
    told = set(needs)
    levels = frozenset() if "service_levels" in told else frozenset({"SLA_POLICY_EDIT"})
    return levels if told & CLOSABLE else levels | {ACCESS_EDIT}


@functools.cache
def explaining(causes: str, moved: Moved, is_redefined: bool = False, without: frozenset[str] = frozenset()) -> str:
    """The one of several causes (comma between) that explains how a unit moved; empty if there is none.

    `is_redefined`: the figure has another version of its definition, which then explains everything. `without`:
    causes that cannot have moved it.
    """
    told = set(causes.split(",")) - {""} - without
    if is_redefined and DEFINITION_CHANGE in told and not (moved is Moved.scope and told & set(DECIDING)):
        return DEFINITION_CHANGE
    closed = (MATURATION,) if moved is Moved.known else ()
    ranked = (*OWN, *closed, *GOVERNING[moved], *BY_THEMSELVES, DEFINITION_CHANGE)
    return next((code for code in ranked if code in told), min(told, default=""))


def kind(code: str, maturity_before: str) -> str:
    """scheduled, if a change for this reason was announced; otherwise it is a correction."""
    expected = (*SCHEDULED, *COMPLETING) if maturity_before == "provisional" else SCHEDULED
    return "scheduled" if set(code.split(",")) <= set(expected) else "correction"


def together(codes: list[str]) -> str:
    """The code of reasons whose parts cannot be told apart."""
    return ",".join(codes)


def sentence(code: str) -> str:
    """A reason in words."""
    return "; ".join(SENTENCES.get(one, one.replace("_", " ").lower()) for one in code.split(","))
