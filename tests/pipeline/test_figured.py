"""What is published after several nights is what everything computed anew would say."""

from __future__ import annotations

import dataclasses

import pytest

from auditlib.pipeline import figuring, touched
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
