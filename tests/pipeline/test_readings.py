"""What is read of one night for the sake of another is what that night knew."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from auditlib.metric import facts
from auditlib.pipeline import counted, figuring, touched
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import together
from auditlib.store import engine, figures, measures, runs
from auditlib.store.readings import Readings
from auditlib.store.runs import Run
from tests.pipeline.house import House


def nights(setting: Setting) -> tuple[Run, Run]:
    """The second night, which loaded all, and the latest one."""
    with engine.reading(setting.store.engine) as c:
        last = runs.last_published(c)
        assert last is not None
        return runs.get(c, 2), last


@pytest.mark.parametrize("later", ["all", "half", "other half"])
@pytest.mark.parametrize("earlier", ["all", "half"])
def test_an_earlier_night_is_told_apart_from_a_later_one(third_night: House, earlier: str, later: str) -> None:
    with third_night.here() as setting, engine.reading(setting.store.engine) as c:
        then, last = nights(setting)
        keys = np.unique(Readings().described(c, last, ["ticket"]).ticket_key.to_numpy(np.int64))
        only = {"all": None, "half": keys[::2], "other half": keys[1::2]}
        compared = 0
        for table in measures.tables(setting.metrics):
            names = [column.name for column in table.primary_key if column.name != "from_run"]
            known = Readings()
            tickets = known.described(c, last, ["ticket"], only[later])
            known.measured(c, last, table, names, tickets, only[later])
            facts_then = known.described(c, then, ["ticket"], only[earlier])
            told, _ = known.measured(c, then, table, names, facts_then, only[earlier])
            alone = Readings(keeps=False)
            asked = alone.described(c, then, ["ticket"], only[earlier])
            expected, _ = alone.measured(c, then, table, names, asked, only[earlier])
            pd.testing.assert_frame_equal(facts_then, asked)
            pd.testing.assert_frame_equal(
                told.sort_values(names, ignore_index=True), expected.sort_values(names, ignore_index=True)
            )
            compared += len(expected)
    assert compared > 100


def test_how_long_nobody_came_back_is_what_the_tickets_themselves_say(third_night: House) -> None:
    with third_night.here() as setting:
        _, run = nights(setting)
        compared = 0
        for _, (metric, figure, _, beside) in counted.members_of(setting, run, touched.everything(setting)):
            if beside is None:
                continue
            [module] = [
                module
                for modules in setting.metrics.values()
                for module in modules.values()
                if figure.provisional_from in facts(module).columns
            ]
            t = together(setting, run, np.unique(beside.key)).timelines
            span = module.value(t, **facts(module).columns[figure.provisional_from])
            running = pd.Series(t.running_minutes(span, "calendar"), t.tickets["key"])
            waits = beside.key[beside.is_waiting]
            assert beside.contribution[beside.is_waiting] == pytest.approx(running[waits].to_numpy(), abs=1e-9)
            assert metric.date_basis == facts(module).date_basis
            compared += len(waits)
    assert compared > 50


def test_a_night_on_which_much_moves_publishes_the_whole_and_leaves_parts_to_the_week(
    third_night: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with third_night.here() as setting:
        _, last = nights(setting)
        with engine.reading(setting.store.engine) as c:
            before = figures.latest_published(c, last)
        moved = dataclasses.replace(touched.everything(setting), is_everything=False, ends_a_week=False)
        assert not figuring._can_only_wait(setting, last, moved, before)
        monkeypatch.setattr(figuring, "MANY_TICKETS", 1)
        monkeypatch.setattr(figuring, "PARTS_A_NIGHT", 1)
        assert figuring._can_only_wait(setting, last, moved, before)
        assert not figuring._can_only_wait(setting, last, dataclasses.replace(moved, ends_a_week=True), before)
        whole, _ = figuring.computed(setting, last, touched.everything(setting), in_parts=False)
        every, _ = figuring.computed(setting, last, touched.everything(setting))
    alone = every[(every.breakdown == "all") & (every.segment == "all")].reset_index(drop=True)
    assert len(every) > len(alone) > 100
    pd.testing.assert_frame_equal(whole, alone)
