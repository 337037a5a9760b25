"""The demo, and then one thing changed where it is decided: each has its reason, and parts that add up exactly.

It plays the demo's nights and eight more, three minutes in all: `make proof`. Every day a few of these changes are
made together in a smaller company (tests/pipeline/test_figured.py).
"""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from auditlib import pipeline
from auditlib.commands import auditlib
from auditlib.pipeline.setting import Setting
from auditlib.places import SQL
from auditlib.sandbox import Box
from auditlib.store import engine
from tests import edits
from tests.test_reasons import FORMER, METRIC

pytestmark = pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "proof", reason="eleven nights: make proof")
NIGHTS = pathlib.Path(__file__).parent.parent / "demo" / "nights.py"
QUESTION = (SQL / "questions" / "why_did_it_change.sql").read_text(encoding="utf-8")
EXTENDED = '\n[extend]\nmetrics = ["company"]\n'
QUIET = datetime.date(2026, 11, 1)
"""The day after the last of which the demo tells: from here on nothing happens but what a test changes."""
OCTOBER = ("2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z")


@dataclass
class Demo:
    """The demo after its nights, its helpdesk, and the day that is audited next."""

    folder: pathlib.Path
    box: Box
    day: datetime.date = QUIET

    @property
    def noon(self) -> str:
        return f"{self.day}T12:00:00Z"

    def night(self) -> int:
        """Audits the day; gives the number of the publication."""
        self.day += datetime.timedelta(days=1)
        self.box.set_clock(f"{self.day}T01:00:00Z")
        before = self.day - datetime.timedelta(days=1)
        return int(pipeline.night(Setting.here().midnight_after(before.isoformat()))["publication"])

    def rows(self, query: str, **about: object) -> pd.DataFrame:
        with engine.reading(Setting.here().store.engine) as c:
            return pd.read_sql(sa.text(query), c, params=about)

    def edit(self, old: str, new: str) -> None:
        """Writes something else into audit.toml."""
        path = self.folder / "audit.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def letters(self, version: str, more: int, previous: str = "", former: str = "") -> None:
        """Writes a metric of the company's own, in some version."""
        path = self.folder / "company" / "post" / "letters.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(METRIC % (version, previous, more) + former)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITLIB_CONFIG", str(folder / "audit.toml"))
        patch.setenv("AIRFLOW_CONN_SANDBOX", "")  # what the nights put there is taken back
        played = runpy.run_path(str(NIGHTS))["played"]
        Demo.letters(Demo(folder, None), "1.0.0", 0)
        with played(folder, EXTENDED) as box:
            box.world = edits.lasting(box.world, "2026-12-01T00:00:00Z")
            found = Demo(folder, box)
            found.night()
            yield found


def late_event(demo: Demo) -> None:
    some = edits.solved_at(demo.box.world, demo.noon, *OCTOBER)
    demo.box.world = edits.reopened(demo.box.world, some[0].id, demo.noon)


def role(demo: Demo) -> None:
    copied = edits.in_copy(demo.box.world, *OCTOBER)[0].copied
    demo.box.world = edits.seated(demo.box.world, copied, demo.noon)


def hours_in_the_helpdesk(demo: Demo) -> None:
    demo.box.world = edits.never_closed(demo.box.world, demo.day.isoformat())


def hours_in_audit_toml(demo: Demo) -> None:
    demo.edit("Mon-Fri 08:00-18:00", "Mon-Fri 08:00-13:00")


def service_level(demo: Demo) -> None:
    demo.box.world = edits.one_policy(demo.box.world)


def definition(demo: Demo) -> None:
    demo.letters("2.0.0", 1, previous='\n    previous="1.0.0",', former=FORMER)


def team(demo: Demo) -> None:
    demo.edit('"sandbox:Billing", "sandbox:Returns"', '"sandbox:Billing"')
    demo.edit('"sandbox:Support APAC"]', '"sandbox:Support APAC", "sandbox:Returns"]')


def customer_erased(demo: Demo) -> None:
    """Their tickets are deleted in the helpdesk, and whatever the store still knows of who they are is erased."""
    customer = edits.solved_at(demo.box.world, demo.noon, *OCTOBER)[1].customer
    theirs = [plan.id for plan in demo.box.world.plans if plan.customer.id == customer.id]
    before = demo.rows("SELECT * FROM scorecard ORDER BY figure_id")
    erased = CliRunner().invoke(auditlib, ["erase", f"sandbox:{customer.id}", "--yes"])
    assert erased.exit_code == 0, erased.output
    pd.testing.assert_frame_equal(demo.rows("SELECT * FROM scorecard ORDER BY figure_id"), before)
    demo.box.world = edits.deleted(demo.box.world, theirs, demo.noon)


