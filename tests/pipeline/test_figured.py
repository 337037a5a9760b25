"""What is published after several nights is what everything computed anew would say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from auditlib import pipeline
from auditlib.pipeline import erasing, figuring, steps, touched
from auditlib.sandbox import Box, World
from auditlib.sandbox.instants import iso
from auditlib.sandbox.plan import Plan
from auditlib.store import engine, runs
from auditlib.store import figures as stored
from tests import edits
from tests.pipeline.house import House
from tests.pipeline.sameness import assert_same


def test_what_a_night_left_alone_is_as_if_it_had_been_computed(third_night: House) -> None:
    with third_night.here() as setting:
        with engine.reading(setting.store.engine) as c:
            run = runs.last_published(c)
            assert run is not None
            seen = stored.latest_published(c, dataclasses.replace(run, run=run.run + 1))
        anew, _ = figuring.computed(setting, run, touched.everything(setting))
    seen = seen[seen.suppressed_reason != figuring.NO_MEMBER]
    assert len(seen) > 1000
    assert_same({"figures": seen[stored.columns()]}, {"figures": anew[stored.columns()]}, ["figures"])


def test_what_stands_is_not_said_while_older_months_are_still_to_be_loaded(
    first_night: House, third_night: House
) -> None:
    asked = "SELECT value, maturity, suppressed_reason, breakdown FROM scorecard WHERE metric = 'backlog'"
    early, late = first_night.rows(asked), third_night.rows(asked)
    assert len(early)
    assert set(early.breakdown) == {"all"}
    assert early.value.isna().all()
    assert set(early.maturity) == {"provisional"}
    assert early.suppressed_reason.str.startswith("not loaded: older months").all()
    assert late.value.notna().any()
    assert not late.suppressed_reason.fillna("").str.startswith("not loaded").any()
    told = "SELECT DISTINCT reason, kind FROM restatements WHERE metric = 'backlog' AND value_before IS NULL"
    assert third_night.rows(told).to_dict("records") == [{"reason": "BACKFILL", "kind": "scheduled"}]
    whole = "SELECT sentence FROM headlines WHERE metric = 'backlog' AND value IS NULL AND figure_id IS NOT NULL"
    assert first_night.rows(whole).sentence.str.startswith("Backlog: no value (not loaded").all()


def test_parts_add_up_to_the_change_of_every_figure(third_night: House) -> None:
    rows = third_night.rows(
        "SELECT f.value - was.value AS moved, SUM(p.part) AS parts FROM figures f "
        "JOIN figures was ON was.figure_id = f.supersedes JOIN restatement_parts p ON p.figure_id = f.figure_id "
        "WHERE f.value IS NOT NULL AND was.value IS NOT NULL GROUP BY f.figure_id, f.value, was.value"
    )
    assert len(rows)
    assert rows.parts.astype(float).to_numpy() == pytest.approx(rows.moved.astype(float).to_numpy(), abs=1e-9)


def test_every_figure_that_changed_says_why(third_night: House) -> None:
    silent = third_night.rows(
        "SELECT f.* FROM figures f JOIN figures was ON was.figure_id = f.supersedes "
        "LEFT JOIN restatement_parts p ON p.figure_id = f.figure_id "
        "WHERE p.figure_id IS NULL AND f.n > 0 AND f.value <> was.value"
    )
    assert silent.empty


@pytest.fixture(scope="module")
def edited(third_night: House, made: World, box: Box, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    """The same company after somebody changed several things in the helpdesk and one in audit.toml, of old weeks.

    A year of the demo has the same, one by one and figure by figure (tests/test_changes_in_the_demo.py).
    """
    house, noon = third_night.copy(tmp_path_factory.mktemp("edited") / "house"), "2026-10-22T12:00:00Z"
    [again, *_] = edits.solved_at(made, noon, "2026-10-01T00:00:00Z", "2026-10-22T00:00:00Z")
    [gone, *_] = edits.opened(made, "2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z")
    [copied, *_] = edits.in_copy(made, "2026-06-01T00:00:00Z", "2026-10-01T00:00:00Z")
    theirs = [plan.id for plan in made.plans if plan.customer.id == gone.customer.id]
    with house.here() as setting:
        erasing.carry_out(setting, erasing.plan(setting, f"sandbox:{gone.customer.id}"))
    try:
        box.world = edits.seated(edits.deleted(made, theirs, noon), copied.copied or 0, noon)
        box.world = edits.reopened(box.world, again.id, noon)
        house.rules = house.rules.replace("08:00-18:00", "08:00-13:00")
        house.write_config()
        number = house.night("2026-10-22")["publication"]
        yield Edited(house, box, number, again, gone, copied)
    finally:
        box.world = made


@dataclasses.dataclass
class Edited:
    """A company after the edits, their publication, and whose tickets were reopened, deleted, and answered in copy."""

    house: House
    box: Box
    publication: int
    reopened: Plan
    gone: Plan
    copied: Plan

    def why(self, metric: str, statistic: str, plan: Plan) -> set[str]:
        """Why a figure of the month in which a ticket was opened is another than the night before."""
        month = f"{iso(plan.created_at)[:7]}-01"
        about = f"metric = '{metric}' AND statistic = '{statistic}' AND period = 'month' AND period_start = '{month}'"
        whole = f"publication = {self.publication} AND breakdown = 'all' AND segment = 'all' AND weighting = 'ticket'"
        return set(self.house.rows(f"SELECT DISTINCT reason FROM restatements WHERE {about} AND {whole}").reason)


def test_each_edit_is_named_where_it_moves_a_figure(edited: Edited) -> None:
    assert "LATE_EVENT" in edited.why("customer_messages_per_100_tickets", "per_100", edited.reopened)
    assert "ROLE_HISTORY" in edited.why("agent_replies_per_100_tickets", "per_100", edited.copied)
    assert edited.why("tickets_created", "count", edited.gone) == {"ERASURE"}
    assert "SCHEDULE_EDIT" in edited.why("first_reply_promised_minutes", "p50", edited.gone)
    parts = edited.house.rows(
        f"SELECT MIN(value) - MIN(value_before) AS moved, SUM(part) AS parts FROM restatements "
        f"WHERE publication = {edited.publication} GROUP BY figure_id"
    ).dropna()
    assert len(parts) > 100
    assert parts.parts.to_numpy(float) == pytest.approx(parts.moved.to_numpy(float), abs=1e-9)


def test_a_service_level_and_a_schedule_that_the_helpdesk_edits_are_reasons_of_their_own(edited: Edited) -> None:
    """Every ticket of that helpdesk is measured again for it. Older months, loaded in the second night, are one too."""
    house, box = edited.house, edited.box
    box.world = edits.one_policy(edits.never_closed(box.world, "2026-10-23"))
    decided(house, "2026-10-23")
    known = "SELECT ticket_key FROM tickets WHERE from_run <= {0} AND (to_run IS NULL OR to_run > {0})"
    for run, edit in ((4, "SCHEDULE_EDIT"), (5, "SCHEDULE_EDIT"), (5, "SLA_POLICY_EDIT")):
        causes = house.rows(f"SELECT causes FROM worklist WHERE run = {run}").causes
        assert causes.str.contains(edit).sum() == len(house.rows(known.format(run)))
        assert run == 5 or not causes.str.contains("SLA_POLICY_EDIT").any()
    learned = house.rows("SELECT run, cause, COUNT(*) AS n FROM ticket_changes GROUP BY run, cause")
    assert set(learned.run[learned.cause == "BACKFILL"]) == {2}
    assert learned.n[learned.cause == "BACKFILL"].item() > 50


def decided(house: House, day: str) -> None:
    """A night up to the decision what is measured."""
    house.set_clocks(day)
    with house.here():
        run = pipeline.begin(day)
        pipeline.collect(run, "sandbox", house.connection("sandbox"))
        pipeline.translate(run, "sandbox")
        pipeline.gate_source(run, "sandbox")
        steps.decide(run)
