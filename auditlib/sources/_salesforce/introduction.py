"""What a Salesforce organization says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math
from collections.abc import Sequence

from auditlib.sources import Introduction, Settings
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.desk import Desk
from auditlib.sources._salesforce.shapes import SHAPES, asked
from auditlib.sources._salesforce.tickets import Reading
from auditlib.sources._salesforce.words import CUSTOM
from auditlib.sources._shared.introducing import Introducing

OWN = ("Reason", "Type")
"""Salesforce's own fields that say what a case is about."""
READ = "permission to read the object and every field that the source's page names, and all records of it"


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    objects: list[tuple[str, str, type, int]] = [
        ("statuses", "CaseStatus", shapes.Status, 200),
        ("queues", "Group", shapes.Named, 2000),
        ("cases", "Case", shapes.Case, 1),
        ("changes", "CaseHistory", shapes.Change, 1),
        ("mails", "EmailMessage", shapes.Mail, 1),
        ("comments", "CaseComment", shapes.Comment, 1),
        ("users", "User", shapes.User, 1),
        ("contacts", "Contact", shapes.Contact, 1),
        ("accounts", "Account", shapes.Named, 1),
        ("hours", "BusinessHours", shapes.Hours, 200),
        ("milestone_types", "MilestoneType", shapes.Named, 200),
        ("milestones", "CaseMilestone", shapes.Milestone, 1),
        ("surveys", "SurveySubject", shapes.Subject, 1),
        ("invitations", "SurveyInvitation", shapes.Invitation, 1),
        ("responses", "SurveyResponse", shapes.Response, 1),
        ("answers", "SurveyQuestionResponse", shapes.Answer, 1),
        ("questions", "SurveyQuestion", shapes.Question, 1),
    ]
    for stream, name, shape, limit in objects:
        where = " WHERE Type = 'Queue'" if name == "Group" else ""
        soql = f"SELECT {','.join(asked(shape))} FROM {name}{where} LIMIT {limit}"
        told.ask(stream, lambda q=soql, s=stream: desk.query(q, s), READ)  # type: ignore[misc]
    told.ask("count", lambda: desk.count(settings.since), READ)
    told.ask("fields", desk.described, READ)
    reading = Reading(list(told.pages.values()), settings)
    total = told.fact("count", "totalSize")
    fields = [f for f in told.records("fields", shapes.Field, "fields") if f.custom or f.name in OWN]
    tickets = total if isinstance(total, int) else None
    return Introduction(
        account="Salesforce",
        streams=told.streams,
        statuses=dict(reading.statuses.known()),
        groups=[queue.Name for queue in reading.queues],
        fields={f"{CUSTOM}{field.name}": field.label for field in fields},
        choices=_choices(fields),
        schedules=[hours.Name for hours in reading.hours.told.values()],
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 16 * math.ceil(tickets / desk.size) + 26,
        notes=[
            "History has to be switched on for the case's status, owner, priority, contact and business hours (Setup, "
            "Fields, Set History Tracking); what was not tracked is not told.",
            "A case's group is the queue that owned it last, unless options.group_field names a field that holds it.",
            'Who files mails as cases has to be named: options = { automated = ["cases@acme.com"] }.',
            "A case keeps its business hours (the field Business Hours). Which holidays hold for them Salesforce does "
            f'not tell: name them, as in [clock] holidays = {{ {settings.name} = "DE-BE" }}.',
            "Milestones and surveys that are not there, or not readable, are asked for and said to be closed.",
        ],
    )


def _choices(fields: Sequence[shapes.Field]) -> dict[str, list[str]]:
    """The words that each field with a list to choose from can hold."""
    told = {f.name: [word.value for word in f.picklistValues or () if word.active] for f in fields}
    return {f"{CUSTOM}{name}": words for name, words in told.items() if words}
