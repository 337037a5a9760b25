"""Opening hours that a helpdesk tells: with its own holidays, or with those that audit.toml names for the source."""

from __future__ import annotations

import json
import pathlib
from types import SimpleNamespace

import numpy as np
import pandas as pd
import sqlalchemy as sa

from auditlib.caselog.rows import Schedule, moment
from auditlib.caselog.words import Kind
from auditlib.pipeline.schedules import _assigned, _Compiled, _versions, defaults
from auditlib.pipeline.translating import Translation
from auditlib.sources import Settings
from auditlib.store import bulk, engine, open_store, versions
from auditlib.store import caselog_tables as t
from auditlib.timelines import Timelines

SINCE, UNTIL = moment("2025-12-01T00:00:00Z"), moment("2026-03-01T00:00:00Z")
CHRISTMAS = moment("2025-12-25T00:00:00Z"), moment("2025-12-26T00:00:00Z")
EVERY_DAY = json.dumps([[0, 7 * 1440]])


def worked_at_christmas(source: str, holidays: list) -> float:
    """Hours worked on the 25th of December by a schedule of this source."""
    config = SimpleNamespace(clock=SimpleNamespace(holidays={"desk": "DE"}), folder=pathlib.Path())
    row = {"schedule": 1, "source": source, "valid_from": 0, "time_zone": "Etc/UTC", "intervals": EVERY_DAY}
    compiled = _Compiled(config, SINCE, UNTIL)
    _versions(pd.DataFrame([{**row, "holidays": json.dumps(holidays)}]), compiled)
    (worked,) = compiled.hours[0].seconds(*(np.array([at]) for at in CHRISTMAS))
    return worked / 3600


def test_a_helpdesk_that_tells_no_holidays_keeps_those_that_are_named_for_it():
    assert worked_at_christmas("desk", []) == 0


def test_what_a_helpdesk_tells_itself_holds_and_nobody_elses_calendar_does():
    assert worked_at_christmas("desk", [["2026-01-01", "2026-01-01"]]) == 24
    assert worked_at_christmas("another", []) == 24


def test_only_the_first_schedule_given_at_once_holds_from_creation():
    kind, given = [Kind.created, *[Kind.schedule] * 2, Kind.created, Kind.schedule], [0, 7, 8, 0, 9]
    at = [1000, 1010, 1050, 1000, 1061]
    events = {"ticket": [0, 0, 0, 1, 1], "kind": kind, "occurred_at": at, "new": given}
    events = {name: np.array(column, np.int64) for name, column in events.items()}
    tickets = {"key": np.array([1, 2]), "created_at": np.array([1000, 1000])}
    found = _assigned(pd.DataFrame(tickets), events)
    assert list(zip(found.since, found.schedule, strict=True)) == [(0, 7), (1050, 8), (1061, 9)]
    lives = Timelines(tickets, events, np.array([2000, 2000]), {})
    asked = np.array([0, 0, 0, 1, 1])
    kept = lives.schedule_at(asked, np.array([1000, 1049, 1050, 1060, 1061]), [5, 5])
    assert kept.tolist() == [7, 7, 8, 5, 9]


def test_a_default_keeps_all_its_digits_beside_a_source_that_has_none():
    long = (1 << 62) + 12_345_678_901_234_567
    known = pd.DataFrame({"source": ["desk", "desk"], "schedule": [long, 7], "is_default": [True, False]})
    assert defaults(pd.DataFrame({"source": ["desk", "files", "desk"]}), known).tolist() == [long, 0, long]


def test_an_edit_holds_from_when_it_was_made_or_else_from_when_we_last_looked(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDITLIB_SURROGATE_KEY", "0123456789abcdef" * 2)
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    setting = Settings(name="desk", kind="zendesk", connection="", since=0)

    def night(run: int, last_looked: int, opens: int, edited_at: int) -> None:
        row = Schedule(schedule="1", name="x", time_zone="UTC", intervals=((opens, 1020),), edited_at=edited_at)
        translation = Translation(store, run, setting, last_looked)
        with engine.writing(store.engine) as c:
            translation.part(c, run, [row])

    night(1, 0, 540, 0)
    night(2, 5_000, 600, 7_000)
    night(3, 9_000, 660, 7_000)
    night(4, 9_500, 660, 7_000)
    night(5, 9_900, 720, 0)
    with engine.reading(store.engine) as c:
        rows = bulk.frame(c, sa.select(t.SCHEDULES).where(versions.holding(t.SCHEDULES)).order_by("valid_from"))
    opened = [json.loads(told)[0][0] for told in rows.intervals]
    assert list(zip(rows.valid_from, opened, strict=True)) == [(0, 540), (7_000, 600), (9_000, 660), (9_900, 720)]
