"""The same nights again give the same measures and figures, in whatever order and wherever they are run."""

from __future__ import annotations

import pathlib
import shutil
import time
from collections.abc import Iterator

import pandas as pd
import pytest

from auditlib.sandbox import Box, serve, world
from tests.pipeline.conftest import FIRST, SECOND, THIRD
from tests.pipeline.house import House, environment, sandbox_source
from tests.pipeline.sameness import (
    CASE_LOG,
    FIGURES,
    assert_leaders_see_the_same,
    assert_same,
    holding,
    measure_tables,
)

EXTENSIONS = pathlib.Path(__file__).parent / "extensions"
TEN = [f"2026-10-{day}" for day in range(17, 27)]
"""Ten days, with the end of summer time among them."""
NOBODY = """
[[exclude]]
when = { tag = "nobody has this tag" }
why = "so that the rules differ"
by = "a test"
"""


@pytest.fixture(scope="module")
def elsewhere(box: Box, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The same three nights on a machine in Auckland, to which everything comes in another order."""
    source = sandbox_source().replace('kind = "zendesk"', 'kind = "shuffled"')
    house = House(tmp_path_factory.mktemp("elsewhere"), (source,), {"sandbox": box})
    shutil.copytree(EXTENSIONS, house.folder / "sources")
    house.more = '[extend]\nsources = ["sources"]\n'
    house.write_config()
    with environment({"TZ": "Pacific/Auckland"}):
        time.tzset()
        for day in (FIRST, SECOND, THIRD):
            house.night(day)
    time.tzset()
    return house


@pytest.mark.parametrize("tables", ["case log", "measures", "figures"])
def test_repeated_nights_are_the_same_row_for_row(third_night: House, elsewhere: House, tables: str) -> None:
    one, other = third_night.tables(), elsewhere.tables()
    names = {"case log": CASE_LOG, "measures": measure_tables(one), "figures": FIGURES}[tables]
    assert_same(one, other, names)


def test_the_same_night_once_more_finds_nothing_new(third_night: House, tmp_path: pathlib.Path) -> None:
    house = third_night.copy(tmp_path / "house")
    before = house.tables()
    published = house.again(THIRD)
    assert (published["publication"], published["figures"]) == (4, 0)
    after = house.tables()
    assert_same(before, after, [*measure_tables(before), "figures", "restatement_parts"])


def measured_anew(house: House, folder: pathlib.Path, day: str) -> House:
    """The same night once more, with a rule that excludes nobody: whatever the rules govern is measured again."""
    again = house.copy(folder)
    again.more += (
        '[[exclude]]\nwhen = { tag = "nobody has this tag" }\nwhy = "so that the rules differ"\nby = "a test"\n'
    )
    again.write_config()
    again.again(day)
    return again


def assert_measuring_anew_changes_nothing(house: House, again: House) -> None:
    before, after = house.tables(), again.tables()
    last = after["current_publication"].run[0]
    worklist = after["worklist"]
    assert set(after["tickets"].ticket_key) <= set(worklist[worklist.run == last].ticket_key)
    assert_same(before, after, measure_tables(before))


def test_measuring_everything_anew_changes_nothing(third_night: House, tmp_path: pathlib.Path) -> None:
    assert_measuring_anew_changes_nothing(third_night, measured_anew(third_night, tmp_path / "house", THIRD))


@pytest.fixture(scope="module")
def busy() -> Iterator[Box]:
    with serve(world(tickets=1500, seed=11)) as running:
        yield running


@pytest.fixture(scope="module")
def ten_nights(busy: Box, tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("ten") / "house", (sandbox_source(since="2026-10-01"),), {"sandbox": busy})
    for day in TEN:
        house.night(day)
    return house


@pytest.fixture(scope="module")
def one_load(busy: Box, tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("one") / "house", (sandbox_source(since="2026-10-01"),), {"sandbox": busy})
    house.night(TEN[-1])
    return house


def test_ten_nights_know_what_a_single_load_knows(ten_nights: House, one_load: House) -> None:
    one, other = ten_nights.tables(), one_load.tables()
    held = [{name: holding(t[name]) for name in names_of_versions(one)} for t in (one, other)]
    history = ("from_run", "to_run", "raw_part", "valid_from", "causes")
    assert_same(*held, held[0], without=history)


def test_ten_nights_publish_what_a_single_load_publishes(ten_nights: House, one_load: House) -> None:
    assert_leaders_see_the_same(ten_nights.table("figures"), one_load.table("figures"))


def test_after_ten_nights_measuring_everything_anew_changes_nothing(ten_nights: House, tmp_path: pathlib.Path) -> None:
    assert_measuring_anew_changes_nothing(ten_nights, measured_anew(ten_nights, tmp_path / "house", TEN[-1]))


def names_of_versions(tables: dict[str, pd.DataFrame]) -> list[str]:
    return [name for name in (*CASE_LOG, *measure_tables(tables)) if "to_run" in tables[name]]
