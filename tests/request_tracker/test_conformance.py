"""What every source must do, asked of a real Request Tracker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from auditlib.caselog.rows import Person, Ticket
from auditlib.sources import Get, Page, Settings, Window, load
from tests.request_tracker.conftest import OPTIONS, SINCE, configured
from tests.sources.conformance import Conformance


@pytest.fixture(scope="module")
def module() -> ModuleType:
    return load("request_tracker")


@pytest.fixture(scope="module")
def get(tickets: dict[str, str], ask: Callable[..., Get]) -> Get:
    return ask()


@pytest.fixture(scope="module")
def settings() -> Settings:
    return configured(options={**OPTIONS, "page_size": 7})  # so that lists, histories and words have several pages


@pytest.fixture(scope="module")
def window() -> Window:
    return Window("live", SINCE)


class TestConformance(Conformance):
    def test_it_keeps_to_the_number_of_requests_that_it_states(self, module: ModuleType, get: Get, window: Window):
        asked = []

        def counting(path: str, *told: Any, **how: Any) -> Page:
            asked.append(path)
            return get(path, *told, **how)

        here = configured()
        chunks = list(module.fetch(counting, {}, window, here))
        kinds = Counter(type(row) for chunk in chunks for row in module.read(chunk.pages, here))
        assert len(asked) <= 1.1 * module.REQUESTS.at_most(kinds[Ticket], kinds[Person])
