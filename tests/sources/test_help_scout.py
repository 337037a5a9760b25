"""Help Scout against the sandbox's flavour, from pages, and against answers that a test writes."""

from __future__ import annotations

import dataclasses
import pathlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from auditlib.caselog import rows as r
from auditlib.conformance import FromPages, Recorded, read_all
from auditlib.http import open_session
from auditlib.sandbox import serve, world
from auditlib.sandbox.staff import INTEGRATION
from auditlib.sources import Settings, SourceError, Window, load
from tests.loopback import Answer, serving
from tests.sources.boxed import LIVE, QUICK, InABox

help_scout = load("help_scout")

SETTINGS = Settings(
    name="help_scout",
    kind="help_scout",
    connection="help_scout",
    since=1,
    max_share_of_rate_limit=1.0,
    fields={"topic": "custom_field:77"},
    bots=["assistant@nordlicht.example", f"U-{INTEGRATION}"],
)


class TestInABox(InABox):
    kind = "help_scout"
    here = SETTINGS
    tickets_path = "/v2/conversations"
    needed_field = "createdAt"


PAGES = pathlib.Path(__file__).parent / "pages" / "help_scout"
PAGED = dataclasses.replace(SETTINGS, bots=[])


class TestFromPages(FromPages):
    kind = "help_scout"
    here = PAGED
    pages = PAGES


@pytest.fixture(scope="module")
def written():
    """The rows of the pages that were written down."""
    return read_all(help_scout, help_scout.fetch(Recorded(PAGES), {}, LIVE, PAGED), PAGED)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


def test_each_thread_says_which_status_and_holder_there_were_from_then_on(written):
    (ticket,) = rows_of(written, r.Ticket, "201")
    assert (ticket.status, ticket.channel, ticket.requester, ticket.assignee) == ("solved", "web", "C-11", "U-51")
    assert (ticket.topic, ticket.group, ticket.tags) == ("Bulb", "7", ("dark",))
    assert told(written, "201") == [
        ("created", "C-11", None, None),
        ("status", "C-11", None, "open"),
        ("group", "C-11", None, "8"),  # from which it was moved later
        ("topic", "C-11", None, "Bulb"),
        ("message", "C-11", None, None),
        ("message", "U-51", None, None),  # before it was given to a team, which is nobody
        ("assignee", "U-51", None, "U-51"),
        ("status", "automation", "open", "pending_customer"),
        ("group", "U-51", "8", "7"),
        ("message", "U-51", None, None),
        ("status", "U-51", "pending_customer", "solved"),
        ("message", "C-12", None, None),
        ("status", "C-12", "solved", "open"),
        ("message", "U-51", None, None),
        ("status", "U-51", "open", "solved"),
        ("rating", "C-11", None, "bad"),  # by somebody whom nothing names: whoever asked; it was okay first
        ("rating", "C-11", None, "good with comment"),  # of another reply
    ]


def test_notes_and_what_was_passed_on_nobody_has_seen_and_what_was_hidden_later_they_have(written):
    messages = [(e.body, e.is_public) for e in rows_of(written, r.Event, "201") if e.kind == "message"]
    assert messages == [
        ("The lamp is dark.\nWhy?", True), ("Ask the workshop.", False), ("Done.", True), ("Any news?", True),
        ("A new bulb\nis on its way.", True),  # the draft was never sent
    ]  # fmt: skip
    passed_on = [e.is_public for e in rows_of(written, r.Event, "202") if e.body == "Please look."]
    assert passed_on == [False]


def test_a_call_is_written_down_by_a_user_and_anyone_is_nobody(written):
    (ticket,) = rows_of(written, r.Ticket, "202")
    assert (ticket.requester, ticket.opened_by, ticket.channel, ticket.assignee) == ("C-11", "U-53", "phone", None)
    assert told(written, "202") == [
        ("created", "U-53", None, None),
        ("status", "U-53", None, "open"),
        ("group", "U-53", None, "7"),
        ("message", "U-53", None, None),
        ("assignee", "U-53", None, "U-53"),
        ("message", "U-51", None, None),
        ("status", "automation", "open", "solved"),
        ("assignee", "automation", "U-53", None),
    ]


