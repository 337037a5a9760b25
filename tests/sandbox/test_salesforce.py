"""The Salesforce flavour: tokens, queries that are refused where they are wrong, and history that is told twice."""

from __future__ import annotations

import pytest
import requests

from auditlib.sandbox import serve, world


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


def test_what_it_does_not_know_is_refused(box):
    assert ask(box, "SELECT Nothing FROM Case").json()[0]["errorCode"] == "INVALID_FIELD"
    assert ask(box, "SELECT Id FROM Lead").json()[0]["errorCode"] == "INVALID_TYPE"
    assert requests.get(f"{box.connection['host']}/services/data/v61.0/query", timeout=5).status_code == 401
