"""Where a formula could be wrong without any of its examples noticing: `python -m tests.mutants repeat/came_back`.

Each metric's formula is changed in one place at a time (a comparison, an operator, a number, a name
beside its sibling) and its page's examples are evaluated again. A change that no example notices
survives: it needs another example, or a line in `mutants.toml` that says why it makes no difference.
With `--verbs` the verbs of `auditlib/timelines` are changed instead: see `mutants_of_verbs`.
"""

from __future__ import annotations

import ast
import copy
import inspect
import pathlib
import sys
import tomllib
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from auditlib import metrics
from auditlib.metric import facts
from auditlib.worked_examples import Example, broken, examples

EXPLAINED = pathlib.Path(__file__).with_name("mutants.toml")
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REPLACED = {
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
SIBLINGS = (
    ("minimum", "maximum"), ("first", "last"), ("first_solve", "last_solve"), ("by_customer", "by_agent"),
    ("by_agent", "by_bot"), ("opened", "closed"), ("asks", "is_said"), ("replies", "answers"), ("solves", "reopens"),
    ("waiting", "not_applicable"), ("closed_unanswered", "waiting"), ("pending_customer", "on_hold"), ("new", "open"),
    ("solved", "closed"), ("began", "ended"), ("any", "all"),
)  # fmt: skip
SWAPPED = dict(SIBLINGS) | {b: a for a, b in reversed(SIBLINGS)}


@dataclass(frozen=True)
class Mutant:
    """A source with one change in one of its functions, and the change in words."""

    change: str
    source: ast.Module
    function: int
    node: int
    changed: ast.AST

    @property
    def tree(self) -> ast.Module:
        """A copy of the source in which that node of that function is another."""
        new = copy.deepcopy(self.source)
        of = list(ast.walk(new))[self.function]
        target = list(ast.walk(of))[self.node]
        for parent in ast.walk(of):
            for name, value in ast.iter_fields(parent):
                if value is target:
                    setattr(parent, name, self.changed)
                elif isinstance(value, list) and any(item is target for item in value):
                    setattr(parent, name, [self.changed if item is target else item for item in value])
        return ast.fix_missing_locations(new)


def mutants(source: str, inside: Callable[[ast.FunctionDef], bool]) -> Iterator[Mutant]:
    """Every way in which one place of the chosen functions can be changed."""
    tree = ast.parse(source)
    for place, function in enumerate(ast.walk(tree)):
        if not isinstance(function, ast.FunctionDef) or not inside(function):
            continue
        done = _body(function)
        for number, node in enumerate(ast.walk(function)):
            for changed in _changed(node) if node in done else ():
                before, after = ast.unparse(node), ast.unparse(changed)
                if before != after:
                    yield Mutant(f"{function.name}: {before} -> {after}", tree, place, number, changed)


def _body(function: ast.FunctionDef) -> set[ast.AST]:
    """What a function does: neither its types nor its decorators."""
    return {node for statement in function.body for node in ast.walk(statement)}


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield _but(node, ops=[COMPARED[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.BinOp):
        if type(node.op) in REPLACED:
            yield _but(node, op=REPLACED[type(node.op)]())
        if isinstance(node.op, ast.BitAnd | ast.BitOr):
            yield node.left
            yield node.right
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
        yield node.operand
    if isinstance(node, ast.BoolOp):
        yield _but(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield ast.Constant(node.value + 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    if isinstance(node, ast.Attribute) and node.attr in SWAPPED:
        yield _but(node, attr=SWAPPED[node.attr])
    if isinstance(node, ast.Call):
        if node.keywords:
            yield _but(node, keywords=node.keywords[1:])
        if isinstance(node.func, ast.Attribute) and node.func.attr == "where" and len(node.args) == 3:
            yield _but(node, args=[node.args[0], node.args[2], node.args[1]])


def _but(node: ast.AST, **changes: Any) -> ast.AST:
    new = copy.copy(node)
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def survivors(family: str, name: str, module: types.ModuleType) -> list[str]:
    """Changes of a metric's formula that none of its examples notices and nobody has explained."""
    known = explained().get(f"{family}/{name}", {})
    cases = examples(module.__doc__ or "")
    names = {node.name for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)}
    found = []
    for mutant in mutants(inspect.getsource(module), lambda f: f.name in names - {"changes_at"}):
        if mutant.change not in known and not is_noticed(module_of(mutant.tree, module), cases):
            found.append(mutant.change)
    return found


def module_of(tree: ast.Module, like: types.ModuleType) -> types.ModuleType:
    made = types.ModuleType(like.__name__)
    made.__file__ = like.__file__
    sys.modules.setdefault(like.__name__, like)
    exec(compile(tree, like.__file__ or "", "exec"), made.__dict__)
    return made


def is_noticed(module: types.ModuleType, cases: list[Example]) -> bool:
    metric = facts(module)
    try:
        with np.errstate(all="ignore"):
            return any(broken(metric, module.value, example) for example in cases)
    except Exception:  # a formula that breaks is noticed by everybody
        return True


def explained() -> dict[str, dict[str, str]]:
    """family/metric → change → why it makes no difference."""
    return tomllib.loads(EXPLAINED.read_text()) if EXPLAINED.exists() else {}


def main(wanted: list[str]) -> int:
    found = 0
    if "--verbs" in wanted:
        from tests.mutants_of_verbs import judges, surviving

        asked = judges()
        for theme in [name for name in wanted if name != "--verbs"]:
            print(f'["timelines/{theme}"]', flush=True)
            for change in surviving(theme, asked):
                found += 1
                print(f'{_key(change)} = "why it makes no difference"', flush=True)
        return found
    for family, modules in metrics.load_all().items():
        for name, module in modules.items():
            if not wanted or f"{family}/{name}" in wanted or family in wanted:
                left = survivors(family, name, module)
                found += len(left)
                if left:
                    print(f'["{family}/{name}"]')
                for change in left:
                    print(f'{_key(change)} = "why it makes no difference"', flush=True)
    return found


def _key(change: str) -> str:
    return '"' + change.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    left = main(sys.argv[1:])
    print(f"{left} changes survive" if left else "every change is noticed")
    raise SystemExit(left > 0)
