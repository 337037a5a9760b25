"""The Front flavour: pages that say too little, events in order, what no event tells, and what is refused."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from auditlib.sandbox import serve, world
from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import acts_until, state

STATUSES = {"new": "open", "open": "open", "pending": "snoozed", "hold": "snoozed", "solved": "archived",
            "closed": "archived"}  # fmt: skip
BESIDE = {"cnv_1000000000", "cnv_1000000001"}
"""A discussion, and somebody's own mail."""
WRITTEN = ("inbound", "outbound", "out_reply")


@pytest.fixture(scope="module")
def company():
    return world(tickets=700, seed=4)


@pytest.fixture(scope="module")
def box(company):
    with serve(company, flavour="front") as running:
        yield running


@pytest.fixture(scope="module")
def everything_that_happened(box):
    return everything(box, "events", sort_by="created_at", sort_order="asc", limit=15)


def ask(box, path, **query):
    headers = {"Authorization": box.connection["extra"]["authorization"]}
    return requests.get(f"{box.connection['host']}/{path}", params=query, headers=headers, timeout=5)


def pages(box, path, **query):
    more = {}
    while True:
        told = ask(box, path, **query, **more).json()
        yield told
        if told["_pagination"]["next"] is None:
            return
        more = {"page_token": parse_qs(urlsplit(told["_pagination"]["next"]).query)["page_token"][0]}


def everything(box, path, **query):
    return [row for page in pages(box, path, **query) for row in page["_results"]]


def conversation(plan):
    return f"conversations/cnv_{plan.id}"


def standing(events):
    """What a conversation is by its events: whatever comes in opens it, and none of them says so."""
    now = "open"
    for event in events:
        snoozes = event["source"]["_meta"]["type"] == "reminder"
        told = {"archive": "snoozed" if snoozes else "archived", "reopen": "open", "reminder": "open",
                "inbound": "open"}  # fmt: skip
        now = told.get(event["type"], now)
    return now


def test_the_next_page_is_said_to_be_on_another_host_and_a_page_may_be_short_or_empty(box):
    told = list(pages(box, "conversations", limit=7))
    hosts = {urlsplit(page["_pagination"]["next"]).netloc for page in told[:-1]}
    assert hosts == {"nordlicht.api.frontapp.com"}
    assert {0, 3, 7} <= {len(page["_results"]) for page in told[:-1]}


def test_events_are_told_once_in_their_order_and_the_newest_first_unless_it_is_asked_for(box, everything_that_happened):
    at = [event["emitted_at"] for event in everything_that_happened]
    assert at == sorted(at)
    assert len({event["id"] for event in everything_that_happened}) == len(at)
    latest = ask(box, "events", limit=3).json()["_results"]
    assert latest == everything_that_happened[-1:-4:-1]
    assert ask(box, f"events/{latest[0]['id']}").json() == latest[0]


def test_events_of_a_time_some_types_and_some_inboxes_are_those_and_no_others(box, everything_that_happened):
    first, last = (everything_that_happened[i]["emitted_at"] for i in (100, 400))
    between = {"q[after]": first, "q[before]": last, "sort_order": "asc"}
    told = [event for event in everything_that_happened if first < event["emitted_at"] < last]
    assert everything(box, "events", **between) == told
    kinds = everything(box, "events", **between, **{"q[types]": ["move", "comment"]})
    assert kinds == [event for event in told if event["type"] in ("move", "comment")]
    inbox = ask(box, "inboxes").json()["_results"][0]["id"]
    some = everything(box, "events", **between, **{"q[inboxes]": inbox})
    assert 0 < len(some) < len(told)


def test_the_history_of_each_conversation_ends_where_the_company_left_it(box, company, everything_that_happened):
    found: dict[str, list] = {}
    for event in everything_that_happened:
        found.setdefault(event["conversation"]["id"], []).append(event)
    for plan in company.plans:
        if plan.facts.merged_into or plan.is_deleted(company.end):
            continue
        events = found[f"cnv_{plan.id}"]
        meant = state(plan, acts_until(plan, company.end))
        assert standing(events) == STATUSES[meant.status], plan.id
        record = events[-1]["conversation"]
        assert record["status"] == ("archived" if standing(events) != "open" else record["status"])
        assert bool(record["scheduled_reminders"]) == (standing(events) == "snoozed")
        assert record["custom_fields"]["Topic"] == meant.topic


