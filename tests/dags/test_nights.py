"""Whole nights through Airflow, against a real helpdesk on loopback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditlib.sandbox.server import Box
from tests.dags.nights import Night, states

pytestmark = pytest.mark.usefixtures("airflow_db")
Nights = Callable[..., Night]


def test_a_night_publishes_figures(helpdesk: Box, night: Nights) -> None:
    nights = night("sandbox")
    done = nights.run()
    assert set(states(done).values()) == {"success"}
    assert done.state == "success"
    assert nights.rows("SELECT count(*) FROM scorecard")[0][0] > 100
