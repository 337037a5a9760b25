"""Answers to HubSpot's survey of satisfaction, each a record tied to its ticket; and what its own SLAs say."""

from __future__ import annotations

from typing import Any, NamedTuple

from auditlib.sandbox.hubspot.settings import made, when
from auditlib.sandbox.instants import HOUR
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.view import View

Payload = dict[str, Any]

FACES = {"good": ("2", "PROMOTER"), "bad": ("0", "DETRACTOR")}
"""The company's score → the face that was chosen, and what HubSpot makes of it."""
MOST = 16
"""More answers than any ticket gets: their numbers follow from the ticket's."""
FIRST = 40_000_000
RESPONSE, CLOSE = 8 * HOUR, 72 * HOUR
DONE = ("solved", "closed")


class Answered(NamedTuple):
    """An answer, the ticket that it is about, and when it was given."""

    ticket: int
    at: int
    record: Payload


def answers(view: View) -> dict[int, Answered]:
    """Every answer by now, by its number; those about a deleted ticket stay, tied to nothing that is shown."""
    found = {}
    for plan in view.plans:
        given = [told for told in plan.facts.ratings if told["score"] in FACES and told["at"] <= view.now]
        for place, told in enumerate(given):
            number = FIRST + MOST * plan.id + place
            found[number] = Answered(plan.id, told["at"], _answer(plan, number, told))
    return found


def records(view: View) -> dict[int, Payload]:
    """Every answer's record."""
    return {number: told.record for number, told in view.once(answers).items()}


def _answer(plan: Plan, number: int, told: Payload) -> Payload:
    value, group = FACES[told["score"]]
    values = {
        "hs_survey_type": "CSAT", "hs_survey_name": "Support", "hs_survey_id": "1", "hs_value": value,
        "hs_response_group": group, "hs_content": None, "hs_submission_timestamp": when(told["at"]),
        "hs_contact_id": str(plan.customer.id),
    }  # fmt: skip
    return {"id": str(number), **made(told["at"], told["at"]), "properties": values}


def tie(number: int, others: list[int]) -> Payload:
    """What belongs to a record, as associations say it."""
    kind = {"category": "HUBSPOT_DEFINED", "typeId": 98, "label": None}
    return {"from": {"id": str(number)}, "to": [{"toObjectId": other, "associationTypes": [kind]} for other in others]}


def service_levels(view: View, plan: Plan) -> dict[str, str]:
    """Both SLAs as they stand: 0 active, 1 overdue, 3 completed on time, 4 completed late."""
    theirs = (plan.customer.id, plan.copied)
    acts = acts_until(plan, view.now)
    replied = [
        act.at for act in acts
        if act.message and act.message.is_public and act.actor not in theirs and act.at > plan.created_at
    ]  # fmt: skip
    solved = [act.at for act in acts if any(c.field == "status" and c.new in DONE for c in act.changes)]
    return {
        "hs_time_to_first_response_sla_status": _stands(view, plan, replied[:1], RESPONSE),
        "hs_time_to_close_sla_status": _stands(view, plan, solved[-1:], CLOSE),
    }


def _stands(view: View, plan: Plan, ended: list[int], goal: int) -> str:
    late = (ended[0] if ended else view.now) - plan.created_at > goal
    return ("4" if late else "3") if ended else ("1" if late else "0")
