"""Freshdesk's tickets, conversations and ratings in any form that its description allows."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, load
from tests.sources.allowed import BEGIN, ids, iso, page, paged, unknown, varied, words

freshdesk = load("freshdesk")
SETTINGS = Settings(name="f", kind="freshdesk", connection="f", since=1, bots=["77"])
STATUS = {2: "open", 3: "pending_customer", 4: "solved", 5: "closed", 6: "pending_customer", 7: "on_hold"}
SCORES = {103: 7, 100: 4, -103: 1}
WHO = {5: ("5", None), 9: ("9", None), 77: ("77", "bot"), None: (None, "unknown")}
FEEDBACK, FORWARDED = 6, 8
NULLABLE = {
    "source", "priority", "subject", "responder_id", "group_id", "company_id", "type", "tags", "custom_fields",
    "deleted", "spam", "stats", "requester", "description_text", "body_text", "user_id", "incoming", "feedback",
}  # fmt: skip


@dataclasses.dataclass
class Story:
    """A ticket as it is written down, and what must be read of it."""

    ticket: dict[str, Any]
    conversation: list[dict[str, Any]]
    ratings: list[dict[str, Any]]
    messages: list[tuple[int, str | None, str | None, bool]]
    rated: list[tuple[int, str]]
    is_odd: bool


@st.composite
def stories(draw: st.DrawFn, number: int) -> Story:
    at = BEGIN + draw(st.integers(0, 10**6))
    source = draw(st.sampled_from([None, 1, 2, 3, 7, 10, 99]))
    status = draw(st.sampled_from(sorted(STATUS)))
    opened = (None, "agent") if source in (3, 10) else WHO[5]
    told = Story({}, [], [], [(at, *opened, True)], [], draw(st.integers(0, 9)) == 0)
    told.ticket = draw(varied({
        "id": number, "status": status, "created_at": draw(iso(at)), "updated_at": draw(iso(at + 9)),
        "source": source, "requester_id": 5, "subject": draw(st.none() | words), "description_text": "…",
        "priority": draw(st.sampled_from([None, 1, 4])), "responder_id": draw(st.none() | ids),
        "group_id": draw(st.none() | ids), "company_id": draw(st.none() | ids), "type": draw(st.none() | words),
        "tags": draw(st.none() | st.lists(words)), "deleted": draw(st.sampled_from([None, False])),
        "custom_fields": draw(st.none() | st.dictionaries(words, st.none() | words, max_size=2)),
        "spam": draw(st.sampled_from([None, False])), "stats": draw(st.none() | st.just({"resolved_at": None})),
        "requester": draw(st.none() | st.just({"id": 5, "email": None})),
    }, NULLABLE))  # fmt: skip
    for place in range(draw(st.sampled_from([4, 2, 0]))):
        at += draw(st.integers(0, 10**5))
        who, private = draw(st.sampled_from(sorted(WHO, key=str))), draw(st.booleans())
        kind = draw(st.sampled_from([None, 0, 2, FEEDBACK, FORWARDED, 15]))
        line = {"id": number * 100 + place, "user_id": who, "private": private, "source": kind, "body_text": "…",
                "incoming": draw(st.sampled_from([None, True, False])), "created_at": draw(iso(at))}  # fmt: skip
        told.conversation.append(draw(varied(line, NULLABLE)))
        if kind != FEEDBACK:
            told.messages.append((at, *WHO[who], not private and kind != FORWARDED))
    if draw(st.booleans()):
        score, feedback = draw(st.sampled_from(sorted(SCORES))), draw(st.none() | st.just("thanks"))
        rating = {"id": number * 100 + 50, "ticket_id": number, "created_at": draw(iso(at)), "user_id": 5,
                  "updated_at": draw(iso(at + 7)), "feedback": feedback,
                  "ratings": {"default_question": score, "question_12": draw(st.none() | st.just(103))}}  # fmt: skip
        told.ratings.append(draw(varied(rating, NULLABLE)))
        told.rated.append((at + 7, f"1-7:{SCORES[score]}" + (" with comment" if feedback else "")))
    if told.is_odd:
        where = draw(st.sampled_from([told.ticket, *told.conversation]))
        where["created_at"] = draw(st.sampled_from([None, 5, "yesterday", "2026-03-02T09:00:00"]))
    return told


@st.composite
def chunks(draw: st.DrawFn) -> tuple[list[Page], list[Story]]:
    told = [draw(stories(number)) for number in range(1, draw(st.sampled_from([4, 3, 2])))]
    fields = [{"name": "status", "type": "default_status", "label": None, "choices": {}, **draw(unknown)}]
    pages = [page("fields", "/api/v2/ticket_fields", fields), page("groups", "/api/v2/groups", [])]
    pages += [page("tickets", "/api/v2/tickets", rows) for rows in paged(draw, [s.ticket for s in told], 2)]
    for story in told:
        url = f"/api/v2/tickets/{story.ticket['id']}"
        pages += [page("conversations", f"{url}/conversations", c) for c in paged(draw, story.conversation, 3)]
        pages += [page("ratings", f"{url}/satisfaction_ratings", rows) for rows in paged(draw, story.ratings, 1)]
    return pages, told


@settings(max_examples=3 * settings.default.max_examples)
@given(chunks())
def test_every_ticket_is_read_as_it_happened_or_rejected_with_a_reason(made: tuple[list[Page], list[Story]]) -> None:
    pages, told = made
    rows = list(freshdesk.read(pages, SETTINGS))
    shown = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
    rejected = {row.ticket: row.reason for row in rows if isinstance(row, r.Rejected)}
    assert set(rejected) == {str(story.ticket["id"]) for story in told if story.is_odd}
    assert len(shown) + len(rejected) == len(told)
    for story in told:
        number = str(story.ticket["id"])
        if story.is_odd:
            assert rejected[number]
            continue
        events = [row for row in rows if isinstance(row, r.Event) and row.ticket == number]
        read = [(e.occurred_at, e.actor, e.actor_class, e.is_public) for e in events if e.kind == "message"]
        assert sorted(read, key=str) == sorted(story.messages, key=str)
        assert [(e.occurred_at, e.new) for e in events if e.kind == "rating"] == story.rated
        assert not [e for e in events if e.kind == "status"]
        assert len({event.seq for event in events}) == len(events)
        assert shown[number].status == STATUS[story.ticket["status"]]