def test_users_are_agents_also_those_who_left_and_neither_teams_nor_the_platform_are_people(written):
    people = {row.person: (row.role, row.is_active) for row in rows_of(written, r.Person)}
    assert people == {
        "U-51": ("agent", True), "U-53": ("agent", False), "C-11": ("customer", True), "C-12": ("customer", True),
    }  # fmt: skip


# Its traps

AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={})


def conversation(number, moved="2026-03-02T08:00:00Z"):
    return {"id": number, "status": "active", "createdAt": "2026-03-02T08:00:00Z", "userUpdatedAt": moved}


def listed(under, rows, pages=1, total=None):
    size = {"size": 25, "totalElements": len(rows) if total is None else total, "totalPages": pages, "number": 1}
    return {**({"_embedded": {under: rows}} if rows else {}), "page": size}


REPORT = "reports/happiness/ratings"


def rating(number, score=1, at="2026-03-02T08:30:00Z"):
    return {"id": number, "threadid": 5, "ratingId": score, "ratingCreatedAt": at, "ratingCustomerId": 11}


def reported(*rows, pages=1):
    return {"results": list(rows), "page": 1, "pages": pages, "count": len(rows)}


def answering(found):
    """An account of a few answers: `found(path, query)`; what it does not know is an empty list."""

    def answer(request):
        address = urlsplit(request.path)
        path = address.path.removeprefix("/v2/")
        if path == "oauth2/token":
            return Answer({"access_token": "granted"})
        told = found(path, dict(parse_qsl(address.query)))
        if told is None and path == REPORT:
            told = reported()
        told = listed(path, []) if told is None else told
        return told if isinstance(told, Answer) else Answer(told)

    return serving(answer)


def fetched(server, window=None, settings=BARE, cursors=None):
    connection = {"host": server.url, "login": "app", "password": "secret", "extra": {"token_path": "/v2/oauth2/token"}}
    get = open_session(connection, settings, QUICK)
    return list(help_scout.fetch(get, cursors or {}, window or Window("live", SINCE), settings))


def searches(server):
    paths = [urlsplit(q.path) for q in server.asked]
    return [dict(parse_qsl(p.query)) for p in paths if p.path == "/v2/conversations"]


def test_what_changes_while_the_list_is_read_is_found_by_a_second_pass():
    passes = []

    def found(path, query):
        if path != "conversations":
            return listed("threads", []) if path.endswith("threads") else None
        passes.append((query["modifiedSince"], query["page"]))
        if query["modifiedSince"] == "2026-03-01T00:00:00Z":
            return listed("conversations", [conversation(int(query["page"]))], pages=2)
        return listed("conversations", [conversation(7)])

    with answering(found) as server:
        chunks = fetched(server)
        rows = read_all(help_scout, chunks, BARE)
        assert {query["sortOrder"] for query in searches(server)} == {"desc"}
    began = "2026-03-02T09:00:00Z"
    assert passes == [("2026-03-01T00:00:00Z", "1"), ("2026-03-01T00:00:00Z", "2"), (began, "1")]
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1", "2", "7"}
    assert chunks[-1].complete_until == r.moment(began) - 120
    assert chunks[-1].cursor["since"] == r.moment(began) - 10 * 60


def test_an_older_window_that_somebody_left_while_it_was_read_is_read_again():
    totals = iter([30, 29, 29, 29])

    def found(path, query):
        if path != "conversations":
            return listed("threads", []) if path.endswith("threads") else None
        return listed("conversations", [conversation(int(query["page"]))], pages=2, total=next(totals))

    with answering(found) as server:
        chunks = fetched(server, Window("older", SINCE, AT + 10))
        queries = {query["query"] for query in searches(server)}
        assert [query["page"] for query in searches(server)] == ["1", "2", "1", "2"]
    assert queries == {"(modifiedAt:[2026-03-01T00:00:00Z TO 2026-03-02T08:00:10Z])"}
    assert chunks[-1].complete_until == AT + 10
    assert chunks[-1].cursor == {"done_until": AT + 10}


