"""What every source must do, asked of a real django-helpdesk's database."""

from __future__ import annotations

import pytest

from auditlib.caselog.rows import Notice
from auditlib.conformance import Reading
from auditlib.sources import Get, Settings, Window
from tests.django_helpdesk.conftest import LIVE, collect, configured
from tests.sources.conformance import Conformance


@pytest.fixture(scope="module")
def settings() -> Settings:
    return configured(options={"channel": "custom_field:reached_by", "page_size": 4})  # so that lists have pages


@pytest.fixture(scope="module")
def window() -> Window:
    return LIVE


class TestConformance(Conformance):
    """One ticket was dragged over the board, which leaves no trace: of that one, the source must say so."""

    def test_nothing_is_rejected_or_unknown_on_a_healthy_helpdesk(self, rows: list) -> None:
        said = [row for row in rows if isinstance(row, Notice)]
        assert said == [
            Notice(stream="tickets", field="a ticket without its history: its status changed without a follow-up")
        ]
        super().test_nothing_is_rejected_or_unknown_on_a_healthy_helpdesk([row for row in rows if row not in said])

    def test_a_field_that_nobody_knows_is_noticed_and_changes_nothing_else(self, module, chunks, settings) -> None:
        whole = [
            chunk for chunk in chunks if not any(isinstance(r, Notice) for r in module.read(chunk.pages, settings))
        ]
        assert whole
        Reading.test_a_field_that_nobody_knows_is_noticed_and_changes_nothing_else(self, module, whole, settings)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_pages_of_any_size_tell_the_same_tickets(get: Get, rows: list, module, size: int) -> None:
    told = collect(get, configured(options={"channel": "custom_field:reached_by", "page_size": size}))
    assert {repr(row) for row in told} == {repr(row) for row in rows}


def test_it_asks_no_more_than_it_says(get: Get, module) -> None:
    asked = []

    def counting(*told, **how):
        asked.append(told[0])
        return get(*told, **how)

    chunks = list(module.fetch(counting, {}, LIVE, configured()))
    tickets = sum(len(page.json()) for chunk in chunks for page in chunk.pages if page.stream == "tickets")
    assert len(asked) <= 1.1 * module.REQUESTS.at_most(tickets, 0)
