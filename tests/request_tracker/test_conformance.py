"""What every source must do, asked of a real Request Tracker."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from auditlib.sources import Get, Settings, Window, load
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
    pass
