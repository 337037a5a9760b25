"""What a helpdesk could tell and this account may not read is not measured, with the reason, until it may."""

from __future__ import annotations

import pytest

from auditlib.sandbox import serve, world
from tests.pipeline.house import House

SOURCE = """\
[[source]]
name = "desk"
kind = "servicenow"
connection = "desk"
since = 2026-06-01
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:u_topic" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
options = { schedule = "Berlin office" }
"""
CLOSED, OPENED, READ, AFTER = "2026-10-19", "2026-10-20", "2026-10-21", "2026-10-22"
ANSWERS = "asmt_metric_result"
CLOSED_TO_US = "the account may not read answers (403)"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Four nights: in the first the answers to surveys are closed to the account, from the second on they are not."""
    with serve(world(tickets=160, seed=7), flavour="servicenow") as box:
        house = House(tmp_path_factory.mktemp("doors") / "house", sources=[SOURCE], boxes={"desk": box})
        box.fault("refused", path=ANSWERS, count=1000)
        house.night(CLOSED)
        box.faults.clear()
        for day in (OPENED, READ, AFTER):
            house.night(day)
        yield house


@pytest.fixture(scope="module")
def never_closed(tmp_path_factory):
    """The same company at the same nights, whose account may read everything."""
    with serve(world(tickets=160, seed=7), flavour="servicenow") as box:
        house = House(tmp_path_factory.mktemp("open") / "house", sources=[SOURCE], boxes={"desk": box})
        for day in (CLOSED, OPENED, READ, AFTER):
            house.night(day)
        yield house


def as_of(table: str, run: int) -> str:
    return f"{table} WHERE from_run <= {run} AND (to_run IS NULL OR to_run > {run})"


def rated(house: House, run: int) -> int:
    return len(house.rows(f"SELECT * FROM {as_of('ratings_versions', run)} AND is_good IS NOT NULL"))


def available(house: House, run: int) -> tuple[bool, str | None]:
    row = house.rows(f"SELECT * FROM {as_of('availability_versions', run)} AND metric = 'csat'").iloc[0]
    return bool(row.is_available), row.because


def test_what_is_closed_is_not_measured_and_said_with_the_stream_and_the_answer(house):
    assert available(house, 1) == (False, CLOSED_TO_US)
    assert rated(house, 1) == 0
    told = house.rows("SELECT * FROM figures WHERE metric = 'csat' AND publication_run = 1")
    assert len(told) == 0 or set(told.suppressed_reason) == {"not measured: no source tells ratings"}


def test_what_was_loaded_behind_a_closed_door_is_read_again_before_it_is_measured(house):
    is_available, because = available(house, 2)
    assert not is_available
    assert because == (
        f"it was closed to the account before {OPENED}, and what was loaded until then is being read once more"
    )
    assert rated(house, 2) == 0
    assert set(house.rows("SELECT months_to_load FROM freshness").months_to_load) == {0}
    told = house.rows("SELECT * FROM figures WHERE metric = 'csat' AND publication_run = 2")
    assert len(told) > 0
    assert set(told.suppressed_reason) == {"not measured: no source tells ratings"}
    assert told.value.isna().all()


def test_once_all_is_read_it_is_measured_and_the_reason_named(house):
    assert available(house, 3) == (True, None)
    assert rated(house, 3) > 0
    listed = {run: house.rows(f"SELECT causes FROM worklist WHERE run = {run}").causes for run in (2, 3, 4)}
    assert listed[3].str.contains("ACCESS_EDIT").all()
    assert not listed[2].str.contains("ACCESS_EDIT").any()
    assert not listed[4].str.contains("ACCESS_EDIT").any()


def test_nothing_is_lost_to_a_door_that_was_closed_for_a_night(house, never_closed):
    last = "SELECT ticket_key, rating, rated_at, is_good FROM ratings_versions WHERE to_run IS NULL ORDER BY 1, 2"
    assert house.rows(last).equals(never_closed.rows(last))
    assert rated(house, 4) == rated(never_closed, 4) > 0


def test_a_past_night_knows_only_what_was_open_then(house):
    copy = house.copy(house.folder.parent / "past")
    copy.again(CLOSED)
    run = int(copy.rows("SELECT MAX(run) AS run FROM run_log").run[0])
    mine = f"SELECT * FROM ratings_versions WHERE from_run = {run} AND is_good IS NOT NULL"
    assert copy.rows(mine).empty