def test_a_conversation_that_is_merged_or_deleted_while_it_is_read_is_left_out():
    def found(path, query):
        if path == "conversations":
            return listed("conversations", [conversation(1), conversation(2), conversation(3)])
        if path == "conversations/1/threads":
            return Answer({}, status=301, headers={"Location": "/v2/conversations/9/threads?page=1"})
        if path == "conversations/2/threads":
            return Answer({"message": "Not found"}, status=404)
        return listed("threads", []) if path.endswith("threads") else None

    with answering(found) as server:
        rows = read_all(help_scout, fetched(server), BARE)
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"3"}


def rated_in(rows):
    return [(e.ticket, e.actor, e.new) for e in rows_of(rows, r.Event) if e.kind == "rating"]


def test_a_conversation_that_is_rated_without_having_changed_is_found_by_its_rating():
    def found(path, query):
        if path == REPORT:
            return reported(rating(7, at="2026-03-02T08:55:00Z")) if query["end"] > "2026-03-02" else reported()
        if path == "conversations/7":
            return conversation(7)
        return listed("threads", []) if path.endswith("threads") else None

    with answering(found) as server:
        chunks = fetched(server)
        rows = read_all(help_scout, chunks, BARE)
        cursors = {chunk.stream: dict(chunk.cursor) for chunk in chunks}
        again = fetched(server, cursors=cursors)
    assert rated_in(rows) == [("7", None, "good")]
    assert cursors["rated"]["since"] == r.moment("2026-03-02T08:55:00Z")
    assert rated_in(read_all(help_scout, again, BARE)) == [("7", None, "good")]  # which is read again for ten minutes
    assert [chunk.complete_until is None for chunk in chunks] == [True] * (len(chunks) - 1) + [False]


def test_what_was_rated_before_the_first_night_brings_no_conversation_from_before_it():
    def found(path, query):
        assert path != "conversations/7"
        return reported(rating(7, at="2026-02-02T08:55:00Z")) if path == REPORT else None

    with answering(found) as server:
        assert rated_in(read_all(help_scout, fetched(server), BARE)) == []


def test_every_page_of_the_report_is_read_and_each_time_is_asked_for_once():
    asked = []

    def found(path, query):
        if path == "conversations":
            early = {**conversation(2), "createdAt": "2025-11-20T08:00:00Z"}
            return listed("conversations", [conversation(1), early])
        if path == REPORT:
            asked.append((query["start"][:10], query["end"][:10], query["page"]))
            return reported(rating(int(query["page"])), pages=2)
        return listed("threads", []) if path.endswith("threads") else None

    with answering(found) as server:
        rows = read_all(help_scout, fetched(server), BARE)
    assert sorted(rated_in(rows)) == [("1", None, "good"), ("2", None, "good")]
    assert sorted(asked) == [
        ("2025-11-08", "2026-01-07", "1"), ("2025-11-08", "2026-01-07", "2"),
        ("2026-01-07", "2026-03-08", "1"), ("2026-01-07", "2026-03-08", "2"),
    ]  # fmt: skip


def test_a_rating_that_nobody_knows_rejects_its_conversation():
    def found(path, query):
        if path == "conversations":
            return listed("conversations", [conversation(1), conversation(2)])
        if path == REPORT:
            return reported(rating(1, score=4), rating(2, score=2))
        return listed("threads", []) if path.endswith("threads") else None

    with answering(found) as server:
        rows = read_all(help_scout, fetched(server), BARE)
    assert [(row.ticket, row.reason) for row in rows_of(rows, r.Rejected)] == [("1", "unreadable")]
    assert rated_in(rows) == [("2", None, "neutral")]


