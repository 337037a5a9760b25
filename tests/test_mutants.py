"""No place of a formula can be changed without an example of its page noticing, nor one of a verb."""

import ast
import importlib
import inspect
import os
import pathlib

import pytest

from auditlib import metrics, timelines
from tests import mutants, mutants_of_verbs
from tests.conftest import PROFILE

FORMULAS = [(family, name, module) for family, of in metrics.load_all().items() for name, module in of.items()]


@pytest.mark.parametrize(("family", "name", "module"), FORMULAS, ids=[f"{f}/{n}" for f, n, _ in FORMULAS])
def test_every_change_of_a_formula_is_noticed(family, name, module):
    assert mutants.survivors(family, name, module) == [], f"python -m tests.mutants {family}/{name}"


def test_what_is_explained_is_still_a_change_of_its_formula():
    sources = {f"{family}/{name}": inspect.getsource(module) for family, name, module in FORMULAS}
    for name, reasons in mutants.explained().items():
        if name in sources:
            changes = {mutant.change for mutant in mutants.mutants(sources[name], lambda f: True)}
            assert set(reasons) <= changes, name


def test_a_change_that_matters_is_noticed():
    module = next(m for m in FORMULAS if m[1] == "next_reply")[2]
    source = inspect.getsource(module).replace("(turns.is_answered,", "(~turns.is_answered,")
    assert source != inspect.getsource(module)
    assert mutants.is_noticed(mutants.module_of(ast.parse(source), module), mutants.examples(module.__doc__))


THEMES = {path.stem for path in pathlib.Path(timelines.__file__).parent.glob("*.py")} - {"__init__"}
PROVED: tuple[str, ...] = (
    "agreed_time", "agreements", "as_others", "as_request_tracker", "as_zendesk", "attention", "backlog", "bots",
    "chasing", "coming_back", "endings", "events", "falling_due", "holders", "kept_hours", "links", "outcomes",
    "policies", "promised", "promising", "ratings", "service_levels", "spans", "statuses", "stays", "talk", "targets",
)  # fmt: skip
"""Themes none of whose verbs can be changed unnoticed."""


@pytest.fixture(scope="module")
def judges():
    return mutants_of_verbs.judges()


@pytest.mark.skipif(PROFILE != "proof", reason="a minute or two a theme: make proof")
@pytest.mark.parametrize("theme", PROVED)
def test_every_change_of_a_verb_is_noticed(judges, theme):
    assert list(mutants_of_verbs.surviving(theme, judges)) == [], f"python -m tests.mutants --verbs {theme}"


def test_what_is_explained_is_still_a_change_of_its_verb():
    for name, reasons in mutants.explained().items():
        if name.startswith("timelines/"):
            module = importlib.import_module(f"auditlib.{name.replace('/', '.')}")
            changes = {mutant.change for mutant in mutants.mutants(inspect.getsource(module), lambda f: True)}
            assert set(reasons) <= changes, name


def test_the_proved_themes_are_there():
    assert set(PROVED) <= THEMES


def _nothing() -> None:
    pass


def _crashes() -> None:
    os._exit(1)


def _fails() -> None:
    raise RecursionError


@pytest.mark.parametrize(("ask", "noticed"), [(_nothing, None), (_fails, "judge"), (_crashes, "crashed")])
def test_a_change_is_noticed_by_who_fails_and_by_a_crash(ask, noticed):
    module = importlib.import_module("auditlib.timelines.kept_hours")
    judge = mutants_of_verbs.Judge("judge", ask)
    found = mutants_of_verbs.first_to_notice(module, ast.parse(inspect.getsource(module)), [judge])
    assert getattr(found, "name", found) == noticed
