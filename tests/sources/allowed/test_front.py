"""Front's conversations, events and messages in any form that its description allows."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, load
from tests.sources.allowed import BEGIN, page, paged, unknown, varied, words

front = load("front")
SETTINGS = Settings(name="f", kind="front", connection="f", since=1, bots=["tea_77"])
MOVES = {"archive": "solved", "snooze": "pending_customer", "reopen": "open", "reminder": "open", "inbound": "open"}
NOISE = ("tag", "untag", "link_added", "custom_field_updated", "message_bounce_error")
WHO = {"tea_9": ("tea_9", None), "tea_77": ("tea_77", "bot"), "tea_r": (None, "automation")}
TYPES = {"tea_9": "user", "tea_77": None, "tea_r": "rule"}
THEM = {"role": "from", "handle": "a@b.example", "_links": {"related": {"contact": "https://x.example/contacts/crd_5"}}}
NULLABLE = {
    "_links", "subject", "status_category", "assignee", "recipient", "tags", "links", "custom_fields", "waiting_since",
    "is_private", "scheduled_reminders", "metadata", "type", "draft_mode", "author", "body", "text", "version",
    "error_type", "signature", "attachments", "target", "name", "email", "username", "first_name", "last_name",
    "is_blocked", "posted_at", "handle", "role",
}  # fmt: skip


@dataclasses.dataclass
class Story:
    """A conversation as it is written down, and what must be read of it."""

    number: int
    about: dict[str, Any]
    log: list[dict[str, Any]]
    written: list[dict[str, Any]]
    messages: list[tuple[int, str | None, str | None, bool]]
    statuses: list[tuple[int, str]]
    is_odd: bool


@st.composite
def moments(draw: st.DrawFn, at: int) -> float | int:
    """A second, whole or with a fraction."""
    return draw(st.sampled_from([at, at + 0.001, at + 0.5, at + 0.999]))


@st.composite
def stories(draw: st.DrawFn, number: int) -> Story:
    at = BEGIN + draw(st.integers(0, 10**6))
    told = Story(number, {}, [], [], [], [(at, "open")], draw(st.integers(0, 9)) == 0)
    created = at
    draw(writing(told, 0, at, "crd_5"))
    for place in range(1, draw(st.sampled_from([6, 3, 1]))):
        at += draw(st.integers(2, 10**5))
        if draw(st.booleans()):
            draw(writing(told, place, at, draw(st.sampled_from(["crd_5", *WHO]))))
        else:
            now = told.statuses[-1][1]
            kinds = [*(k for k, new in MOVES.items() if new != now and k != "inbound"), *NOISE, "of tomorrow"]
            # What comes back by a reminder was snoozed.
            kinds = [kind for kind in kinds if kind != "reminder" or now == "pending_customer"]
            draw(event(told, place, at, draw(st.sampled_from(kinds))))
    now, reminders = told.statuses[-1][1], [{"scheduled_at": at + 9}]
    told.about = {
        "id": f"cnv_{number}", "created_at": draw(moments(created)), "subject": draw(st.none() | words),
        "status": draw(st.sampled_from(["assigned", "unassigned"])) if now == "open" else "archived",
        "scheduled_reminders": reminders if now == "pending_customer" else draw(st.sampled_from([None, []])),
        "recipient": THEM,
        "assignee": draw(st.none() | st.just({"id": "tea_9"})), "is_private": draw(st.sampled_from([None, False])),
        "tags": draw(st.none() | st.lists(st.builds(lambda w: {"name": w}, st.none() | words), max_size=2)),
        "custom_fields": draw(st.sampled_from([None, {}, {"Topic": None}, {"Topic": ["a"]}])), "status_category": None,
    }  # fmt: skip
    if told.is_odd:
        where = draw(st.sampled_from([told.about, *told.written, *told.log]))
        name = "emitted_at" if "emitted_at" in where else "created_at"
        where[name] = draw(st.sampled_from([None, "yesterday", [1]]))
    return told


def end(kind: str, data: Any) -> dict[str, Any]:
    return {"_meta": {"type": kind}, "data": data}


@st.composite
def event(draw: st.DrawFn, told: Story, place: int, at: int, kind: str) -> None:
    who = draw(st.sampled_from(sorted(WHO)))
    reminder = end("reminder", {"scheduled_at": at})
    by = reminder if kind in ("snooze", "reminder") else end("teammate", teammate(who))
    line = {"id": f"evt_{told.number}z{place}", "type": "archive" if kind == "snooze" else kind, "source": by,
            "emitted_at": draw(moments(at)), "target": draw(st.none() | st.just({"data": {}}))}  # fmt: skip
    told.log.append(draw(varied(line, NULLABLE)))
    if kind in MOVES:
        told.statuses.append((at, MOVES[kind]))


@st.composite
def writing(draw: st.DrawFn, told: Story, place: int, at: int, who: str) -> None:
    """A message, a draft or a comment, with the event that tells of it."""
    is_inbound, number = who not in WHO, f"{told.number}z{place}"
    kind = draw(st.sampled_from(["message", "message", "comment", "draft"])) if not is_inbound else "message"
    moment = draw(moments(at))
    if kind == "comment":
        comment = draw(
            varied({"id": f"com_{number}", "author": teammate(who), "body": draw(st.none() | words)}, NULLABLE)
        )
        told.log.append({"id": f"evt_{number}", "type": "comment", "emitted_at": moment, "source": end("api", None),
                         "target": end("comment", comment)})  # fmt: skip
        told.messages.append((at, *WHO[who], False))
        return
    line = {"id": f"msg_{number}", "created_at": moment, "is_inbound": is_inbound,
            "type": draw(st.sampled_from([None, "email"])),
            "draft_mode": draw(st.sampled_from(["shared", "private"])) if kind == "draft" else None,
            "author": None if is_inbound else teammate(who), "recipients": [THEM] if is_inbound else [{"role": "from"}],
            "text": draw(st.none() | words), "body": draw(st.none() | words)}  # fmt: skip
    told.written.append(draw(varied(line, NULLABLE)))
    if kind == "draft":
        return
    about = end("message", {"id": line["id"]})
    told.log.append({"id": f"evt_{number}", "type": "inbound" if is_inbound else "out_reply", "emitted_at": moment,
                     "source": end("inboxes", [{"id": "inb_7"}]), "target": about})  # fmt: skip
    told.messages.append((at, *(("crd_5", None) if is_inbound else WHO[who]), True))
    if is_inbound and told.statuses[-1][1] != "open":
        told.statuses.append((at, "open"))


def teammate(who: str) -> dict[str, Any]:
    return {"id": who, "type": TYPES[who]}


@st.composite
def chunks(draw: st.DrawFn) -> tuple[list[Page], list[Story]]:
    told = [draw(stories(number)) for number in range(1, draw(st.sampled_from([4, 3, 2])))]
    pages = [
        page("teammates", "/teammates", {"_results": draw(st.sampled_from([[], [{"id": "tea_9", "email": None}]]))}),
        page("inboxes", "/inboxes", {"_results": [{"id": "inb_7", "name": None}]}),
    ]
    for story in told:
        about = draw(varied(story.about, NULLABLE))
        log = [{**line, "conversation": about, **draw(unknown)} for line in story.log]
        where = f"/conversations/cnv_{story.number}"
        for name, stream, rows in (("events", "history", log[::-1]), ("messages", "messages", story.written)):
            for some in paged(draw, rows, 3):
                more = draw(st.sampled_from([{}, {"_pagination": {"next": None}}, {"_pagination": None}]))
                pages.append(page(stream, f"{where}/{name}?limit=100", {"_results": some, **more}))
    return pages, told


@given(chunks())
def test_every_conversation_is_read_as_it_happened_or_rejected_with_a_reason(
    made: tuple[list[Page], list[Story]],
) -> None:
    pages, told = made
    rows = list(front.read(pages, SETTINGS))
    shown = {row.ticket: row for row in rows if isinstance(row, r.Ticket)}
    rejected = {row.ticket: row.reason for row in rows if isinstance(row, r.Rejected)}
    assert set(rejected) == {str(story.number) for story in told if story.is_odd}
    assert len(shown) + len(rejected) == len(told)
    for story in told:
        number = str(story.number)
        if story.is_odd:
            assert rejected[number]
            continue
        events = [row for row in rows if isinstance(row, r.Event) and row.ticket == number]
        read = [(e.occurred_at, e.actor, e.actor_class, e.is_public) for e in events if e.kind == "message"]
        assert sorted(read, key=str) == sorted(story.messages, key=str)
        assert [(e.occurred_at, e.new) for e in events if e.kind == "status"] == story.statuses
        assert len({event.seq for event in events}) == len(events)
        assert shown[number].status == story.statuses[-1][1]