Change = Callable[[Demo], None]
CHANGES: list[tuple[Change, str, tuple[str, ...]]] = [
    (late_event, "LATE_EVENT", ("customer_messages_per_100_tickets", "per_100")),
    (role, "ROLE_HISTORY", ("agent_replies_per_100_tickets", "per_100")),
    (hours_in_the_helpdesk, "SCHEDULE_EDIT", ("sla_attainment", "rate")),
    (hours_in_audit_toml, "SCHEDULE_EDIT", ("first_reply_promised_minutes", "p50")),
    (definition, "DEFINITION_CHANGE", ("letters", "count")),
    (team, "TEAM_REMAP", ("tickets_created", "count", "team=Front line")),
    (customer_erased, "ERASURE", ("tickets_created", "count")),
]


@pytest.mark.parametrize(("change", "reason", "figure"), CHANGES, ids=[change.__name__ for change, *_ in CHANGES])
def test_each_change_has_its_reason_and_parts_that_add_up(
    demo: Demo, change: Change, reason: str, figure: tuple[str, ...]
) -> None:
    metric, statistic, *parts = figure
    change(demo)
    number = demo.night()
    asked = ["why-changed", metric, "2026-10", "--statistic", statistic, "--weighting", "ticket", "--json"]
    told = CliRunner().invoke(
        auditlib, [*asked, "--from", str(number - 1), "--to", str(number), *(f"--breakdown={part}" for part in parts)]
    )
    assert told.exit_code == 0, told.output
    [answer] = json.loads(told.output)
    moved = answer["after"]["value"] - answer["before"]["value"]
    assert moved != 0
    assert {part["reason"] for part in answer["parts"]} - {"MATURATION", "TIME_PASSED"} == {reason}
    assert sum(part["part"] for part in answer["parts"]) == pytest.approx(moved, abs=1e-9)
    if not parts:
        about = {"metric": metric, "statistic": statistic, "period": "month", "period_start": "2026-10-01"}
        rows = demo.rows(QUESTION, **about, from_publication=number - 1, to_publication=number)
        assert rows.part.sum() == pytest.approx(moved, abs=1e-9)
        assert rows.set_index("reason").part.to_dict() == {p["reason"]: p["part"] for p in answer["parts"]}
    assert_every_change_adds_up(demo, number)
    others = set(demo.rows("SELECT DISTINCT reason FROM restatements WHERE publication = :n", n=number).reason)
    assert others <= {reason, "MATURATION", "TIME_PASSED", "WITHHELD", "OUT_OF_CELL"}


def test_a_service_level_changes_nothing_that_was_judged_before(demo: Demo) -> None:
    """It holds from when it was seen. Every ticket is measured again for it, and no figure is said to move by it."""
    service_level(demo)
    number = demo.night()
    causes = demo.rows(
        "SELECT causes FROM worklist JOIN publications USING (run) WHERE publication = :n AND bucket >= 0", n=number
    )
    assert causes.causes.str.contains("SLA_POLICY_EDIT").all()
    assert len(causes) > 5000
    told = demo.rows("SELECT DISTINCT reason, kind FROM restatements WHERE publication = :n", n=number)
    assert set(told.reason) <= {"MATURATION", "TIME_PASSED", "WITHHELD"}
    assert_every_change_adds_up(demo, number)


def assert_every_change_adds_up(demo: Demo, number: int) -> None:
    """Of every figure that a publication replaced, whatever it is about."""
    rows = demo.rows(
        "SELECT MIN(value_before) AS before, MIN(value) AS now, SUM(part) AS parts, COUNT(*) - COUNT(part) AS unknown "
        "FROM restatements WHERE publication = :n GROUP BY figure_id",
        n=number,
    ).dropna(subset=["before", "now"])
    assert len(rows) > 20
    assert (rows.unknown == 0).all()
    assert rows.parts.to_numpy(float) == pytest.approx((rows.now - rows.before).to_numpy(float), abs=1e-9)
