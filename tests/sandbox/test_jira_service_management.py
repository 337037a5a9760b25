"""The flavour of Jira Service Management: its JQL to the minute, its tokens, its silent caps and its refusals."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world

EVER = 'project in ("NH") AND updated >= "2020/01/01 00:00"'


@pytest.fixture(scope="module")
def company():
    return world(tickets=60, seed=53)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="jira_service_management") as running:
        yield running


def ask(box, path, **query):
    told = box.connection
    return requests.get(f"{box.url}/rest/{path}", params=query, auth=(told["login"], told["password"]), timeout=5)


def test_a_search_goes_on_behind_its_token_until_it_is_the_last(box, company):
    seen, token = [], None
    while True:
        page = ask(
            box, "api/3/search/jql", jql=EVER, maxResults=7, **({"nextPageToken": token} if token else {})
        ).json()
        seen += [row["id"] for row in page["issues"]]
        if page["isLast"]:
            break
        token = page["nextPageToken"]
    assert "nextPageToken" not in page
    assert sorted(seen) == sorted(str(plan.id) for plan in company.plans if not plan.is_deleted(box.now))


def test_without_a_wish_only_ids_are_shown_and_no_property(box):
    assert set(ask(box, "api/3/search/jql", jql=EVER, maxResults=1).json()["issues"][0]) == {"id"}
    (row,) = ask(box, "api/3/search/jql", jql=EVER, maxResults=1, fields="summary").json()["issues"]
    assert (list(row["fields"]), "properties" in row) == (["summary"], False)


def test_jql_is_read_in_the_zone_of_whoever_asks(box):
    asked = dict(maxResults=1, fields="updated")
    updated = ask(box, "api/3/search/jql", jql=EVER, **asked).json()["issues"][0]["fields"]["updated"]
    assert ask(box, "api/3/myself").json()["timeZone"] == "America/New_York"
    assert updated.endswith(("-0400", "-0500"))
    minute = updated[:16].replace("-", "/").replace("T", " ")
    found = ask(box, "api/3/search/jql", jql=f'project in ("NH") AND updated >= "{minute}"', **asked).json()["issues"]
    assert found[0]["fields"]["updated"] == updated


def test_what_jira_would_refuse_is_refused_and_larger_pages_are_cut_without_a_word(box, company):
    assert ask(box, "api/3/search/jql", jql=EVER, startAt=5).status_code == 400
    assert ask(box, "api/3/search/jql", jql=EVER, nextPageToken="?").status_code == 400
    assert ask(box, "api/3/search/jql", jql="text ~ lamp").status_code == 400
    gone = next(plan for plan in company.plans if plan.is_deleted(box.now))
    assert ask(box, f"api/3/issue/{gone.id}/changelog").status_code == 404
    there = next(plan for plan in company.plans if not plan.is_deleted(box.now))
    assert ask(box, f"api/3/issue/{there.id}/comment", maxResults=5000).json()["maxResults"] == 100
    assert requests.get(f"{box.url}/rest/api/3/myself", timeout=5).status_code == 401


def test_an_sla_tells_its_completed_cycles_and_the_one_that_still_runs(box, company):
    there = [plan for plan in company.plans if not plan.is_deleted(box.now)]
    open_ones = [plan for plan in there if plan.solved_at is None and plan.closed_at is None]
    for plan in open_ones:
        (_, resolution) = ask(box, f"servicedeskapi/request/{plan.id}/sla").json()["values"]
        assert resolution["ongoingCycle"]["elapsedTime"]["millis"] > 0
        for cycle in resolution["completedCycles"]:
            passed = cycle["stopTime"]["epochMillis"] - cycle["startTime"]["epochMillis"]
            assert (cycle["elapsedTime"]["millis"], cycle["breached"]) == (
                passed,
                passed > cycle["goalDuration"]["millis"],
            )
    assert len(open_ones) > 1
    page = ask(box, f"servicedeskapi/request/{open_ones[0].id}/sla", limit=1).json()
    assert (page["size"], page["isLastPage"]) == (1, False)


def test_a_merge_is_a_link_that_both_issues_show(box, company):
    one = next(p for p in company.plans if p.facts.merged_into is not None and (p.facts.merged_at or 0) <= box.now)
    rows = ask(box, "api/3/search/jql", jql=EVER, maxResults=100, fields="issuelinks").json()["issues"]
    links = {row["id"]: row["fields"]["issuelinks"] for row in rows}
    into = str(one.facts.merged_into.id)
    assert [link["outwardIssue"]["id"] for link in links[str(one.id)] if "outwardIssue" in link] == [into]
    assert str(one.id) in [link["inwardIssue"]["id"] for link in links[into] if "inwardIssue" in link]
