"""A past night has a line of its own: replayed from what was known then, or marked as reconstructed."""

from __future__ import annotations

import pathlib

import pandas as pd
import pytest
import sqlalchemy as sa

from auditlib.store import figures, measures
from tests.pipeline import killing
from tests.pipeline.conftest import SECOND
from tests.pipeline.house import House
from tests.pipeline.sameness import assert_same, measure_tables

BOOKS = ("runs", "validation_results")
"""Views that tell of every run, whoever may see its figures."""


@pytest.fixture(scope="module")
def replayed(third_night: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    house = third_night.copy(tmp_path_factory.mktemp("replayed") / "house")
    house.night("2026-10-22")
    house.copy(house.folder.parent / "before")
    assert house.again(SECOND)["kind"] == "replay"
    return house


@pytest.fixture(scope="module")
def before(replayed: House) -> House:
    """The same company just before the past night was run."""
    return House(replayed.folder.parent / "before", replayed.sources, replayed.boxes)


@pytest.fixture(scope="module")
def tables_before(before: House) -> dict[str, pd.DataFrame]:
    return before.tables()


@pytest.fixture(scope="module")
def views_before(before: House) -> dict[str, pd.DataFrame]:
    with before.reading() as c:
        return {name: before.table(name) for name in sa.inspect(c).get_view_names() if name not in BOOKS}


def seen_at(house: House, run: int) -> pd.DataFrame:
    """What leaders saw once a night was published, without what makes a row one publication's own."""
    rows = house.table("figures")
    rows = rows[rows.publication_run <= run].sort_values("publication_run").drop_duplicates("cell_id", keep="last")
    rows = rows[rows.suppressed_reason != "no member any more"]
    return rows.drop(columns=["figure_id", "publication_run", "supersedes"])


def test_a_night_that_was_really_run_is_replayed_to_the_same_figures(before: House, replayed: House) -> None:
    rows = replayed.table("figures")
    again = rows[rows.publication_run == 5].drop(columns=["figure_id", "publication_run", "supersedes"])
    assert_same({"figures": seen_at(before, 2)}, {"figures": again}, ["figures"])


def test_a_replay_that_was_killed_is_taken_up_again(before: House, replayed: House, tmp_path: pathlib.Path) -> None:
    house = before.copy(tmp_path / "house")
    for trap in (killing.at_call(measures, "keep", 5), killing.at_call(figures, "write", after=True)):
        assert killing.killed(lambda: house.again(SECOND), trap)
    house.again(SECOND)
    one, other = replayed.tables(), house.tables()
    assert_same(one, other, [*measure_tables(one), "figures"])


def test_a_replay_knows_its_night_and_its_sources_of_then(replayed: House) -> None:
    run = replayed.rows("SELECT * FROM run_log WHERE run = 5").iloc[0]
    assert (run["kind"], run["knows"], run["state"]) == ("replay", 2, "published")
    then, now = replayed.run_sources(2)["sandbox"], replayed.run_sources(5)["sandbox"]
    assert [now[x] for x in ("counts_until", "complete_until", "loaded_since", "state")] == [
        then[x] for x in ("counts_until", "complete_until", "loaded_since", "state")
    ]


@pytest.fixture(scope="module")
def reconstructed(replayed: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    house = replayed.copy(tmp_path_factory.mktemp("reconstructed") / "house")
    assert house.again("2026-09-30")["kind"] == "reconstruction"
    return house


def test_a_night_before_the_first_load_is_reconstructed_and_marked(reconstructed: House) -> None:
    run = reconstructed.rows("SELECT * FROM run_log WHERE run = 6").iloc[0]
    assert (run["kind"], run["knows"], run["as_of"]) == ("reconstruction", 4, "2026-09-30T22:00:00Z")
    publication = reconstructed.rows("SELECT * FROM publications WHERE run = 6")
    assert publication.kind.tolist() == ["reconstruction"]
    figures = reconstructed.rows("SELECT * FROM figures WHERE publication_run = 6")
    assert len(figures) > 100
    assert figures.period_start.max() < "2026-10-01"
    tickets = reconstructed.rows("SELECT * FROM ticket_versions WHERE from_run = 6")
    assert tickets.created_at.max() < "2026-09-30T22:00:00Z"
    assert set(tickets.causes) == {"RECONSTRUCTED"}


@pytest.mark.parametrize("kind", ["replayed", "reconstructed"])
def test_what_is_current_is_untouched(
    tables_before: dict[str, pd.DataFrame], kind: str, request: pytest.FixtureRequest
) -> None:
    after = request.getfixturevalue(kind)
    assert after.table("current_publication").run.tolist() == [4]
    was, now = tables_before, after.tables()
    for name in was:
        rows = now[name]
        if "from_run" in rows:
            is_own = (rows.from_run > 4) & (rows.from_run == rows.to_run)
            assert not is_own.loc[rows.from_run <= 4].any()
            now[name] = rows[~is_own].reset_index(drop=True)
    assert_same(was, now, [name for name in was if "to_run" in was[name]])


@pytest.mark.parametrize("kind", ["replayed", "reconstructed"])
def test_no_view_changes(views_before: dict[str, pd.DataFrame], kind: str, request: pytest.FixtureRequest) -> None:
    after = request.getfixturevalue(kind)
    assert {"scorecard", "ticket_audit"} <= set(views_before)
    now = {name: after.table(name) for name in views_before}
    assert_same(views_before, now, list(views_before))


def test_the_next_night_goes_on_as_if_no_past_night_had_been_run(
    before: House, reconstructed: House, tmp_path: pathlib.Path
) -> None:
    one, other = before.copy(tmp_path / "one"), reconstructed.copy(tmp_path / "other")
    for house in (one, other):
        house.night("2026-10-23")
    last = [house.table("current_publication").run[0] for house in (one, other)]
    assert last == [5, 7]
    assert_same({"f": seen_by_leaders(one)}, {"f": seen_by_leaders(other)}, ["f"])


def seen_by_leaders(house: House) -> pd.DataFrame:
    rows = house.rows("SELECT f.* FROM figures f JOIN publications p ON p.run = f.publication_run AND p.kind = 'night'")
    rows = rows.sort_values("publication_run").drop_duplicates("cell_id", keep="last")
    return rows.drop(columns=["figure_id", "publication_run", "supersedes"])
