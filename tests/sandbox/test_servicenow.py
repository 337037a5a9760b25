"""The ServiceNow flavour: queries that heed what they know, pages with links, and what a deletion leaves."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world
from auditlib.sandbox.instants import iso


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="servicenow") as running:
        yield running


def ask(box, path, **query):
    told = box.connection
    auth = (told["login"], told["password"])
    return requests.get(f"{told['host']}/api/now/{path}", params=query, auth=auth, timeout=5)


def rows(box, table, query="", **more):
    return ask(box, f"table/{table}", sysparm_query=query, **more).json()["result"]


def test_a_condition_on_a_field_that_there_is_not_is_left_out_without_a_word(box):
    assert rows(box, "incident", "u_nothing=1") == rows(box, "incident")
    assert len(rows(box, "incident", "state=6^ORstate=7")) > len(rows(box, "incident", "state=6")) > 0


def test_a_page_names_the_next_one_and_how_many_there_are(box):
    first = ask(box, "table/incident", sysparm_limit=7, sysparm_query="ORDERBYsys_id")
    assert len(first.json()["result"]) == 7
    assert int(first.headers["X-Total-Count"]) == len(rows(box, "incident"))
    second = ask(box, "table/incident", sysparm_limit=7, sysparm_query="ORDERBYsys_id", sysparm_offset=7).json()
    assert first.json()["result"][-1]["sys_id"] < second["result"][0]["sys_id"]
    last = ask(box, "table/incident", sysparm_limit=1000)
    assert "next" in first.links
    assert "next" not in last.links


def test_a_deleted_incident_is_gone_but_for_a_line_that_says_what_it_was(box, company):
    gone = {str(plan.id) for plan in company.plans if plan.is_deleted(company.end)}
    assert gone
    assert not gone & {row["number"] for row in rows(box, "incident")}
    assert gone <= {row["display_value"] for row in rows(box, "sys_audit_delete")}


def test_another_group_cancels_what_was_attached_and_attaches_its_own_on_its_hours(box):
    levels = [row for row in rows(box, "task_sla") if row["sla.target"] == "resolution" and row["sla.type"] == "SLA"]
    cancelled = [row for row in levels if row["stage"] == "cancelled"]
    assert cancelled
    for row in cancelled:
        at = (row["task"], row["end_time"])
        later = [other for other in levels if (other["task"], other["sys_created_on"]) == at]
        assert [other["schedule"] == row["schedule"] for other in later] == [False]
    kept = {row["schedule"] for row in levels}
    assert kept <= {row["sys_id"] for row in rows(box, "cmn_schedule")}
    assert kept & {row["schedule"] for row in rows(box, "cmn_schedule_span")} == kept


def test_an_answer_to_a_survey_leaves_its_incident_as_it_was(company):
    rated = next(p for p in company.plans if len(p.facts.ratings) > 1 and not p.is_deleted(company.end))
    answered_at = rated.facts.ratings[1]["at"]
    with serve(company, flavour="servicenow") as box:
        box.set_clock(iso(answered_at + 1))
        (incident,) = rows(box, "incident", f"number={rated.id}")
        (survey,) = rows(box, "asmt_assessment_instance", f"task_id={incident['sys_id']}")
        assert incident["sys_updated_on"] < survey["sys_created_on"] < survey["taken_on"]
        assert len(rows(box, "asmt_metric_result", f"instance={survey['sys_id']}")) == 3


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "table/u_nothing").status_code == 400
    assert ask(box, "table/incident", sysparm_size=3).status_code == 400
    assert ask(box, "import/incident").status_code == 400
    assert requests.get(f"{box.connection['host']}/api/now/table/incident", timeout=5).status_code == 401
