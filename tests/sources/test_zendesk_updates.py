"""What Zendesk's published descriptions allow in the updates of a ticket, beside what the sandbox tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditlib.caselog import rows as r
from auditlib.sources import Page, SourceError, load
from auditlib.sources._zendesk import chats
from auditlib.sources._zendesk.paging import exported, listed
from tests.loopback import Answer, serving
from tests.sources.test_zendesk import CREATED, SETTINGS, asking, audit, kinds, read, ticket

zendesk = load("zendesk")
AT = 1_772_442_000
"""2026-03-02T09:00:00Z"""


def events(rows: list[Any], kind: str = "message") -> list[r.Event]:
    return [row for row in rows if isinstance(row, r.Event) and row.kind == kind]


def line(second: float, role: str, who: Any, kind: str = "ChatMessage", **more: Any) -> dict[str, Any]:
    told = {"type": kind, "timestamp": int((AT + second) * 1000), "actor_type": role, "actor_id": who}
    return {**told, "actor_name": "x", "chat_index": 0, **more}


def chat(*lines: dict[str, Any], number: int = 103) -> dict[str, Any]:
    value = {"chat_id": "2109.1.S", "visitor_id": "1-9", "history": list(lines)}
    return {"id": number, "type": "ChatStartedEvent", "value": value}


def begun(event: dict[str, Any]) -> dict[str, Any]:
    return audit(100, {"id": 102, "type": "Create", "field_name": "status", "value": "open"}, event, via="chat")


# Chats


def test_a_chats_lines_are_messages_each_at_its_moment_and_who_joined_said_nothing():
    lines = [
        line(0.25, "end-user", 1, message="Hello?"),
        line(2, "system", None, "ChatJoin"),
        line(5, "trigger", None, message="Somebody will be with you."),
        line(7, "agent", "9", message="Hi!"),
        line(9, "end-user", None, message="It is broken"),
        line(11, "agent", None, "ChatFileAttachment", filename="a.png"),
        line(12, "bot", None, message="beep"),
        line(13, "agent", 8000002, message="beep"),
    ]
    said = events(read(ticket(), begun(chat(*lines))))
    assert [(e.occurred_at - AT, e.actor, e.actor_class, e.body) for e in said] == [
        (0, "1", None, "Hello?"),
        (5, None, "automation", "Somebody will be with you."),
        (7, "9", None, "Hi!"),
        (9, "1", None, "It is broken"),
        (11, None, "agent", None),
        (12, None, "bot", "beep"),
        (13, "8000002", "bot", "beep"),
    ]
    assert all(e.is_public for e in said)


def test_a_line_precedes_what_was_changed_in_its_second_and_follows_the_creation():
    solved = {"id": 111, "type": "Change", "field_name": "status", "value": "solved", "previous_value": "open"}
    lines = [line(-3, "end-user", 1, message="Hello?"), line(60, "agent", 9, message="Done.")]
    rows = read(
        ticket(status="solved"), begun(chat(*lines)), audit(110, solved, at="2026-03-02T09:01:00Z", author=9, via="web")
    )
    told = sorted((e for e in rows if isinstance(e, r.Event)), key=lambda e: (e.occurred_at, e.seq))
    assert [e.kind for e in told] == ["created", "message", "status", "message", "status"]
    assert len({e.seq for e in told}) == len(told)
    assert told[1].occurred_at == AT


def test_a_chat_that_began_later_leaves_the_creation_where_it_was():
    later = audit(110, chat(line(3600, "end-user", 1, message="?"), number=111), at="2026-03-02T10:00:00Z")
    rows = read(ticket(), CREATED, later)
    assert events(rows, "created")[0].seq == 100
    assert [e.occurred_at - AT for e in events(rows)] == [0, 3600]


@pytest.mark.parametrize("at", [AT + 7, (AT + 7) * 1000, (AT + 7) * 1000 + 999.5, "2026-03-02T09:00:07.999Z"])
def test_a_lines_moment_is_told_in_milliseconds_seconds_or_words(at):
    (said,) = events(read(ticket(), begun(chat({**line(0, "end-user", 1, message="?"), "timestamp": at}))))
    assert said.occurred_at == AT + 7


def test_a_line_without_a_moment_puts_its_ticket_into_quarantine():
    (bad,) = read(ticket(), begun(chat({**line(0, "end-user", 1), "timestamp": None})))
    assert (bad.ticket, bad.reason) == ("7", "unreadable")


def test_a_conversation_without_its_lines_is_asked_for_in_the_log():
    bare = begun({"id": 103, "type": "ChatStartedEvent", "value": {"conversation_id": "c"}})
    joined = [line(3600, "end-user", 1, "ChatJoin")]
    again = audit(110, chat(*joined, number=111), at="2026-03-02T10:00:00Z")
    log = [
        said("02", "agent", {"type": "text", "text": "Hi!"}, "2026-03-02T09:00:07Z", 9),
        said("01", "user", {"type": "text", "text": "Hello?"}, "2026-03-02T09:00:01Z", None),
        said("03", "bot", {"type": "image"}, "2026-03-02T09:00:09.500Z", None),
        {**said("04", "agent", {"type": "html", "body": "x"}, "2026-03-02T09:00:10Z", 9), "type": "Comment"},
    ]

    def answer(request):
        if "/conversation_log" in request.path:
            return Answer({"events": log, "meta": {"has_more": False, "after_cursor": None}})
        return Answer({"audits": [bare, again], "meta": {"has_more": False}})

    with serving(answer) as server:
        pages = zendesk._audits(asking(server.url), 7)
    shown = Page(stream="tickets", url="/t", body=json.dumps({"tickets": [ticket()]}).encode())
    told = events(list(zendesk.read([shown, *pages], SETTINGS)))
    assert [(e.occurred_at - AT, e.actor, e.actor_class, e.body) for e in told] == [
        (1, "1", None, "Hello?"), (7, "9", None, "Hi!"), (9, None, "bot", None),
    ]  # fmt: skip


def said(number, role, content, at, who):
    author = {"type": role, "display_name": "x", **({"zen:support:user_id": who} if who else {})}
    return {
        "id": number, "type": chats.LOGGED, "reference": "zen:x", "created_at": at, "author": author,
        "content": content, "metadata": {}, "attachments": [],
    }  # fmt: skip


def test_a_conversation_log_that_is_closed_to_us_is_said():
    bare = begun({"id": 103, "type": "ChatStartedEvent", "value": None})

    def answer(request):
        refused = Answer({"error": "Forbidden"}, status=403)
        return refused if "/conversation_log" in request.path else Answer({"audits": [bare]})

    with serving(answer) as server:
        pages = zendesk._audits(asking(server.url), 7)
    rows = list(zendesk.read([Page(stream="tickets", url="/t", body=b'{"tickets": []}'), *pages], SETTINGS))
    assert rows == [r.Notice(stream="conversation", field="not readable: the helpdesk answered 403")]


# Comments


@pytest.mark.parametrize("kind", ["Comment", "VoiceComment", "TpeVoiceComment", "FacebookComment"])
def test_everything_that_is_written_is_a_message_and_public_where_nothing_is_said(kind):
    told = {"id": 111, "type": kind, "body": "…", "data": {"via_id": 45}} if kind != "Comment" else {
        "id": 111, "type": kind, "body": "…"}  # fmt: skip
    event = events(read(ticket(), CREATED, audit(110, told, author=9)))[-1]
    assert (event.actor, event.is_public, event.body) == ("9", True, "…")


@pytest.mark.parametrize("shown", [True, False])
def test_a_comment_counts_as_what_it_was_when_it_was_written(shown):
    written = audit(110, {"id": 111, "type": "Comment", "public": shown, "body": "…"}, author=9)
    changes = [
        audit(n, {"id": n + 1, "type": "CommentPrivacyChange", "comment_id": 111, "public": public}, author=9)
        for n, public in ((120, False), (130, True), (140, False))
    ]
    assert events(read(ticket(), CREATED, written, *changes))[-1].is_public
    assert not events(read(ticket(), CREATED, written, *changes[1:]))[-1].is_public


def test_redactions_copies_macros_sharing_side_conversations_and_errors_say_nothing():
    silent = [
        "CommentRedactionEvent", "AttachmentRedactionEvent", "Cc", "AgentMacroReference", "TicketSharingEvent",
        "CollabThreadCreated", "CollabThreadReply", "Error", "Push", "External", "ChatEndedEvent", "Notification",
        "SuspendedTicketRecovery", "KnowledgeLinked", "OfferedTo", "RoutingChannel",
    ]  # fmt: skip
    rows = read(ticket(), CREATED, audit(110, *({"id": 111 + i, "type": t} for i, t in enumerate(silent))))
    assert kinds(rows) == ["created", "message", "status"]
    assert not [row for row in rows if isinstance(row, r.Notice | r.Rejected)]


# Scores


def test_a_rating_that_only_its_own_event_tells_is_read_and_one_told_twice_counts_once():
    event = {"id": 112, "type": "SatisfactionRating", "score": "good", "assignee_id": 9, "body": "thx"}
    change = {"type": "Change", "field_name": "satisfaction_score", "previous_value": "offered", "value": "good"}
    (alone,) = events(read(ticket(), CREATED, audit(110, event)), "rating")
    (both,) = events(read(ticket(), CREATED, audit(110, event, {"id": 111, **change})), "rating")
    assert (alone.new, alone.seq) == ("good", 112)
    assert (both.new, both.seq) == ("good", 111)


def test_figures_beside_the_tickets_are_theirs():
    sets = {"metric_sets": [{"ticket_id": 7, "reopens": 2}, {"ticket_id": 8, "reopens": 9}, "odd"]}
    pages = [
        Page(stream="tickets", url="/t", body=json.dumps({"tickets": [ticket()], **sets}).encode()),
        Page(stream="audits", url="/api/v2/tickets/7/audits", body=json.dumps({"audits": [CREATED]}).encode()),
    ]
    told = [row for row in zendesk.read(pages, SETTINGS) if isinstance(row, r.VendorMetric)]
    assert [(row.metric, row.value) for row in told] == [("reopens", 2.0)]


@pytest.mark.parametrize(("tags", "read_as"), [(["a", "b"], ("a", "b")), ("a b", ("a", "b")), ([], ()), (None, ())])
def test_tags_are_a_list_one_text_or_nothing(tags, read_as):
    assert read(ticket(tags=tags, custom_fields=None), CREATED)[0].tags == read_as


# Other servers


def test_a_link_to_another_host_is_followed_at_the_connections_own():
    def answer(request):
        if "page=2" in request.path:
            return Answer({"groups": [{"id": 2, "name": "B"}], "next_page": None, "count": None})
        link = "https://acme.zendesk.com/api/v2/groups.json?page=2"
        return Answer({"groups": [], "next_page": link, "count": None})

    with serving(answer) as server:
        pages = list(listed(asking(server.url), "/api/v2/groups", "groups"))
    assert [row.name for row in zendesk.read(pages, SETTINGS)] == ["B"]


@pytest.mark.parametrize(("role", "read_as"), [("end-user", "customer"), ("admin", "agent"), (None, "unknown")])
def test_a_person_may_have_little_more_than_a_number(role, read_as):
    told = {"id": 5, "role": role, "active": None, "verified": None, "suspended": None, "email": "a@b.example"}
    page = Page(stream="users", url="/u", body=json.dumps({"users": [told]}).encode())
    person, identity = zendesk.read([page], SETTINGS)
    assert (person.role, person.is_active, identity.is_verified) == (read_as, True, False)


@pytest.mark.parametrize(
    ("verified", "shared", "ties"), [(True, None, True), (False, None, False), (True, True, False)]
)
def test_a_number_is_a_persons_own_unless_it_is_shared(verified, shared, ties):
    told = {
        "id": 5, "role": "end-user", "verified": verified, "phone": "+15551234567", "shared_phone_number": shared,
        "external_id": "C-7",
    }  # fmt: skip
    page = Page(stream="users", url="/u", body=json.dumps({"users": [told]}).encode())
    _, phone, external = zendesk.read([page], SETTINGS)
    assert (phone.kind, phone.value, phone.is_verified) == ("phone", "+15551234567", ties)
    assert (external.kind, external.value, external.is_verified) == ("external", "C-7", True)


def test_an_empty_page_in_the_middle_is_not_the_end():
    told = {1: ([1], "b", False), "b": ([], "c", False), "c": ([2], "d", True)}

    def answer(request):
        at = next(key for key in (*"bc", 1) if f"cursor={key}" in request.path or key == 1)
        ids, after, is_end = told[at]
        return Answer({"users": [{"id": i, "role": "agent"} for i in ids], "after_cursor": after,
                       "end_of_stream": is_end})  # fmt: skip

    with serving(answer) as server:
        pages = [page for page, _ in exported(asking(server.url), "/api/v2/x", "users", {}, 1, {})]
    assert [row.person for row in zendesk.read(pages, SETTINGS)] == ["1", "2"]


def test_a_server_that_knows_only_the_formal_description_is_asked_without_the_wishes():
    def answer(request):
        if "include=" in request.path:
            return Answer({"error": "InvalidParameter"}, status=400)
        return Answer({"tickets": [], "end_of_stream": True, "after_cursor": "x"})

    wishes = {"include": "metric_sets", "per_page": 500}
    with serving(answer) as server:
        (told,) = exported(asking(server.url), "/api/v2/x", "tickets", {}, 1, wishes)
    assert told[1] == {"cursor": "x"}
    assert len(server.asked) == 2
    with serving([Answer({"error": "InvalidValue"}, status=422)]) as server, pytest.raises(SourceError, match="422"):
        list(exported(asking(server.url), "/api/v2/x", "tickets", {}, 1, wishes))


def test_an_export_that_wants_its_start_with_every_cursor_is_told_it_and_keeps_the_wishes():
    """As the older versions of the formal description have it, which call `start_time` required."""

    def answer(request):
        if "start_time=" not in request.path:
            return Answer({"error": "InvalidParameter"}, status=422)
        is_second = "cursor=b" in request.path
        return Answer({"tickets": [], "end_of_stream": is_second, "after_cursor": "c" if is_second else "b"})

    wishes = {"include": "metric_sets"}
    with serving(answer) as server:
        told = list(exported(asking(server.url), "/api/v2/x", "tickets", {"cursor": "a"}, 77, wishes))
    assert [cursor for _, cursor in told] == [{"cursor": "b"}, {"cursor": "c"}]
    asked = [request.path.partition("?")[2] for request in server.asked]
    assert asked == [
        "include=metric_sets&cursor=a", "include=metric_sets&start_time=77&cursor=a",
        "include=metric_sets&start_time=77&cursor=b",
    ]  # fmt: skip


def test_an_export_that_does_not_say_whether_it_ends_ends_where_there_is_nowhere_to_go_on_to():
    pages = [Answer({"tickets": [], "after_cursor": "b"}), Answer({"tickets": [], "after_cursor": None})]
    with serving(pages) as server:
        told = list(exported(asking(server.url), "/api/v2/x", "tickets", {}, 77, {}))
    assert [cursor for _, cursor in told] == [{"cursor": "b"}] * 2
    assert len(server.asked) == 2


def test_a_list_that_knows_no_size_is_asked_without_and_one_that_refuses_more_is_an_error():
    def answer(request):
        if "size" in request.path:
            return Answer({"error": "InvalidParameter"}, status=400)
        return Answer({"groups": [{"id": 1, "name": "A"}], "next_page": None})

    with serving(answer) as server:
        pages = list(listed(asking(server.url), "/api/v2/groups", "groups"))
    assert [row.name for row in zendesk.read(pages, SETTINGS)] == ["A"]
    with serving([Answer({"error": "no"}, status=400)]) as server, pytest.raises(SourceError, match="400"):
        list(listed(asking(server.url), "/api/v2/groups", "groups"))


def test_an_introduction_does_without_what_a_ticket_field_need_not_say():
    fields = [
        {"type": "text", "title": "No number"},
        {"id": 7, "type": "tagger"},
        {"id": 8, "type": "tagger", "title": "Topic", "custom_field_options": [{"name": "A"}, {"value": "b"}]},
        {"id": 9, "type": "text", "title": "Plain", "custom_field_options": None},
        None,
    ]

    lists = ("tickets", "users", "groups", "organizations", "schedules", "custom_statuses")

    def answer(request):
        return Answer({"ticket_fields": fields, "count": {"value": None}} | {name: [] for name in lists})

    with serving(answer) as server:
        told = zendesk.introduce(asking(server.url), SETTINGS)
    assert told.fields["custom_field:7"] == "custom_field:7"
    assert told.fields["custom_field:8"] == "Topic"
    assert told.choices == {"custom_field:8": ["b"]}
    assert told.tickets is None
