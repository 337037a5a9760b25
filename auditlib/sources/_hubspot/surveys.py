"""What customers answered in HubSpot's surveys: asked for by ticket, and by what was answered since.

https://developers.hubspot.com/docs/api-reference/latest/crm/objects/feedback-submissions/guide

Only satisfaction with a ticket is read. How easy it was (CES), whether somebody would recommend the company (NPS) and
surveys of the company's own ask something else: counted as satisfaction, they would be wrong.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

from auditlib.caselog.rows import BadRecord, Event, Notice, Rejected, moment
from auditlib.sources import Page
from auditlib.sources._hubspot.shapes import SHAPES, Association, Record
from auditlib.sources._hubspot.words import contact
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.values import second

KIND = "feedback_submissions"
SCOPE = "crm.objects.feedback_submissions.read"
ADVICE = (
    f'Answers to surveys need the scope {SCOPE}; if the account has no surveys, write options = {{ ratings = "none" }}'
)
TYPE, GROUP, VALUE, COMMENT = "hs_survey_type", "hs_response_group", "hs_value", "hs_content"
ANSWERED, ANSWERED_BY = "hs_submission_timestamp", "hs_contact_id"
PROPERTIES = (TYPE, GROUP, VALUE, COMMENT, ANSWERED, ANSWERED_BY)
SATISFACTION = "CSAT"
GROUPS = {"PROMOTER": "good", "PASSIVE": "neutral", "DETRACTOR": "bad"}
"""What HubSpot itself makes of an answer, whatever scale the survey has."""
VALUES = {"0": "bad", "1": "neutral", "2": "good"}
"""The three faces of its survey of satisfaction, where no group is told."""
RATINGS = 1 << 50
"""Places of answers, behind everything else of their second."""


def named(pages: Sequence[Page]) -> set[str]:
    """The numbers that some answers about associations lead to."""
    return {str(to.toObjectId) for row in SHAPES.read(pages, Association, "results").good for to in row.to}


def answered_by(pages: Sequence[Page]) -> set[str]:
    """The contacts who gave some answers."""
    given = SHAPES.read(of_stream(pages, KIND), Record, "results").good
    return {answer.properties.get(ANSWERED_BY) or "" for answer in given}


def moved_at(row: Mapping[str, object]) -> int | None:
    """When a record last changed, if it says so."""
    try:
        return int(datetime.datetime.fromisoformat(str(row["updatedAt"])).timestamp())
    except (KeyError, TypeError, ValueError):
        return None


def answers(pages: Sequence[Page]) -> tuple[dict[str, list[Record]], list[Notice | Rejected]]:
    """Ticket → answers that are tied to it, and what there is to say of what cannot be read."""
    links = SHAPES.read(of_stream(pages, "surveyed"), Association, "results")
    whose = {str(to.toObjectId): row.origin.id for row in links.good for to in row.to}
    told = SHAPES.read(of_stream(pages, KIND), Record, "results", ticket=lambda row: whose.get(str(row.get("id"))))
    known = {record.id: record for record in told.good}
    found: dict[str, list[Record]] = defaultdict(list)
    for row in links.good:
        numbers = dict.fromkeys(str(to.toObjectId) for to in row.to)
        found[row.origin.id] = [known[number] for number in numbers if number in known]
    return found, [*links.said, *told.said]


def rating(ticket: str, told: Record, requester: str | None) -> Event | None:
    """An answer about satisfaction as an event; None for one about something else, or without an answer."""
    values = told.properties
    if values.get(TYPE) != SATISFACTION or not (values.get(GROUP) or values.get(VALUE)):
        return None
    meant = GROUPS.get(values.get(GROUP) or "") or VALUES.get(values.get(VALUE) or "")
    if meant is None or not told.id.isdigit():
        raise BadRecord("an answer about satisfaction is in none of HubSpot's three groups, nor 0, 1 or 2")
    at = moment(values.get(ANSWERED)) if values.get(ANSWERED) else second(told.createdAt)
    return Event(
        ticket=ticket, seq=RATINGS + int(told.id), occurred_at=at, kind="rating",
        actor=contact(values.get(ANSWERED_BY)) or requester,
        new=meant + (" with comment" if values.get(COMMENT) else ""),
    )  # fmt: skip
