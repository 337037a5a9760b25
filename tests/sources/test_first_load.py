"""A first load of Zendesk in simulated time: its real limits, newest first, several nights, two kills.

The account is made up on the fly and tells only what the load heeds; sleeping moves a clock. What is real is the
source, the pipeline's collecting with its windows, cursors and landed parts, and the pace that every session keeps.
"""

from __future__ import annotations

import bisect
import collections
import datetime
import itertools
import json
from collections.abc import Mapping
from typing import Any

import pytest

from auditlib.pipeline import collecting
from auditlib.pipeline.setting import Setting
from auditlib.sources import Page, Window, zendesk
from auditlib.store import beginning, engine, runs
from auditlib.store import collecting as parts
from auditlib.waiting import Manners, Pace
from tests.pipeline.house import WALL_CLOCK, House

TICKETS = 100_000
DAY = 86_400
SINCE, AS_OF = 1_735_689_600, 1_767_225_600  # the year 2025
A_MINUTE, EXPORTS = 700, 10
SHARE, OTHERS = 0.3, 1
"""Our share; and how many requests somebody else sends with each of ours, at most 120 a minute."""
LATENCY = 0.05
NIGHT = collecting.HISTORY_HOURS * 3600
SOURCE = f"""
[[source]]
name = "z"
kind = "zendesk"
connection = "z"
since = 2025-01-01
max_share_of_rate_limit = {SHARE}
"""


class Killed(BaseException):
    """The process dies in the middle of a request."""


class Clock:
    at = float(AS_OF)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


