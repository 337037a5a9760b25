"""Zendesk's exports and audits in any form that its description allows."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, load
from tests.sources.allowed import BEGIN, ids, iso, page, paged, unknown, varied, words

zendesk = load("zendesk")
SETTINGS = Settings(name="z", kind="zendesk", connection="z", since=1, bots=["77"])
STATUS = {"new": "new", "open": "open", "pending": "pending_customer", "hold": "on_hold", "solved": "solved"}
CUSTOM = {501: "new", 502: "open", 503: "pending", 504: "hold", 505: "solved"}
NULLABLE = {
    "subject", "priority", "type", "group_id", "assignee_id", "organization_id", "custom_status_id", "problem_id",
    "via", "custom_fields", "tags", "metric_set", "metric_events", "generated_timestamp", "submitter_id", "body",
    "author_id", "plain_body", "source", "rel", "from", "to",
}  # fmt: skip
SILENT = ["Notification", "Cc", "Push", "Error", "External", "CommentRedactionEvent", "AgentMacroReference",
          "TicketSharingEvent", "CollabThreadCreated", "ChatEndedEvent", "NobodyKnowsThis"]  # fmt: skip
WHO = {5: ("5", None), 9: ("9", None), -1: (None, "system"), 77: ("77", "bot"), None: (None, "unknown")}
CUSTOMER = 5


@dataclasses.dataclass
class Story:
    """A ticket as it is written down, and what must be read of it."""

    ticket: dict[str, Any]
    audits: list[dict[str, Any]]
    messages: list[tuple[int, str | None, str | None, bool]]
    statuses: list[tuple[int, str]]
    is_odd: bool


vias = st.one_of(
    st.none(),
    st.builds(
        lambda channel, source: {"channel": channel, "source": source},
        st.sampled_from(["web", "email", "api", "mobile", "voice", "telepathy", 4, 29]),
        st.none() | st.fixed_dictionaries({}, optional={"from": st.none() | unknown, "to": st.just({}), "rel": words}),
    ),
)


@st.composite
def stories(draw: st.DrawFn, number: int) -> Story:
    at = BEGIN + draw(st.integers(0, 10**6))
    told = Story({}, [], [], [], draw(st.integers(0, 9)) == 0)
    event, status = iter(range(number * 1000 + 1, number * 1000 + 900)), None
    created, lines, began = at, [], None
    for place in range(draw(st.sampled_from([4, 2, 1]))):
        author = draw(st.sampled_from([CUSTOMER, 9, -1, 77, None]))
        events = draw(st.lists(st.sampled_from(SILENT), max_size=2))
        made: list[dict[str, Any]] = [{"id": next(event), "type": kind, **draw(unknown)} for kind in events]
        if draw(st.booleans()):
            is_public, is_told = draw(st.booleans()), draw(st.booleans())
            kind = draw(st.sampled_from(["Comment", "VoiceComment", "FacebookComment"]))
            comment = {"id": next(event), "type": kind, "body": draw(st.none() | words), "author_id": author}
            made.append(draw(varied(comment | ({"public": is_public} if is_told else {}), NULLABLE)))
            told.messages.append((at, *WHO[author], is_public or not is_told))
        if status is None or draw(st.booleans()):
            after = draw(st.sampled_from([s for s in STATUS if s != status]))
            custom = next(n for n, category in CUSTOM.items() if category == after)
            number_ = draw(st.sampled_from([custom, str(custom)]))
            change = {"type": "Change" if status else "Create"} | ({"previous_value": status} if status else {})
            moves = [
                {**change, "field_name": "status", "value": after},
                {**change, "field_name": "custom_status_id", "value": number_, "previous_value": None},
            ]
            moves = draw(st.sampled_from([moves, moves[::-1], moves[:1]]))
            made += [{"id": next(event), **(m if m["type"] == "Change" else _created(m))} for m in moves]
            told.statuses.append((at, STATUS[after]))
            status = after
        if began is None and draw(st.integers(0, 4)) == 0:
            began = {"id": next(event), "type": "ChatStartedEvent", "value": {"chat_id": "c", "history": lines}}
            made.append(began)
        if began is not None:
            lines += draw(chat_lines(at))
        told.audits.append(
            draw(varied({"id": number * 1000 if place == 0 else next(event), "ticket_id": number,
                         "created_at": draw(iso(at)), "author_id": author, "events": made, "via": draw(vias),
                         "metadata": {"system": {"client": "x"}, "custom": {}}}, NULLABLE))
        )  # fmt: skip
        at += draw(st.integers(1, 10**5))
    told.messages += [(max(created, line["timestamp"] // 1000), *_of_line(line), True) for line in lines
                      if line["type"] == "ChatMessage"]  # fmt: skip
    told.ticket = draw(tickets(number, created, status))
    if told.is_odd:
        told.ticket["created_at"] = draw(st.sampled_from([None, 5, "yesterday", "2026-03-02T09:00:00"]))
    return told


def _created(move: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in move.items() if name != "previous_value"}


@st.composite
def chat_lines(draw: st.DrawFn, at: int) -> list[dict[str, Any]]:
    kinds = draw(st.lists(st.sampled_from(["ChatMessage", "ChatJoin", "ChatLeave"]), max_size=2))
    return [
        {"type": kind, "timestamp": (at + draw(st.sampled_from([0, -2, 50]))) * 1000 + draw(st.integers(0, 999)),
         "actor_type": who[0], "actor_id": who[1], "message": draw(words), **draw(unknown)}
        for kind in kinds
        for who in [draw(st.sampled_from([("end-user", CUSTOMER), ("end-user", None), ("agent", "9"),
                                          ("trigger", None), ("agent", 77)]))]
    ]  # fmt: skip


def _of_line(line: dict[str, Any]) -> tuple[str | None, str | None]:
    if line["actor_type"] == "trigger":
        return None, "automation"
    return WHO[int(line["actor_id"] or CUSTOMER)]


@st.composite
def tickets(draw: st.DrawFn, number: int, created: int, status: str | None) -> dict[str, Any]:
    told = {
        "id": number, "status": status, "created_at": draw(iso(created)), "updated_at": draw(iso(created + 9)),
        "requester_id": CUSTOMER, "submitter_id": draw(st.sampled_from([None, 5, 9])),
        "subject": draw(st.none() | words), "priority": draw(st.sampled_from([None, "low", "urgent"])),
        "type": draw(st.sampled_from([None, "incident", "task"])), "group_id": draw(st.none() | ids),
        "assignee_id": draw(st.none() | ids), "organization_id": draw(st.none() | ids),
        "problem_id": draw(st.none() | ids), "via": draw(vias),
        "tags": draw(st.none() | st.just("a b") | st.lists(st.sampled_from("abc"))),
        "custom_fields": draw(st.none() | st.lists(st.fixed_dictionaries({"id": ids, "value": st.none() | words}))),
        "generated_timestamp": draw(st.none() | st.just(created + 9)),
        "metric_set": draw(st.none() | st.just({"reopens": 1, "replies": None, "reply_time_in_minutes": {}})),
        "metric_events": draw(st.none() | st.just({"reply_time": [{"type": "activate"}], "periodic": None})),
    }  # fmt: skip
    return draw(varied(told, NULLABLE))


@st.composite
def chunks(draw: st.DrawFn) -> tuple[list[Page], list[Story]]:
    told = [draw(stories(number)) for number in range(1, draw(st.sampled_from([3, 2])))]
    pages = [page("tickets", "/api/v2/incremental/tickets/cursor", {"tickets": rows, "count": None, **draw(unknown)})
             for rows in paged(draw, [story.ticket for story in told], 2)]  # fmt: skip
    for story in told:
        url = f"/api/v2/tickets/{story.ticket['id']}/audits?page[size]=100"
        pages += [page("audits", url, {"audits": rows, "next_page": None}) for rows in paged(draw, story.audits, 3)]
    statuses = [{"id": n, "status_category": c, "agent_label": c.title(), **draw(unknown)} for n, c in CUSTOM.items()]
    return [page("custom_statuses", "/api/v2/custom_statuses", {"custom_statuses": statuses}), *pages], told


@given(chunks())
def test_every_ticket_is_read_as_it_happened_or_rejected_with_a_reason(made: tuple[list[Page], list[Story]]) -> None:
    pages, told = made
    rows = list(zendesk.read(pages, SETTINGS))
    shown = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
    rejected = {row.ticket: row for row in rows if isinstance(row, r.Rejected)}
    assert set(rejected) == {str(story.ticket["id"]) for story in told if story.is_odd}
    assert len(shown) + len(rejected) == len(told)
    for story in told:
        if story.is_odd:
            assert rejected[str(story.ticket["id"])].reason
            continue
        events = [row for row in rows if isinstance(row, r.Event) and row.ticket == str(story.ticket["id"])]
        read = [(e.occurred_at, e.actor, e.actor_class, e.is_public) for e in events if e.kind == "message"]
        assert sorted(read, key=str) == sorted(story.messages, key=str)
        assert [(e.occurred_at, e.new) for e in events if e.kind == "status"] == story.statuses
        assert len({event.seq for event in events}) == len(events)
        assert min((e.occurred_at, e.seq, e.kind) for e in events)[2] == "created"
        assert shown[str(story.ticket["id"])].status == story.statuses[-1][1]
