"""The ServiceNow flavour: queries that heed what they know, pages with links, and what a deletion leaves."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world


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


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "table/u_nothing").status_code == 400
    assert ask(box, "table/incident", sysparm_size=3).status_code == 400
    assert ask(box, "import/incident").status_code == 400
    assert requests.get(f"{box.connection['host']}/api/now/table/incident", timeout=5).status_code == 401
