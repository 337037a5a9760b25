"""One small world for all tests of the sandbox, and the client that reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditlib.sandbox import Box, World, serve, world
from tests.sandbox.client import Client


@pytest.fixture(scope="session")
def small() -> World:
    return world(tickets=700, seed=4)


@pytest.fixture
def box(small: World) -> Iterator[Box]:
    with serve(small) as running:
        yield running


@pytest.fixture
def client(box: Box) -> Client:
    return Client(box.url, box.email, box.token)
