"""A source that fails for three nights and returns: not knowing never looks like bad service."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from auditlib.sandbox import Box, serve, world
from tests.pipeline.house import House, sandbox_source
from tests.pipeline.sameness import CASE_LOG, assert_leaders_see_the_same, assert_same, holding, measure_tables

DAYS = [f"2026-10-{day}" for day in range(16, 23)]
ABSENT = DAYS[2:5]
SINCE = "2026-09-20"


@pytest.fixture(scope="module")
def shop_box() -> Iterator[Box]:
    with serve(world(tickets=900, seed=21)) as running:
        yield running


@pytest.fixture(scope="module")
def desk_box() -> Iterator[Box]:
    with serve(world(tickets=900, seed=22)) as running:
        yield running


def company(folder, desk: Box, shop: Box) -> House:
    sources = [sandbox_source("desk", SINCE), sandbox_source("shop", SINCE)]
    return House(folder, sources, {"desk": desk, "shop": shop})


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, desk_box: Box, shop_box: Box) -> House:
    """The first two nights, with nothing missing."""
    house = company(tmp_path_factory.mktemp("begun") / "house", desk_box, shop_box)
    for day in DAYS[:2]:
        house.night(day)
    return house


@pytest.fixture(scope="module")
def absent(tmp_path_factory: pytest.TempPathFactory, begun: House) -> House:
    """Seven nights; in the third to the fifth the shop's credentials have expired."""
    house = begun.copy(tmp_path_factory.mktemp("absent") / "house")
    for day in DAYS[2:]:
        house.locked_out = {"shop"} if day in ABSENT else set()
        house.night(day)
    return house


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, begun: House) -> House:
    """The same nights with nothing missing: the first two, and the last."""
    house = begun.copy(tmp_path_factory.mktemp("undisturbed") / "house")
    for day in DAYS[5:]:
        house.night(day)
    return house


def of_shop(house: House, run: int) -> pd.DataFrame:
    """The shop's own figures as leaders saw them once a run was published."""
    rows = house.table("figures")
    rows = rows[rows.publication_run <= run].sort_values("publication_run").drop_duplicates("cell_id", keep="last")
    rows = rows[(rows.breakdown == "source") & (rows.breakdown_value == "shop")]
    return rows.set_index(["metric", "statistic", "weighting", "period", "period_start"]).sort_index()


def test_its_absence_stands_in_the_run_and_in_every_figure(absent: House) -> None:
    for run in (3, 4, 5):
        shop = absent.run_sources(run)["shop"]
        assert shop["state"] == "missing"
        assert "401" in shop["error"]
        assert "renew it in the connection" in shop["error"]
        publication = absent.rows(f"SELECT * FROM publications WHERE run = {run}")
        assert publication.missing_sources.tolist() == ['["shop"]']
    figures = absent.rows("SELECT * FROM figures WHERE publication_run IN (3, 4, 5)")
    assert set(figures.missing_sources) == {"shop"}
    assert set(figures.reliability) == {"limited"}
    assert set(absent.rows("SELECT missing_sources FROM figures WHERE publication_run IN (1, 2, 6, 7)").iloc[:, 0]) == {
        ""
    }


def test_its_tickets_count_up_to_where_it_was_last_known(absent: House) -> None:
    counted = {run: absent.run_sources(run)["shop"]["counts_until"] for run in range(1, 8)}
    known = absent.run_sources(2)["shop"]["complete_until"]
    assert counted[3] == counted[4] == counted[5] == known
    assert counted[2] < known < counted[6] < counted[7]


def test_nobody_looks_unanswered_while_it_is_away(absent: House) -> None:
    third, fifth = of_shop(absent, 3), of_shop(absent, 5)
    said = ["value", "n", "numerator", "ci_low", "ci_high", "suppressed_reason", "members_hash"]
    waits = third.index.get_level_values("statistic").isin(["p50", "p90"])
    assert third[waits].value.notna().any()
    # Days that pass meanwhile have figures of their own.
    later = fifth.loc[third.index]
    assert third.members_hash.tolist() == later.members_hash.tolist()
    # What the other helpdesk's few cases would give away is hidden: that says nothing of the shop.
    hidden_then, hidden_now = (f.suppressed_reason.fillna("").str.startswith("privacy") for f in (third, later))
    alike = (hidden_then == hidden_now).to_numpy()
    assert alike.mean() > 0.95
    pd.testing.assert_frame_equal(third.loc[alike, said], later.loc[alike, said])


def test_maturity_waits_for_it(absent: House) -> None:
    told = absent.rows(
        "SELECT publication_run, maturity FROM figures WHERE metric = 'came_back_rate_7d' AND weighting = 'ticket' "
        "AND breakdown = 'all' AND period = 'week' AND period_start = '2026-10-05' ORDER BY publication_run"
    )
    assert told.publication_run.tolist()[-1] == 6
    assert set(told.maturity[:-1]) == {"provisional"}
    assert told.maturity.tolist()[-1] == "final"
    windows = absent.rows("SELECT from_run FROM repeat_versions WHERE causes LIKE '%MATURATION%'").from_run
    assert not set(windows) & {4, 5}


def test_when_it_returns_figures_are_restated_and_say_why(absent: House) -> None:
    changed = absent.rows(
        "SELECT p.reason, f.* FROM restatement_parts p JOIN figures f ON f.figure_id = p.figure_id "
        "WHERE f.publication_run = 6 AND f.breakdown_value = 'shop'"
    )
    assert "source_returned" in set(changed.reason)
    restated = changed[changed.reason == "source_returned"]
    assert restated.supersedes.notna().all()
    causes = absent.rows("SELECT causes FROM ticket_versions WHERE source = 'shop' AND from_run = 6").causes
    assert causes.str.contains("source_returned").any()
    desk = absent.rows("SELECT causes FROM ticket_versions WHERE source = 'desk' AND from_run = 6").causes
    assert not desk.str.contains("source_returned").any()


def test_after_its_return_nothing_is_different_from_nights_without_trouble(absent: House, undisturbed: House) -> None:
    one, other = absent.tables(), undisturbed.tables()
    names = [name for name in (*CASE_LOG, *measure_tables(one)) if "to_run" in one[name]]
    held = [{name: holding(t[name]) for name in names} for t in (one, other)]
    assert_same(*held, names, without=("from_run", "to_run", "raw_part", "valid_from", "causes"))
    assert_leaders_see_the_same(one["figures"], other["figures"])