def test_ratings_that_are_closed_to_the_plan_stop_it_unless_there_are_none():
    company = world(tickets=20, seed=4)
    with serve(company, flavour="help_scout") as box:
        box.fault("refused", path=f"/v2/{REPORT}", status=403, count=1000)
        with pytest.raises(SourceError, match=r"403.*Plus and Pro.*ratings = \"none\""):
            list(help_scout.fetch(open_session(box.connection, SETTINGS, QUICK), {}, LIVE, SETTINGS))
        without = dataclasses.replace(SETTINGS, options={"ratings": "none"})
        get = open_session(box.connection, without, QUICK)
        rows = read_all(help_scout, help_scout.fetch(get, {}, LIVE, without), without)
        assert "ratings" not in help_scout.introduce(get, without).streams
        said = help_scout.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS).streams
    assert rows_of(rows, r.Ticket)
    assert rated_in(rows) == []
    assert "it needs the plan Plus or Pro" in said["ratings"]
    assert {how for stream, how in said.items() if stream != "ratings"} == {"ok"}


def test_a_list_that_does_not_say_how_long_it_is_is_no_answer():
    with (
        answering(lambda path, query: {"_embedded": {path: []}} if path == "users" else None) as server,
        pytest.raises(SourceError, match="does not say how many pages"),
    ):
        fetched(server)


def test_a_mailbox_that_help_scout_does_not_show_is_an_error():
    wrong = dataclasses.replace(BARE, scope={"groups": ["Candles"]})
    with answering(lambda path, query: None) as server, pytest.raises(SourceError, match="'Candles'"):
        fetched(server, settings=wrong)


def test_introduce_calls_each_stream_once_and_reckons_the_first_load():
    company = world(tickets=40, seed=4)
    with serve(company, flavour="help_scout") as box:
        said = help_scout.introduce(open_session(box.connection, SETTINGS, QUICK), SETTINGS)
        assert max(box.requests().values()) == 1
    assert set(said.streams.values()) == {"ok"}
    assert said.statuses["pending"] == "pending_customer"
    assert said.fields == {"custom_field:77": "Topic"}
    assert said.tickets == sum(not plan.is_deleted(company.end) for plan in company.plans)
    assert said.requests_for_first_load > said.tickets


# Its AI agents


def test_what_an_ai_agent_writes_is_a_bots_although_this_version_calls_it_a_user():
    machine = {"id": 60, "type": "user", "first": "AI Agent", "last": "", "email": None}
    wrote = {"id": 5, "type": "message", "status": "nochange", "createdAt": "2026-03-02T08:00:05Z", "body": "Hello",
             "createdBy": machine}  # fmt: skip

    def found(path, query):
        if path == "conversations":
            return listed("conversations", [conversation(1)])
        if path.endswith("system-users"):
            return listed("system_users", [{"id": 60, "type": "system_user", "firstName": "AI Agent", "email": None}])
        return listed("threads", [wrote]) if path.endswith("threads") else None

    with answering(found) as server:
        rows = read_all(help_scout, fetched(server), BARE)
    assert [(e.actor, e.actor_class) for e in rows_of(rows, r.Event) if e.kind == "message"] == [("U-60", "bot")]
    assert [(p.name, p.role) for p in rows_of_people(rows) if p.person == "U-60"] == [("AI Agent", "bot")]


def test_an_account_whose_ai_agents_are_not_told_is_read_without_them_and_says_so():
    def found(path, query):
        if path == "conversations":
            return listed("conversations", [conversation(1)])
        return Answer({"message": "Not found"}, status=404) if path.endswith("system-users") else None

    with answering(found) as server:
        rows = read_all(help_scout, fetched(server), BARE)
    assert {row.ticket for row in rows_of(rows, r.Ticket)} == {"1"}
    said = {(row.stream, row.field[-3:]) for row in rows if isinstance(row, r.Notice)}
    assert said == {("system_users", "404")}


def rows_of_people(rows):
    return [row for row in rows if isinstance(row, r.Person)]
