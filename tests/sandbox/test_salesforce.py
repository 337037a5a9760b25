"""The Salesforce flavour: tokens, queries that are refused where they are wrong, and history that is told twice."""

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
    with serve(company, flavour="salesforce") as running:
        yield running


def ask(box, soql, path="query"):
    told = box.connection
    form = {"grant_type": "client_credentials", "client_id": told["login"], "client_secret": told["password"]}
    granted = requests.post(f"{told['host']}{told['extra']['token_path']}", data=form, timeout=5).json()
    headers = {"Authorization": f"{granted['token_type']} {granted['access_token']}"}
    return requests.get(f"{told['host']}/services/data/v61.0/{path}", params={"q": soql}, headers=headers, timeout=5)


def test_the_recycle_bin_is_shown_to_those_who_ask_for_all(box, company):
    gone = sum(plan.is_deleted(company.end) for plan in company.plans)
    there, everything = (ask(box, "SELECT Id FROM Case", path).json()["totalSize"] for path in ("query", "queryAll"))
    assert gone > 0
    assert (there, everything) == (len(company.plans) - gone, len(company.plans))


def test_many_records_come_by_locators(box):
    first = ask(box, "SELECT Id FROM CaseHistory ORDER BY Id").json()
    assert (first["done"], len(first["records"])) == (False, 200)
    rest = ask(box, "", first["nextRecordsUrl"].removeprefix("/services/data/v61.0/")).json()
    assert rest["records"][0]["Id"] > first["records"][-1]["Id"]
    assert len(rest["records"]) + 200 == first["totalSize"]


def test_an_owner_is_told_by_names_and_by_ids(box):
    lines = ask(box, "SELECT OldValue,NewValue FROM CaseHistory WHERE Field = 'Owner'").json()["records"]
    by_id = [line for line in lines if str(line["NewValue"]).startswith("00")]
    assert 2 * len(by_id) == len(lines) > 0


def test_an_answer_to_a_survey_leaves_its_case_as_it_was(company):
    rated = next(p for p in company.plans if len(p.facts.ratings) > 1 and not p.is_deleted(company.end))
    answered_at = rated.facts.ratings[1]["at"]
    with serve(company, flavour="salesforce") as box:
        box.set_clock(iso(answered_at + 1))
        (case,) = ask(box, f"SELECT Id,SystemModstamp FROM Case WHERE CaseNumber = '{rated.id}'").json()["records"]
        about = f"SELECT ParentId FROM SurveySubject WHERE SubjectId = '{case['Id']}'"
        (subject,) = ask(box, about).json()["records"]
        given = f"SELECT CompletionDateTime FROM SurveyResponse WHERE InvitationId = '{subject['ParentId']}'"
        (response,) = ask(box, given).json()["records"]
    assert case["SystemModstamp"] < response["CompletionDateTime"]


def test_business_hours_end_at_midnight_and_a_case_names_its_own(box):
    hours = ask(box, "SELECT Id,Name,MondayStartTime,MondayEndTime FROM BusinessHours").json()["records"]
    told = {row["Name"]: (row["MondayStartTime"], row["MondayEndTime"]) for row in hours}
    assert told["Always open"] == ("00:00:00.000Z", "00:00:00.000Z")
    named = {row["BusinessHoursId"] for row in ask(box, "SELECT BusinessHoursId FROM Case").json()["records"]}
    assert named <= {row["Id"] for row in hours}


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "SELECT Nothing FROM Case").json()[0]["errorCode"] == "INVALID_FIELD"
    assert ask(box, "SELECT Id FROM Lead").json()[0]["errorCode"] == "INVALID_TYPE"
    assert requests.get(f"{box.connection['host']}/services/data/v61.0/query", timeout=5).status_code == 401