def test_what_a_customer_writes_opens_a_conversation_and_no_event_tells_of_it(box, company):
    plan = next(
        p for p in company.plans
        if any(told["by"] == "customer" for told in p.facts.reopens) and not p.is_deleted(company.end)
    )  # fmt: skip
    kinds = [event["type"] for event in everything(box, f"{conversation(plan)}/events")][::-1]
    assert kinds.count("archive") > 1 + kinds.count("reopen")


def test_what_a_rule_sends_has_no_author_or_a_machine_for_one(box, company):
    shown = set()
    for plan in [p for p in company.plans if any(a.via.startswith("rule:trigger") for a in p.acts)][:8]:
        sent = [m for m in everything(box, f"{conversation(plan)}/messages") if not m["is_inbound"]]
        shown |= {m["author"] and m["author"]["type"] for m in sent if "#" in m["text"] or m["author"] is None}
    assert {None, "rule"} <= shown


def test_a_merged_conversation_is_gone_and_what_was_written_in_it_goes_on_in_the_other(box, company):
    plan = next(p for p in company.plans if p.facts.merged_into)
    other = plan.facts.merged_into
    assert ask(box, conversation(plan)).status_code == 404
    events = everything(box, f"{conversation(other)}/events")
    (merged,) = [event for event in events if event["type"] == "conversations_merged"]
    assert merged["target"]["data"] == [f"cnv_{plan.id}"]
    messages = everything(box, f"{conversation(other)}/messages")
    assert float(plan.created_at) in [message["created_at"] for message in messages if message["is_inbound"]]
    (home,) = {message["_links"]["related"]["conversation"] for message in messages}
    assert home.endswith(conversation(other))


def test_a_merged_conversation_was_there_before(company):
    plan = next(p for p in company.plans if p.facts.merged_into)
    with serve(company, now=iso(plan.facts.merged_at - 1), flavour="front") as before:
        assert ask(before, conversation(plan)).json()["status"] == "unassigned"


def test_what_is_in_the_trash_is_deleted_and_what_was_purged_is_gone_but_for_its_events(
    box, company, everything_that_happened
):
    gone = next(p for p in company.plans if p.is_deleted(company.end) and p.facts.scrubbed_at)
    assert ask(box, conversation(gone)).status_code == 404
    kinds = [e["type"] for e in everything_that_happened if e["conversation"]["id"] == f"cnv_{gone.id}"]
    assert kinds[-1] == "trash"
    with serve(company, now=iso(gone.facts.deleted_at + 1), flavour="front") as before:
        assert ask(before, conversation(gone)).json()["status"] == "deleted"
        assert ask(before, "conversations/search/is:trashed").json()["_total"] > 0


def test_discussions_and_private_mail_are_there_and_drafts_were_never_sent(box):
    found = {row["id"]: row for row in everything(box, "conversations", limit=100)}
    assert set(found) >= BESIDE
    discussion, private = (f"conversations/{key}" for key in sorted(BESIDE))
    assert ask(box, f"{discussion}/messages").json()["_results"] == []
    assert len(ask(box, f"{discussion}/comments").json()["_results"]) == 2
    assert ask(box, private).json()["is_private"] is True
    drafts = []
    for key, row in found.items():
        if row["status"] == "assigned" and key not in BESIDE:
            messages = everything(box, f"conversations/{key}/messages")
            events = everything(box, f"conversations/{key}/events")
            sent = {event["target"]["data"]["id"] for event in events if event["type"] in WRITTEN}
            assert {m["id"] for m in messages if m["draft_mode"]} == {m["id"] for m in messages} - sent
            drafts += [m for m in messages if m["draft_mode"]]
            failed = {event["target"]["data"]["id"] for event in events if event["type"] == "sending_error"}
            assert failed == {m["id"] for m in messages if m["error_type"]}
    assert {draft["error_type"] for draft in drafts} == {None, "smtp_error"}