class Account:
    """A Zendesk with a year of tickets, that refuses whoever asks too often, as the real one does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        step = (AS_OF - SINCE) / TICKETS
        self.moved = [SINCE + int(number * step) for number in range(TICKETS)]
        self.read: collections.Counter[int] = collections.Counter()
        self.order: list[int] = []
        self.asked = self.most = 0
        self._minute: dict[str, tuple[int, int]] = {}

    def answer(self, path: str, params: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
        self._clock.at += LATENCY
        self.asked += 1
        headers = self._counted("account", A_MINUTE, 1 + OTHERS if self._of_others() else 1)
        if path.endswith("/audits"):
            ticket = int(path.split("/")[-2])
            self.read[ticket] += 1
            self.order.append(self.moved[ticket])
            return b'{"audits": [], "meta": {"has_more": false}}', headers
        if "incremental" in path:
            headers |= self._counted("exports", EXPORTS, 1)
            return self._export(path, params), headers
        name = path.rsplit("/", 1)[-1]
        return json.dumps({name: [], "meta": {"has_more": False}}).encode(), headers

    def _of_others(self) -> bool:
        minute, used = self._minute.get("account", (0, 0))
        return minute == int(self._clock.at // 60) and used < 120 * (1 + OTHERS)

    def _counted(self, limit: str, total: int, cost: int) -> dict[str, str]:
        now = int(self._clock.at // 60)
        minute, used = self._minute.get(limit, (now, 0))
        used = cost + (used if minute == now else 0)
        self._minute[limit] = (now, used)
        assert used <= total, f"{used} of {total} a minute of {limit}: Zendesk would have answered 429"
        left, resets = total - used, 60 - int(self._clock.at % 60)
        if limit == "account":
            self.most = max(self.most, used)
            return {"x-rate-limit": str(total), "x-rate-limit-remaining": str(left), "ratelimit-reset": str(resets)}
        return {"zendesk-ratelimit-incremental-exports": f"total={total}; remaining={left}; resets={resets}"}

    def _export(self, path: str, params: Mapping[str, Any]) -> bytes:
        if "users" in path:
            return b'{"users": [], "end_of_stream": true, "after_cursor": null}'
        first = int(params["cursor"]) if "cursor" in params else bisect.bisect_left(self.moved, params["start_time"])
        last = min(first + int(params["per_page"]), TICKETS)
        tickets = [
            {
                "id": number, "status": "closed", "created_at": "2025-01-01T00:00:00Z",
                "updated_at": "2025-01-01T00:00:00Z", "generated_timestamp": self.moved[number],
            }
            for number in range(first, last)
        ]  # fmt: skip
        told = {"tickets": tickets, "after_cursor": str(last), "end_of_stream": last == TICKETS}
        return json.dumps(told).encode()


class Asking:
    """Asks as a session does, at its pace; dies at the requests that a test names."""

    def __init__(self, account: Account, clock: Clock, dies_at: set[int]) -> None:
        self._account, self._dies_at = account, dies_at
        self._clock = clock
        self._pace = Pace(SHARE, Manners(sleep=clock.sleep, now=clock.now, jitter=lambda: 0.0))

    def __call__(self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Any = None) -> Page:
        self._pace.before(stream)
        if self._account.asked in self._dies_at:
            self._dies_at.remove(self._account.asked)
            raise Killed
        content, headers = self._account.answer(path, params or {})
        self._pace.after(stream, headers)
        return Page(stream=stream, url=path, body=content, served_at=int(self._clock.at))


class Load:
    """Nights as the pipeline spends them: its own collecting, into a store and a landing of their own."""

    def __init__(self, house: House) -> None:
        self.clock, self.house = Clock(), house
        self.account, self.dies_at = Account(self.clock), {TICKETS // 20, TICKETS // 2}
        self.nights = self.kills = 0
        self.windows: list[Window] = []
        self.is_loaded = False

    def night(self, setting: Setting) -> None:
        asking = Asking(self.account, self.clock, self.dies_at)
        means = collecting.Means(lambda *told: asking, self.clock.now, NIGHT)
        day = datetime.datetime.fromtimestamp(AS_OF + (self.nights - 1) * DAY, datetime.UTC).date()
        as_of, facts = setting.midnight_after(str(day)), setting.run_facts() | {"day": str(day)}
        run = beginning.begin(setting.store, as_of, facts, ["z"], WALL_CLOCK)
        collecting.collect(setting, run, "z", None, means)
        with engine.writing(setting.store.engine) as c:
            planned, until = parts.windows(c, "z"), runs.sources(c, run.run)["z"].complete_until
            runs.advance(c, run.run, "z", until or 0, collecting.loaded_since(planned))
        runs.finish(setting.store, run.run, "published", None, WALL_CLOCK)
        self.windows = [window for window, _ in planned]
        self.is_loaded = all(done is not None for window, done in planned if not window.is_live)
        self.nights += 1
        self.clock.at = max(self.clock.at, AS_OF + self.nights * DAY)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Load:
    load = Load(House(tmp_path_factory.mktemp("load"), sources=[SOURCE], rules=""))
    with load.house.here() as setting:
        while not load.is_loaded:
            assert load.nights < 12, "the load does not come to an end"
            try:
                load.night(setting)
            except Killed:
                load.kills += 1  # the same night is run again, and goes on where it stopped
    return load


def test_it_takes_several_nights_and_survives_two_kills(loaded: Load) -> None:
    assert loaded.kills == 2
    assert 3 <= loaded.nights <= 8


def test_every_ticket_is_read_and_hardly_one_twice(loaded: Load) -> None:
    assert set(loaded.account.read) == set(range(TICKETS))
    # A kill costs a part of 500 tickets at most, and windows that meet a page of each other's.
    assert sum(loaded.account.read.values()) <= TICKETS + loaded.kills * zendesk.PAGE_SIZE


def test_the_newest_come_first(loaded: Load) -> None:
    live = loaded.windows[0].since
    first = loaded.account.order.index(next(at for at in loaded.account.order if at < live))
    newest = sum(at >= live for at in loaded.account.moved)
    assert newest <= first <= newest + zendesk.PAGE_SIZE
    months = [window.since for window in loaded.windows]
    reached = [bisect.bisect_left(sorted(months), at) for at in loaded.account.order]
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(reached))


def test_it_takes_as_long_as_connect_says_and_no_more_than_its_share(loaded: Load) -> None:
    assert loaded.account.asked <= 1.1 * zendesk.REQUESTS.at_most(TICKETS, 0) + loaded.nights * 40
    assert loaded.account.most <= A_MINUTE * SHARE + 2 * 120 + EXPORTS
