"""A night that is killed at any line, and repeated, publishes what an undisturbed night publishes."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterator

import pytest

from auditlib import landing, pipeline
from auditlib.pipeline import figuring, translating
from auditlib.store import caselog, collecting, figures, measures, versions
from tests.pipeline import killing
from tests.pipeline.conftest import SECOND, THIRD
from tests.pipeline.house import House
from tests.pipeline.sameness import CASE_LOG, FIGURES, assert_same, measure_tables

EXPLAINED = ("raw_part",)
"""What is fetched once more after a kill lands in another part; what it says is the same."""


def steps(house: House, day: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The steps of a night as tasks call them, each finding what it needs in the store."""
    run = 0

    def begin() -> int:
        nonlocal run
        run = pipeline.begin(day)
        return run

    yield "begin", begin
    yield "collect", lambda: pipeline.collect(run, "sandbox", house.connection("sandbox"))
    yield "translate", lambda: pipeline.translate(run, "sandbox")
    yield "gate", lambda: pipeline.gate_source(run, "sandbox")
    yield "link", lambda: pipeline.link(run)
    with house.here() as setting:
        families = list(setting.metrics)
    for family in families:
        yield family, lambda family=family: pipeline.measure(run, family)
    yield "gate_measures", lambda: pipeline.gate_measures(run)
    yield "figures", lambda: pipeline.figures(run)
    yield "gate_figures", lambda: pipeline.gate_figures(run)
    yield "publish", lambda: pipeline.publish(run)


ALIKE = {"gate_measures": 3}
"""Steps whose transactions are all alike, one a table of measures: only the first few are tried."""


def killed_at_every_transaction(step: Callable[[], object], most: int = 100) -> int:
    """Kills a step before its first transaction, after it, before the next that is left …; how often."""
    deaths = 0
    for number in range(1, most + 1):
        for after in (False, True):
            if not killing.killed(step, killing.at_commit(number if not after else 1, after)):
                return deaths
            deaths += 1
    assert most < 100, "the step never comes to its end"
    return deaths


@pytest.fixture(scope="module")
def killed_night(first_night: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A night with a long load, and one that measures again what was measured: each step killed, then done."""
    house, deaths = first_night.copy(tmp_path_factory.mktemp("killed") / "house"), 0
    for day, spared in ((SECOND, ()), (THIRD, ("begin", "collect", "translate", "gate"))):
        house.set_clocks(day)
        with house.here():
            for name, step in steps(house, day):
                deaths += 0 if name in spared else killed_at_every_transaction(step, ALIKE.get(name, 100))
                step()
    assert deaths > 50
    return house


@pytest.mark.parametrize("tables", ["case log", "measures", "figures"])
def test_killed_at_every_transaction_of_every_step_two_nights_publish_the_same(
    killed_night: House, third_night: House, tables: str
) -> None:
    killed, undisturbed = killed_night.tables(), third_night.tables()
    names = {"case log": CASE_LOG, "measures": measure_tables(undisturbed), "figures": FIGURES}[tables]
    assert_same(undisturbed, killed, names, without=EXPLAINED)


def test_what_is_said_of_each_source_survives_kills(killed_night: House, third_night: House) -> None:
    for run in (2, 3):
        killed, undisturbed = killed_night.run_sources(run)["sandbox"], third_night.run_sources(run)["sandbox"]
        counted_again = ("parts", "records_in", "records_out", "tickets_changed")
        assert {k: v for k, v in killed.items() if k not in counted_again} == {
            k: v for k, v in undisturbed.items() if k not in counted_again
        }


INSIDE = {
    "after a page landed and before the manifest knows": killing.at_call(landing.Landing, "put", 4, after=True),
    "between a part's manifest row and its cursor": killing.at_call(collecting.json, "dumps", 3),
    "in the middle of a part's translation": killing.at_call(caselog, "merge_of_tickets", 11),
    "before roles are settled": killing.at_call(translating.Translation, "settle_roles"),
    "while links are written": killing.at_call(measures, "keep", 2),
    "in the middle of a measure": killing.at_call(versions, "_withdraw", 5),
    "while figures are computed": killing.at_call(figuring.rollup, "together", after=True),
    "while figures are written": killing.at_call(figures.bulk, "write", 1, after=True),
    "in the middle of the flip": killing.at_call(figures, "publish", after=True),
}


def test_a_night_killed_at_one_place_after_another_is_taken_up_by_the_next_call(
    first_night: House, second_night: House, tmp_path: pathlib.Path
) -> None:
    house = first_night.copy(tmp_path / "house")
    house.set_clocks(SECOND)  # whoever is killed cannot set the helpdesk's clock: it is another process's
    for trap in INSIDE.values():
        assert killing.killed(lambda: house.night(SECOND), trap)
        assert house.table("current_publication").run.tolist() == [1]
    house.night(SECOND)
    undisturbed = second_night.tables()
    names = [*CASE_LOG, *measure_tables(undisturbed), *FIGURES]
    assert_same(undisturbed, house.tables(), names, without=EXPLAINED)


def test_a_step_that_is_repeated_after_publication_changes_nothing(third_night: House, tmp_path: pathlib.Path) -> None:
    house = third_night.copy(tmp_path / "house")
    before = house.tables()
    with house.here():
        for run in (2, 3):
            for step in later_steps(run):
                step()
    after = house.tables()
    assert_same(before, after, before)


def later_steps(run: int) -> list[Callable[[], object]]:
    return [
        lambda: pipeline.collect(run, "sandbox"),
        lambda: pipeline.translate(run, "sandbox"),
        lambda: pipeline.gate_source(run, "sandbox"),
        lambda: pipeline.link(run),
        lambda: pipeline.measure(run, "reply"),
        lambda: pipeline.gate_measures(run),
        lambda: pipeline.figures(run),
        lambda: pipeline.gate_figures(run),
        lambda: pipeline.publish(run),
    ]
