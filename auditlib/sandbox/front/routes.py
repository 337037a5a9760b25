"""Which path shows what, page by page: Front's endpoints over the view of a moment."""

from __future__ import annotations

import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from auditlib.sandbox.flavour import Answer, Asked, routed
from auditlib.sandbox.front import people
from auditlib.sandbox.front.conversation import comment, event, message, record, status
from auditlib.sandbox.front.feed import cases, feed, is_purged
from auditlib.sandbox.front.history import A_CONVERSATION, Case, Event
from auditlib.sandbox.front.paging import PAGED, SORTED, check, is_down, paged, refused, values, whole
from auditlib.sandbox.front.search import found
from auditlib.sandbox.front.words import EVENTS, Payload, address, identity, number_of
from auditlib.sandbox.view import View

MOST_EVENTS = 15
LISTED = {"assigned": "assigned", "unassigned": "unassigned", "archived": "archived", "trashed": "deleted"}
_MOMENT = re.compile(r"\d+(\.\d{1,3})?")


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give; when its limit begins anew is said by its own clock."""
    told = routed(ROUTES, view, asked, asked.path.removeprefix("/"))
    if told is None:
        raise refused("the resource does not exist", 404)
    return Answer(told.payload, {"X-RateLimit-Reset": str(view.now + 60 - int(time.monotonic() % 60))})


def me(view: View, asked: Asked) -> Payload:
    """Whose token it is: the company's."""
    check(asked, ())
    return {"_links": {"self": address(view.world.company, "me")}, "id": "cmp_k30", "name": view.world.company.name}


def events(view: View, asked: Asked) -> Payload:
    """All events of a time, the newest first unless the other order is asked for."""
    check(asked, SORTED | {"q[after]", "q[before]", "q[types]", "q[inboxes]"})
    rows = view.once(feed)
    after, before = (_moment(asked, f"q[{name}]") for name in ("after", "before"))
    # Whether the moments themselves are within is not said anywhere: here they are not.
    begin = bisect_right(rows, after, key=lambda row: row[0].ms) if after is not None else 0
    end = bisect_left(rows, before, key=lambda row: row[0].ms) if before is not None else len(rows)
    kinds, inboxes = values(asked, "q[types]"), values(asked, "q[inboxes]")
    if unknown := sorted({*kinds} - {*EVENTS}):
        raise refused(f"q.types: unknown event type {unknown[0]}")
    if kinds or inboxes:
        rows = [
            (told, case)
            for told, case in rows[begin:end]
            if (not kinds or told.kind in kinds) and (not inboxes or identity("inb", case.inbox) in inboxes)
        ]
        begin, end = 0, len(rows)
    down = is_down(asked, "created_at")
    return paged(view, asked, rows[begin:end], _of_feed, lambda row: event(view, *row), down, MOST_EVENTS)


