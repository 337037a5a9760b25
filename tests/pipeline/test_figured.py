"""What is published after several nights is what everything computed anew would say."""

from __future__ import annotations

import dataclasses
import pathlib

import pytest
from msgspec.structs import replace

from auditlib import pipeline
from auditlib.pipeline import figuring, steps, touched
from auditlib.sandbox import Box
from auditlib.store import engine, runs
from auditlib.store import figures as stored
from tests.pipeline.house import House
from tests.pipeline.sameness import assert_same


def test_what_a_night_left_alone_is_as_if_it_had_been_computed(third_night: House) -> None:
    with third_night.here() as setting:
        with engine.reading(setting.store.engine) as c:
            run = runs.last_published(c)
            assert run is not None
            seen = stored.latest_published(c, dataclasses.replace(run, run=run.run + 1))
        anew, _ = figuring.computed(setting, run, touched.everything(setting))
    seen = seen[seen.suppressed_reason != figuring.NO_MEMBER]
    assert len(seen) > 1000
    assert_same({"figures": seen[stored.columns()]}, {"figures": anew[stored.columns()]}, ["figures"])


def test_parts_add_up_to_the_change_of_every_figure(third_night: House) -> None:
    rows = third_night.rows(
        "SELECT f.value - was.value AS moved, SUM(p.part) AS parts FROM figures f "
        "JOIN figures was ON was.figure_id = f.supersedes JOIN restatement_parts p ON p.figure_id = f.figure_id "
        "WHERE f.value IS NOT NULL AND was.value IS NOT NULL GROUP BY f.figure_id, f.value, was.value"
    )
    assert len(rows)
    assert rows.parts.astype(float).to_numpy() == pytest.approx(rows.moved.astype(float).to_numpy(), abs=1e-9)


def test_every_figure_that_changed_says_why(third_night: House) -> None:
    silent = third_night.rows(
        "SELECT f.* FROM figures f JOIN figures was ON was.figure_id = f.supersedes "
        "LEFT JOIN restatement_parts p ON p.figure_id = f.figure_id "
        "WHERE p.figure_id IS NULL AND f.n > 0 AND f.value <> was.value"
    )
    assert silent.empty


def test_a_service_level_and_a_schedule_that_the_helpdesk_edits_are_reasons_of_their_own(
    third_night: House, box: Box, tmp_path: pathlib.Path
) -> None:
    """Every ticket of that helpdesk is measured again for it. Older months, loaded in the second night, are one too."""
    house, world = third_night.copy(tmp_path / "house"), box.world
    first, *others = world.company.policies
    one_for_all = [replace(first, tier=None), *others]
    later_hours = {name: replace(one, weeks=one.weeks[:1]) for name, one in world.company.schedules.items()}
    try:
        box.world = replace(world, company=replace(world.company, policies=one_for_all))
        house.night("2026-10-22")
        box.world = replace(world, company=replace(box.world.company, schedules=later_hours))
        decided(house, "2026-10-23")
    finally:
        box.world = world
    known = "SELECT ticket_key FROM tickets WHERE from_run <= {0} AND (to_run IS NULL OR to_run > {0})"
    for run, edit in ((4, "SLA_POLICY_EDIT"), (5, "SCHEDULE_EDIT")):
        causes = house.rows(f"SELECT causes FROM worklist WHERE run = {run} AND bucket >= 0").causes
        assert causes.str.contains(edit).sum() == len(house.rows(known.format(run)))
        assert not causes.str.contains({4: "SCHEDULE_EDIT", 5: "SLA_POLICY_EDIT"}[run]).any()
    learned = house.rows("SELECT run, cause, COUNT(*) AS n FROM ticket_changes GROUP BY run, cause")
    assert set(learned.run[learned.cause == "BACKFILL"]) == {2}
    assert learned.n[learned.cause == "BACKFILL"].item() > 50


def decided(house: House, day: str) -> None:
    """A night up to the decision what is measured."""
    house.set_clocks(day)
    with house.here():
        run = pipeline.begin(day)
        pipeline.collect(run, "sandbox", house.connection("sandbox"))
        pipeline.translate(run, "sandbox")
        pipeline.gate_source(run, "sandbox")
        steps.decide(run)
