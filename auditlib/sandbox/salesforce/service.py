"""Hours, milestones and surveys of the organization, and the fields of its cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from auditlib.sandbox.hours import MINUTES_A_DAY
from auditlib.sandbox.instants import HOUR
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.salesforce.records import HOURS, Record, identity, when
from auditlib.sandbox.view import View

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MILESTONES = {"First response": 8 * HOUR, "Resolution": 40 * HOUR}
DONE = ("solved", "closed")
STARS = {"good": 5, "bad": 1}
RATING, COMMENT = identity("0Kw", 1), identity("0Kw", 2)


def business_hours(view: View) -> list[Record]:
    """The hours as they are at that moment. Which holidays hold for them, no query tells."""
    today = datetime.fromtimestamp(view.now, UTC).date()
    found = []
    for i, schedule in enumerate(view.world.company.schedules.values()):
        in_force = ([w for w in schedule.weeks if w.since <= today] or [schedule.weeks[0]])[-1]
        made = edited = view.world.company.since
        if in_force is not schedule.weeks[0]:
            edited = int(datetime.combine(in_force.since, datetime.min.time(), UTC).timestamp())
        times: Record = {f"{day}{end}Time": None for day in DAYS for end in ("Start", "End")}
        for begin, ends in in_force.intervals:
            day, midnight = DAYS[begin // MINUTES_A_DAY], begin // MINUTES_A_DAY * MINUTES_A_DAY
            times |= {f"{day}StartTime": _clock(begin - midnight), f"{day}EndTime": _clock(ends - midnight)}
        found.append({
            "Id": identity(HOURS, schedule.id), "Name": schedule.name, "IsActive": True, "IsDefault": i == 0,
            "TimeZoneSidKey": schedule.iana, "CreatedDate": when(made), "LastModifiedDate": when(edited), **times,
        })  # fmt: skip
    return found


def _clock(minute: int) -> str:
    """09:00:00.000Z, which is local all the same; the end of the day is its beginning."""
    return f"{minute % MINUTES_A_DAY // 60:02d}:{minute % 60:02d}:00.000Z"


def milestone_types(view: View) -> list[Record]:
    """What milestones are called."""
    return [{"Id": identity("557", i), "Name": name} for i, name in enumerate(MILESTONES)]


def milestones(view: View) -> list[Record]:
    """Each case's first response and first solve, against working hours."""
    return [row for plan in view.plans if not plan.is_deleted(view.now) for row in _milestones(view, plan)]


def _milestones(view: View, plan: Plan) -> Iterator[Record]:
    acts = acts_until(plan, view.now)
    hours = view.world.company.schedule(next(c.new for a in plan.acts for c in a.changes if c.field == "schedule")).open
    reached = {
        "First response": next((a.at for a in acts if _answers(view, a)), None),
        "Resolution": next((a.at for a in acts if any(c.field == "status" and c.new in DONE for c in a.changes)), None),
    }
    for i, (name, seconds) in enumerate(MILESTONES.items()):
        at, due = reached[name], hours.after(plan.created_at, seconds)
        yield {
            "Id": identity("555", plan.id * 10 + i), "CaseId": identity("500", plan.id),
            "MilestoneTypeId": identity("557", i), "StartDate": when(plan.created_at), "TargetDate": when(due),
            "CompletionDate": when(at) if at is not None else None,
            "IsViolated": due < (view.now if at is None else at),
            "SystemModstamp": when(at if at is not None else plan.created_at),
        }  # fmt: skip


def _answers(view: View, act: Act) -> bool:
    agents = {agent.id for agent in view.world.company.agents}
    public = act.message is not None and act.message.is_public
    return public and act.actor in agents and not act.via.startswith("rule")


def _asked(view: View) -> list[tuple[Plan, list[dict[str, Any]]]]:
    told = ((plan, [r for r in plan.facts.ratings if r["at"] <= view.now]) for plan in view.plans)
    return [(plan, ratings) for plan, ratings in told if ratings and not plan.is_deleted(view.now)]


def _given(view: View) -> list[tuple[Plan, int, dict[str, Any]]]:
    return [(p, i, r) for p, ratings in _asked(view) for i, r in enumerate(ratings) if r["score"] in STARS]


def subjects(view: View) -> list[Record]:
    """That a survey was sent about a case."""
    return [
        {"Id": identity("0Kq", plan.id), "SubjectId": identity("500", plan.id), "ParentId": identity("0Ki", plan.id),
         "SubjectEntityType": "Case", "SystemModstamp": when(ratings[0]["at"])}
        for plan, ratings in _asked(view)
    ]  # fmt: skip


def invitations(view: View) -> list[Record]:
    """To whom, and when."""
    return [
        {"Id": identity("0Ki", plan.id), "CreatedDate": when(ratings[0]["at"]),
         "ContactId": identity("003", plan.customer.id)}
        for plan, ratings in _asked(view)
    ]  # fmt: skip


def responses(view: View) -> list[Record]:
    """Each answer; one that is changed is another one."""
    return [
        {"Id": identity("0Kr", plan.id * 10 + i), "InvitationId": identity("0Ki", plan.id), "Status": "Completed",
         "CompletionDateTime": when(rating["at"]), "SystemModstamp": when(rating["at"])}
        for plan, i, rating in _given(view)
    ]  # fmt: skip


def answers(view: View) -> list[Record]:
    """What was answered: stars, and words."""
    return [
        {"Id": identity("0Kt", (plan.id * 10 + i) * 2 + j), "ResponseId": identity("0Kr", plan.id * 10 + i),
         "QuestionId": question, "NumberValue": STARS[rating["score"]] if question == RATING else None}
        for plan, i, rating in _given(view) for j, question in enumerate((RATING, COMMENT))
    ]  # fmt: skip


def questions(view: View) -> list[Record]:
    """What is asked."""
    return [
        {"Id": RATING, "Name": "How did we do?", "DeveloperName": "q_stars", "QuestionType": "Rating"},
        {"Id": COMMENT, "Name": "What else?", "DeveloperName": "q_words", "QuestionType": "FreeText"},
    ]  # fmt: skip


def described(view: View) -> Record:
    """The fields of cases."""
    topics = [{"value": topic.name, "label": topic.name.title(), "active": True, "defaultValue": False}
              for topic in view.world.company.topics]  # fmt: skip
    fields: list[tuple[str, str, bool, list[Record]]] = [
        ("Id", "Case ID", False, []), ("Reason", "Case Reason", False, []), ("Topic__c", "Topic", True, topics),
        ("Team__c", "Team", True, []),
    ]  # fmt: skip
    return {
        "name": "Case", "label": "Case", "custom": False,
        "fields": [{"name": name, "label": label, "custom": own, "type": "picklist" if words else "string",
                    "picklistValues": words} for name, label, own, words in fields],
    }  # fmt: skip
