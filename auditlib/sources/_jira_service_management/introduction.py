"""What a Jira site says of itself: one call a stream, and what the first load will take."""

from __future__ import annotations

import math

from auditlib.sources import Introduction, Settings, SourceError
from auditlib.sources._jira_service_management import shapes
from auditlib.sources._jira_service_management.desk import Desk
from auditlib.sources._jira_service_management.issues import Reading
from auditlib.sources._jira_service_management.shapes import SHAPES
from auditlib.sources._jira_service_management.words import PREFIX
from auditlib.sources._shared.introducing import Introducing

BROWSE = "the project permission to browse the service projects"
AGENT = "to be an agent of the service projects"
FORMS = 10
"""So many kinds of requests are looked at for what can be chosen in them."""


def introduced(desk: Desk, settings: Settings) -> Introduction:
    """Each stream asked once; what is missing is said with the right that would give it."""
    told = Introducing(SHAPES)
    told.ask("account", lambda: desk.ask("api/3/myself", "myself"), "an API token")
    told.ask("fields", lambda: desk.ask("api/3/field", "fields"), BROWSE)
    told.ask("statuses", lambda: desk.ask("api/3/status", "statuses"), BROWSE)
    told.ask("desks", lambda: next(desk.desks()), AGENT)
    reading = Reading(list(told.pages.values()), settings)
    if "account" in told.pages:
        try:
            desk.settle(told.pages["account"])
        except SourceError as error:
            told.streams["account"] = str(error)
    desk.projects, desk.fields = [found.projectKey for found in reading.desks], reading.wanted
    tickets = None
    if desk.projects:
        told.ask("count", lambda: desk.count(settings.since), BROWSE)
        told.ask("issues", lambda: desk.found(desk.jql(settings.since), None, size=1), BROWSE)
        count = told.fact("count", "count")
        tickets = count if isinstance(count, int) else None
        first = next(iter(told.records("issues", shapes.Issue, "issues")), None)
        if first is not None:
            one, few = {"startAt": 0, "maxResults": 1}, {"start": 0, "limit": 1}
            told.ask("changelog", lambda: desk.ask(f"api/3/issue/{first.id}/changelog", "changelog", one), BROWSE)
            told.ask("comments", lambda: desk.ask(f"api/3/issue/{first.id}/comment", "comments", one), BROWSE)
            told.ask("levels", lambda: desk.ask(f"servicedeskapi/request/{first.id}/sla", "levels", few), AGENT)
    else:
        told.streams["issues"] = f"the account sees no service desk; it needs {AGENT}"
    words = _offered(told, desk, reading)
    statuses = told.records("statuses", shapes.Status)
    return Introduction(
        account="Jira Service Management",
        streams=told.streams,
        statuses={status.name: reading.statuses.known(status) for status in statuses} | dict(settings.statuses),
        groups=[found.projectName for found in reading.desks] if reading.group_field == "project" else [],
        fields={f"{PREFIX}{f.id}": f.name for f in told.records("fields", shapes.Field) if f.custom},
        choices=words,
        tickets=tickets,
        requests_for_first_load=None if tickets is None else 3 * tickets + math.ceil(tickets / desk.size) + 20,
        notes=[
            "The number of tickets is Jira's own estimate.",
            f"Searches by time are read in the account's zone, {desk.zone.key}.",
            "A ticket's group is its service project, unless options.group_field names a field that holds the team.",
            "Jira tells no opening hours: write them into [clock].",
        ],
    )


def _offered(told: Introducing, desk: Desk, reading: Reading) -> dict[str, list[str]]:
    """Field → what customers can choose in it, by the forms of the first service desk's requests."""
    if not reading.desks:
        return {}
    number = reading.desks[0].id
    few, path = {"start": 0, "limit": FORMS}, f"servicedeskapi/servicedesk/{number}/requesttype"
    told.ask("request types", lambda: desk.ask(path, "request types", few), AGENT)
    found: dict[str, dict[str, None]] = {}
    for form in told.records("request types", shapes.RequestType, "values")[:FORMS]:
        stream = f"request type {form.id}"
        told.ask(stream, lambda f=form, s=stream: desk.ask(f"{path}/{f.id}/field", s), AGENT)  # type: ignore[misc]
        for field in told.records(stream, shapes.FormField, "requestTypeFields"):
            words = dict.fromkeys(choice.label for choice in field.validValues if choice.label)
            found.setdefault(f"{PREFIX}{field.fieldId}", {}).update(words)
    return {name: list(words) for name, words in found.items() if words}
