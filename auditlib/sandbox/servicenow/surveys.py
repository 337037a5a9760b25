"""Surveys of the instance: one for each incident whose customer was asked, and the answers to its three questions."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.plan import Plan
from auditlib.sandbox.servicenow.settings import sys_id, when
from auditlib.sandbox.view import View

Row = dict[str, str]
SATISFIED = {"good": "5", "bad": "1"}
QUESTIONS = (
    ("How satisfied are you?", "scale", "1", "5"), ("Was it solved?", "boolean", "0", "1"),
    ("What else?", "string", "", ""),
)  # fmt: skip


def _asked(view: View) -> list[tuple[Plan, list[dict[str, Any]]]]:
    told = ((plan, [r for r in plan.facts.ratings if r["at"] <= view.now]) for plan in view.plans)
    return [(plan, ratings) for plan, ratings in told if ratings]


def instances(view: View) -> list[Row]:
    """Each survey, with its last answer's moment; it stays when its incident is deleted."""
    found = []
    for plan, ratings in _asked(view):
        last = ratings[-1]
        is_taken = last["score"] in SATISFIED
        found.append({
            "sys_id": sys_id("asmt_assessment_instance", plan.id), "task_id": sys_id("incident", plan.id),
            "metric_type.evaluation_method": "survey", "user": sys_id("sys_user", plan.customer.id),
            "state": "complete" if is_taken else "ready", "taken_on": when(last["at"]) if is_taken else "",
            "sys_created_on": when(ratings[0]["at"]), "sys_updated_on": when(last["at"]),
        })  # fmt: skip
    return found


def answers(view: View) -> list[Row]:
    """What was answered, question by question."""
    found = []
    for plan, ratings in _asked(view):
        score = SATISFIED.get(ratings[-1]["score"])
        for name, kind, least, most in QUESTIONS if score else ():
            value = {"scale": score or "", "boolean": "1", "string": "-1"}[kind]
            found.append({
                "sys_id": sys_id("asmt_metric_result", f"{plan.id}-{name}"),
                "instance": sys_id("asmt_assessment_instance", plan.id),
                "instance.task_id": sys_id("incident", plan.id),
                "metric": sys_id("asmt_metric", name), "metric.name": name, "metric.datatype": kind,
                "metric.min": least, "metric.max": most, "metric.scale_definition": "high", "actual_value": value,
                "string_value": "",
            })  # fmt: skip
    return found
