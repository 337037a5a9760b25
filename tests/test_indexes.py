"""A later night asks what moved: no question of its own reads a table of measures from end to end."""

from __future__ import annotations

import pathlib
import re

import numpy as np
import pytest

from auditlib import metrics
from auditlib.metric import facts
from auditlib.store import engine, learned, measures, moved, open_store
from auditlib.store.readings import Readings
from auditlib.store.runs import Run
from auditlib.store.ticket_tables import TICKET_FACTS

NIGHT = Run(
    run=9, kind="night", as_of="2026-03-10T00:00:00Z", state="running", knows=9, config_hash="", measure_hash="",
    definitions={},
)  # fmt: skip
BEFORE = Run(**{**NIGHT.__dict__, "run": 8, "knows": 8, "as_of": "2026-03-09T00:00:00Z", "state": "published"})
WHOLE = re.compile(r"SCAN \w+_versions$")


@pytest.fixture
def asked(tmp_path: pathlib.Path):
    """A store with every family's table, and the statements that are put to it."""
    families = metrics.load_all(())
    store = open_store(f"sqlite:///{tmp_path}/audit.db")
    with engine.writing(store.engine) as c:
        measures.prepare(c, families)
    told: list[str] = []
    with engine.reading(store.engine) as c:
        driver = c.connection.driver_connection
        driver.set_trace_callback(told.append)
        yield c, families, told
        driver.set_trace_callback(None)


def test_a_night_reads_no_table_of_measures_from_end_to_end(asked):
    c, families, told = asked
    tables = measures.tables(families)
    durations = [
        (measures.table(family, modules), column, facts(module).date_basis)
        for family, modules in families.items()
        for module in modules.values()
        for column in (facts(module).columns if facts(module).unit == "minutes" else ())
    ]
    moved.days(c, NIGHT, BEFORE, tables)
    moved.waiting_days(c, NIGHT, durations)
    moved.unobserved(c, NIGHT, [(table, name) for table, name, _ in durations])
    moved.tickets_within(c, NIGHT, tables, [("2026-03-02", "2026-03-08")])
    for table in (TICKET_FACTS, *tables):
        measures.changed_in(c, NIGHT, table, ["ticket_key"])
        Readings().described(c, NIGHT, ["team"], np.array([1, 2]))
    for table in tables:
        learned.changing_by(c, table, 1_772_000_000)
    measures.links_written(c, NIGHT)
    assert len(told) > 100
    driver = c.connection.driver_connection
    driver.set_trace_callback(None)
    plans = {question: [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {question}")] for question in told}
    whole = {question: plan for question, plan in plans.items() if any(WHOLE.match(step) for step in plan)}
    assert whole == {}


def test_indexes_of_other_columns_are_made_anew(asked):
    c, families, _ = asked
    table = measures.table("reply", families["reply"])
    wanted = {str(index.name) for index in table.indexes}
    gone = next(name for name in wanted if "_waits_" in name)
    c.exec_driver_sql(f"DROP INDEX {gone}")
    c.exec_driver_sql(f"CREATE INDEX ix_of_long_ago ON {table.name} (causes)")
    measures.prepare(c, families)
    names = {row[1] for row in c.exec_driver_sql(f"PRAGMA index_list({table.name})")}
    assert {name for name in names if not name.startswith("sqlite_")} == wanted
