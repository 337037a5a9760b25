"""Statuses followed from night to night: kept for good, whatever is killed, read again, comes late or expires."""

from __future__ import annotations

import zoneinfo

import msgspec
import pytest

from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch
from auditlib.pages import unknown
from auditlib.pipeline.translating.following import follow
from auditlib.store import engine, open_store, status_looks

FIRST, HOUR, DAY = 1_790_000_000, 3600, 86400
KEYS = {"1": 11, "2": 22}


@pytest.fixture
def store(tmp_path):
    return open_store(f"sqlite:///{tmp_path}/audit.db")


def look(at, status="open", since=FIRST + HOUR, ticket="1", **moments):
    return r.Look(ticket=ticket, looked_at=at, status=status, since=since, **moments)


def night(store, run, *looks, created_at=FIRST + HOUR, source="desk"):
    """What a night tells of the first ticket's status, and which tickets are followed."""
    rows = [r.Ticket(ticket=name, created_at=created_at, status="open") for name in {one.ticket for one in looks}]
    rows += [r.Event(ticket=row.ticket, seq=0, occurred_at=created_at, kind="created") for row in rows]
    batch = Batch.of(source, [*rows, *looks])
    with engine.writing(store.engine) as c:
        followed = follow(c, batch, KEYS.__getitem__, run)
    return [(e.occurred_at, e.old, e.new) for e in batch.events.get("1", []) if e.kind == "status"], followed


BEGAN = (FIRST + HOUR, None, "open")
SOLVED = look(FIRST + 2 * DAY, "solved", FIRST + DAY + HOUR, solved_at=FIRST + DAY + HOUR)
AGAIN = look(FIRST + 3 * DAY, "open", FIRST + 2 * DAY + HOUR, reopened_at=FIRST + 2 * DAY + HOUR)


def test_each_night_adds_what_became_of_a_ticket_since_the_last_look(store):
    night(store, 1, look(FIRST, ticket="2"))
    assert night(store, 2, look(FIRST + DAY)) == ([BEGAN], {"1"})
    assert night(store, 3, SOLVED) == ([BEGAN, (FIRST + DAY + HOUR, "open", "solved")], {"1"})
    told, followed = night(store, 4, AGAIN)  # what the last answer shows alone: open since it was opened again
    assert told == [BEGAN, (FIRST + DAY + HOUR, "open", "solved"), (FIRST + 2 * DAY + HOUR, "solved", "open")]
    assert followed == {"1"}


def test_a_part_that_is_read_again_and_a_look_that_shows_nothing_new_leave_no_trace(store):
    night(store, 1, look(FIRST, ticket="2"))
    night(store, 2, look(FIRST + DAY))
    once = night(store, 3, SOLVED)
    with engine.reading(store.engine) as c:
        held = status_looks.held(c, KEYS.values())
    later = msgspec.structs.replace(SOLVED, looked_at=FIRST + 9 * DAY)
    assert night(store, 3, SOLVED) == night(store, 4, later) == once
    with engine.reading(store.engine) as c:
        assert status_looks.held(c, KEYS.values()).equals(held)


def test_a_look_that_comes_late_stands_where_it_belongs(store):
    night(store, 1, look(FIRST, ticket="2"))
    night(store, 2, look(FIRST + DAY))
    night(store, 3, AGAIN)
    told, _ = night(store, 4, SOLVED)
    assert [new for _, _, new in told] == ["open", "solved", "open"]


def test_what_was_there_before_the_first_look_is_not_followed_even_if_nothing_happened_yet(store):
    before = FIRST - DAY
    assert night(store, 1, look(FIRST, since=before), created_at=before) == ([], set())
    solved = look(FIRST + DAY, "solved", FIRST + HOUR, solved_at=FIRST + HOUR)
    assert night(store, 2, solved, created_at=before) == ([], set())


def test_solved_and_opened_again_in_a_missed_night_is_known_to_be_unknown(store):
    night(store, 1, look(FIRST, ticket="2"))
    night(store, 2, look(FIRST + DAY))
    assert night(store, 4, AGAIN) == ([], set())
    assert night(store, 5, look(FIRST + 4 * DAY, "solved", FIRST + 3 * DAY + HOUR)) == ([], set())


def test_what_is_told_again_without_a_look_such_as_a_ticket_in_the_trash_stays_followed(store):
    night(store, 1, look(FIRST, ticket="2"))
    night(store, 2, look(FIRST + DAY))
    gone = r.Ticket(ticket="1", created_at=FIRST + HOUR, status="deleted", has_history=False)
    with engine.writing(store.engine) as c:
        assert follow(c, Batch.of("desk", [gone]), KEYS.__getitem__, 3) == {"1"}


def test_sources_are_followed_each_from_its_own_first_look(store):
    night(store, 1, look(FIRST, ticket="2"))
    assert night(store, 2, look(FIRST + DAY), source="other")[1] == set()


def test_a_source_with_a_history_has_no_looks_and_needs_none(store):
    row = r.Ticket(ticket="1", created_at=FIRST, status="open")
    with engine.writing(store.engine) as c:
        assert follow(c, Batch.of("zendesk", [row]), KEYS.__getitem__, 1) == set()


def test_the_page_says_since_when_a_source_is_looked_at_and_which_figures_count_by_it():
    row = {"source": "desk", "metric": "first_reply_minutes", "title": "First reply"}
    rows = [
        row | {"looked_at_since": "2026-10-01T00:30:00Z"},
        row | {"looked_at_since": None, "source": "other"},
        row | {"looked_at_since": "2026-10-01T00:30:00Z", "metric": "no figure"},
    ]
    told = unknown.looked_at(rows, {"first_reply_minutes"}, zoneinfo.ZoneInfo("Europe/Berlin"))
    assert told == [{"source": "desk", "since": "1 October 2026, 02:30", "titles": ["First reply"]}]
