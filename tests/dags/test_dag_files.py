"""What must hold of every DAG file, and of the tasks in it."""

from __future__ import annotations

import ast
import inspect
import pathlib
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from auditlib import metrics
from tests.dags.nights import DAY, Night, bag

DAGS = pathlib.Path(__file__).parents[2] / "dags"
FILES = sorted(DAGS.glob("*.py"))
HEAVY = {"pandas", "numpy", "scipy", "great_expectations", "pyarrow", "requests", "auditlib.pipeline"}
PARSE = f"""
import airflow.sdk, runpy, sys, time
sys.path.append({str(DAGS)!r})
before, began = set(sys.modules), time.process_time()
for file in {[str(file) for file in FILES]!r}:
    runpy.run_path(file)
print(*set(sys.modules) - before, time.process_time() - began)
"""
STEPS = ["begin", "link", "gate.measures", "figures", "gate.figures", "publish", "complete"]


@pytest.fixture
def dags(airflow_db: None, night: Callable[..., Night]) -> dict[str, Any]:
    night("sandbox", "other")
    parsed = bag()
    assert parsed.import_errors == {}
    return parsed.dags


def test_there_is_one_dag_in_each_file(dags: dict[str, Any]) -> None:
    assert sorted(dags) == [file.stem for file in FILES]


def test_there_is_one_task_for_each_source_and_each_family(dags: dict[str, Any]) -> None:
    of_sources = [f"{step}.{source}" for step in ("collect", "translate", "gate") for source in ("sandbox", "other")]
    of_families = [f"measure.{family}" for family in metrics.families()]
    assert sorted(dags["ticket_audit"].task_ids) == sorted(STEPS + of_sources + of_families)


def test_the_order_can_be_drawn(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert len(dag.topological_sort()) == len(dag.tasks)


def test_a_source_is_not_asked_by_more_than_the_pool_allows(dags: dict[str, Any]) -> None:
    tasks = dags["ticket_audit"].task_dict
    assert {name for name, task in tasks.items() if task.pool == "helpdesk_api"} == {"collect.sandbox", "collect.other"}


def test_each_dag_and_task_says_what_to_do_when_it_fails(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert dag.tags == {"audit"}
        assert dag.doc_md
        assert "erunning is always safe" in dag.doc_md
        assert (dag.catchup, dag.max_active_runs) == (False, 1)
        for task in dag.tasks:
            assert task.owner == "support-quality"
            assert task.retries >= 1 or task.task_id == "complete"
            assert "**If it" in (task.doc_md or ""), task.task_id


def test_a_night_audits_the_day_that_ended(dags: dict[str, Any]) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable
    from airflow.timetables.base import TimeRestriction
    from pendulum import datetime

    timetable = coerce_to_core_timetable(dags["ticket_audit"].timetable)
    since = TimeRestriction(earliest=datetime(2026, 10, 1, tz="Europe/Berlin"), latest=None, catchup=True)
    first = timetable.next_dagrun_info_v2(last_dagrun_info=None, restriction=since)
    assert first.run_after == datetime(2026, 10, 1, 2, tz="Europe/Berlin")
    assert first.partition_key == DAY


def test_parsing_is_quick_and_imports_nothing_heavy(night: Callable[..., Night]) -> None:
    night("sandbox")
    told = subprocess.run([sys.executable, "-c", PARSE], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(told)
    assert float(told[-1]) < 1, "0.1 s when nothing else runs"


def test_tasks_only_hand_over() -> None:
    from auditlib_airflow import steps

    for function in _functions(steps):
        body = [node for node in function.body if not isinstance(node, ast.ImportFrom | ast.Import)]
        assert len(body) - 1 <= 3, f"{function.name} does something itself"  # the first is the docstring


def test_dag_files_are_short() -> None:
    assert [file.name for file in FILES if len(file.read_text().splitlines()) > 100] == []


def _functions(module: Any) -> list[ast.FunctionDef]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(module)))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]