def one_event(view: View, asked: Asked, key: str) -> Payload:
    """One event."""
    check(asked, ())
    number = number_of("evt", key)
    case = view.once(cases).get((number or 0) // A_CONVERSATION)
    told = next((e for e in case.events if e.number == number), None) if case else None
    if told is None or case is None:
        raise refused("event not found", 404)
    return event(view, told, case)


def conversations(view: View, asked: Asked) -> Payload:
    """The company's conversations by what happened in them last; those in the trash only if they are asked for."""
    check(asked, SORTED | {"q[statuses]"})
    wanted = values(asked, "q[statuses]")
    if unknown := sorted({*wanted} - {*LISTED}):
        raise refused(f"q.statuses: unknown status {unknown[0]}")
    shown = {LISTED[word] for word in wanted or ("assigned", "unassigned", "archived")}
    rows = [case for case in _there(view) if status(case) in shown]
    return paged(view, asked, rows, _last, lambda case: record(view, case), is_down(asked, "date"))


def search(view: View, asked: Asked, query: str) -> Payload:
    """The conversations that a search finds, and how many they are."""
    check(asked, PAGED)
    rows = found(_there(view), query)
    return {**paged(view, asked, rows, _last, lambda case: record(view, case)), "_total": len(rows)}


def conversation(view: View, asked: Asked, key: str) -> Payload:
    """One conversation; also one in the trash."""
    check(asked, ())
    return record(view, _case(view, key))


def events_of(view: View, asked: Asked, key: str) -> Payload:
    """What happened in one conversation, the newest first."""
    check(asked, PAGED)
    case = _case(view, key)
    place: Callable[[Event], tuple[int, int]] = lambda told: told.place  # noqa: E731
    return paged(view, asked, case.events, place, lambda told: event(view, told, case))


def messages_of(view: View, asked: Asked, key: str) -> Payload:
    """What was written in one conversation, drafts among it."""
    check(asked, SORTED)
    down, rows = is_down(asked, "created_at"), _case(view, key).messages
    return paged(view, asked, rows, lambda letter: letter.place, lambda letter: message(view, letter), down)


def comments_of(view: View, asked: Asked, key: str) -> Payload:
    """What teammates said of it among themselves, the newest first."""
    check(asked, ())
    rows = [comment(view, letter) for letter in _case(view, key).comments[::-1]]
    return whole(view, rows, f"conversations/{key}/comments")


def inboxes_of(view: View, asked: Asked, key: str) -> Payload:
    """In which inboxes it is now."""
    check(asked, ())
    case = _case(view, key)
    return whole(view, [people.inbox(view.world.company, case.inbox)], f"conversations/{key}/inboxes")


def tags(view: View, asked: Asked) -> Payload:
    """The tags that are in use."""
    check(asked, SORTED)
    names = sorted({name for case in _there(view) for name in case.tags}, key=people.tag_number)
    company = view.world.company
    place: Callable[[str], tuple[int, int]] = lambda name: (people.tag_number(name), 0)  # noqa: E731
    return paged(view, asked, names, place, lambda name: people.tag(company, name), is_down(asked, "id"))


def _listed(path: str, rows: Callable[[View], list[Payload]]) -> Callable[[View, Asked], Payload]:
    """A list that is told whole and takes no parameter."""

    def handler(view: View, asked: Asked) -> Payload:
        check(asked, ())
        return whole(view, view.once(rows), path)

    return handler


def _no_statuses(view: View) -> list[Payload]:
    """Ticketing is not turned on."""
    return []


def _of_feed(row: tuple[Event, Case]) -> tuple[int, int]:
    return row[0].place


def _last(case: Case) -> tuple[int, int]:
    return case.events[-1].place


def _there(view: View) -> list[Case]:
    """What is not purged, by when something last happened in it."""
    return sorted((case for case in view.once(cases).values() if not is_purged(view, case)), key=_last)


def _case(view: View, key: str) -> Case:
    case = view.once(cases).get(number_of("cnv", key) or 0)
    if case is None or is_purged(view, case):
        raise refused("conversation not found", 404)
    return case


def _moment(asked: Asked, name: str) -> int | None:
    told = asked.query.get(name)
    if told is None:
        return None
    if not _MOMENT.fullmatch(told):
        raise refused(f"{name} must be a timestamp in seconds with up to three decimals")
    return round(float(told) * 1000)


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"GET me", me),
    (r"GET events", events),
    (r"GET events/(\w+)", one_event),
    (r"GET conversations", conversations),
    (r"GET conversations/custom_fields", _listed("conversations/custom_fields", people.custom_fields)),
    (r"GET conversations/search/(.+)", search),
    (r"GET conversations/(cnv_\w+)", conversation),
    (r"GET conversations/(cnv_\w+)/events", events_of),
    (r"GET conversations/(cnv_\w+)/messages", messages_of),
    (r"GET conversations/(cnv_\w+)/comments", comments_of),
    (r"GET conversations/(cnv_\w+)/inboxes", inboxes_of),
    (r"GET inboxes", _listed("inboxes", people.inboxes)),
    (r"GET teams", _listed("teams", people.teams)),
    (r"GET teammates", _listed("teammates", people.teammates)),
    (r"GET shifts", _listed("shifts", people.shifts)),
    (r"GET company/statuses", _listed("company/statuses", _no_statuses)),
    (r"GET tags", tags),
]
