"""What every source must do whose helpdesk answers, a real one or a flavour of the sandbox.

`module` is the source, `get` asks a helpdesk that shows everything which the source claims,
`settings` and `window` say what to read: fixtures of class scope, since much is fetched once for all
tests. The helpdesk must stand still while they run.

`auditlib.conformance` has the part that needs only pages, `boxed.py` what needs a helpdesk that can be broken.
"""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from auditlib.caselog import rows as r
from auditlib.caselog.words import Status
from auditlib.conformance import Reading, by_ticket, encoded, is_of_ticket, read_all, with_unknown_field
from auditlib.sources import Chunk, Get, Introduction, Settings, Window

__all__ = ["Conformance", "by_ticket", "encoded", "read_all", "with_unknown_field"]


class Conformance(Reading):
    """What is asked of a source whose helpdesk answers."""

    @pytest.fixture(scope="class")
    @classmethod
    def chunks(cls, module: ModuleType, get: Get, settings: Settings, window: Window) -> list[Chunk]:
        return list(module.fetch(get, {}, window, settings))

    def test_fetched_twice_the_rows_are_the_same(self, module, get, settings, window, rows):
        again = list(module.fetch(get, {}, window, settings))
        assert read_all(module, again, settings) == rows

    def test_a_cursor_can_be_stored_and_resuming_from_any_gives_the_rest(self, module, get, settings, window, chunks):
        everything = encoded(read_all(module, chunks, settings))
        cursors: dict[str, Any] = {}
        step = max(1, len(chunks) // 6)
        for i, chunk in enumerate(chunks):
            cursors[chunk.stream] = json.loads(json.dumps(dict(chunk.cursor)))
            if i % step == 0 or i == len(chunks) - 1:
                before = encoded(read_all(module, chunks[: i + 1], settings))
                rest = list(module.fetch(get, cursors, window, settings))
                assert before | encoded(read_all(module, rest, settings)) == everything
                assert rest == [] or rest[-1].complete_until is not None

    def test_only_a_complete_collection_says_until_when(self, chunks):
        *before, last = chunks
        assert last.complete_until is not None
        assert all(chunk.complete_until is None for chunk in before)

    def test_two_windows_that_meet_tell_what_one_tells(self, module, get, settings, window, rows):
        created = sorted(row.created_at for row in rows if isinstance(row, r.Ticket))
        middle = created[len(created) // 2]
        older = list(module.fetch(get, {}, Window("older", window.since, middle), settings))
        newer = list(module.fetch(get, {}, Window("newer", middle), settings))
        assert older[-1].complete_until == middle
        told = [encoded(r for r in read_all(module, part, settings) if is_of_ticket(r)) for part in (older, newer)]
        assert all(told)
        assert told[0] | told[1] == encoded(row for row in rows if is_of_ticket(row))

    def test_it_introduces_itself(self, module, get, settings):
        told = module.introduce(get, settings)
        assert isinstance(told, Introduction)
        assert set(told.streams.values()) == {"ok"}
        assert all(ours is None or ours in Status.__members__ for ours in told.statuses.values())
