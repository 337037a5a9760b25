"""One helpdesk for all tests of the night; its clock is set by each night that is audited."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditlib.sandbox import Box, World, serve, world
from tests.pipeline.house import House

FIRST, SECOND, THIRD = "2026-10-19", "2026-10-20", "2026-10-21"


@pytest.fixture(scope="session")
def made() -> World:
    return world(tickets=200, seed=7)


@pytest.fixture(scope="session")
def box(made: World) -> Iterator[Box]:
    with serve(made) as running:
        yield running


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory, box: Box) -> House:
    """A company after its first night: the newest five weeks are loaded, older months are to come."""
    house = House(tmp_path_factory.mktemp("first") / "house", boxes={"sandbox": box})
    house.night(FIRST)
    return house


@pytest.fixture(scope="session")
def second_night(tmp_path_factory: pytest.TempPathFactory, first_night: House) -> House:
    """The same company a night later."""
    house = first_night.copy(tmp_path_factory.mktemp("second") / "house")
    house.night(SECOND)
    return house


@pytest.fixture(scope="session")
def third_night(tmp_path_factory: pytest.TempPathFactory, second_night: House) -> House:
    """The same company two nights later, with its whole history."""
    house = second_night.copy(tmp_path_factory.mktemp("third") / "house")
    house.night(THIRD)
    return house
