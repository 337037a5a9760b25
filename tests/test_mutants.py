"""No place of a formula can be changed without an example of its page noticing."""

import ast
import inspect

import pytest

from auditlib import metrics
from tests import mutants

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
    source = inspect.getsource(module).replace("~turns.is_answered", "turns.is_answered")
    assert source != inspect.getsource(module)
    assert mutants.is_noticed(mutants.module_of(ast.parse(source), module), mutants.examples(module.__doc__))