def test_who_asks_too_often_is_told_to_wait(company):
    with serve(company, rate_limit=3, flavour="front") as strict:
        told = [ask(strict, "me") for _ in range(4)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429]
    assert [answer.headers["x-ratelimit-remaining"] for answer in told] == ["2", "1", "0", "0"]
    assert 0 < int(told[-1].headers["retry-after"]) <= 60


def test_a_search_counts_what_it_finds(box):
    counted = {told: ask(box, f"conversations/search/is:{told}").json()["_total"] for told in ("open", "archived")}
    rows = everything(box, "conversations/search/is:open", limit=10)
    assert len(rows) == counted["open"] > 10
    assert {row["status"] for row in rows} == {"assigned", "unassigned"}
    listed = Counter(row["status"] for row in everything(box, "conversations", limit=100))
    assert counted["archived"] < listed["archived"] + 1
    assert ask(box, "conversations/search/is:open is:unassigned").json()["_total"] < counted["open"]


def test_who_left_is_blocked_or_no_longer_listed(box, company):
    listed = {row["email"]: row["is_blocked"] for row in ask(box, "teammates").json()["_results"]}
    left = [agent for agent in company.company.agents if agent.until <= company.end]
    assert {listed.get(agent.email) for agent in left} == {None, True}
    assert {blocked for email, blocked in listed.items() if email not in {a.email for a in left}} == {False}


def test_what_was_handed_over_is_marked_until_somebody_is_done_with_it(box, company):
    plan = next(p for p in company.plans if p.facts.transfers and p.solved_at and not p.is_deleted(company.end))
    events = everything(box, f"{conversation(plan)}/events")[::-1]
    kinds = [event["type"] for event in events if event["type"] in ("move", "tag", "untag", "archive")]
    assert kinds[:2] == ["move", "tag"]
    assert kinds.index("untag") == kinds.index("archive") + 1
    assert events[-1]["conversation"]["tags"] == []


def test_each_answer_says_what_is_left_of_the_limit_and_when_it_begins_anew(box):
    told = ask(box, "me").headers
    assert 0 < int(told["x-ratelimit-remaining"]) < int(told["x-ratelimit-limit"])
    assert 0 < int(told["x-ratelimit-reset"]) - box.now <= 60


def test_only_the_token_opens_it(box):
    for headers in ({}, {"Authorization": "Bearer guessed"}):
        told = requests.get(f"{box.connection['host']}/me", headers=headers, timeout=5)
        assert (told.status_code, told.json()["_error"]["status"]) == (401, 401)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("events", {"limit": 16}, 400),
        ("conversations", {"limit": 101}, 400),
        ("conversations", {"limit": 0}, 400),
        ("events", {"sort_by": "emitted_at"}, 400),
        ("events", {"sort_order": "up"}, 400),
        ("events", {"q[after]": "2026-03-01T00:00:00Z"}, 400),
        ("events", {"q[after]": "1.2345"}, 400),
        ("events", {"q[types]": "closed"}, 400),
        ("events", {"after": "1"}, 400),
        ("events", {"page_token": "?"}, 400),
        ("conversations", {"q[statuses]": "open"}, 400),
        ("conversations/cnv_1", {"limit": 3}, 400),
        ("conversations/cnv_1/events", {"sort_order": "asc"}, 400),
        ("conversations/cnv_1/comments", {"limit": 3}, 400),
        ("inboxes", {"limit": 100}, 400),
        ("teammates", {"limit": 100}, 400),
        ("conversations/search/lamp", {}, 400),
        ("conversations/cnv_999999", {}, 404),
        ("events/evt_zzz", {}, 404),
        ("rules", {}, 404),
    ],
)
def test_what_it_does_not_know_is_refused(box, path, query, status):
    assert ask(box, path, **query).status_code == status
