"""Where a verb of `auditlib.timelines` could be wrong unnoticed: `python -m tests.mutants --verbs talk`.

A theme's functions are changed in one place at a time. Two kinds of judges are asked whether they
notice: the examples of all metrics' pages, and the tests that hold verbs against slow, obvious
implementations, on a few fixed cases each. Only a judge that comes by a function is asked about its
changes, and one that noticed the last change is asked first. Every change is tried in a process of its
own, so that one which crashes or never ends is noticed like any other.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import itertools
import multiprocessing
import pathlib
import resource
import sys
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.connection import Connection
from typing import Any

import hypothesis
import numpy as np

from auditlib import metrics, timelines
from auditlib.metric import facts
from auditlib.worked_examples import broken, examples
from tests.mutants import explained, module_of, mutants
from tests.proofs.batches import batches

TESTS = (
    "proofs.test_chasing", "proofs.test_chasing_in_households", "proofs.test_episodes", "proofs.test_every_metric",
    "proofs.test_handling", "proofs.test_outcomes", "proofs.test_outcomes_of_anything", "proofs.test_statuses",
    "proofs.test_waits", "edge_cases.test_in_memory", "caselog.test_dues", "test_maturity", "test_service_levels",
    *(f"verbs.{path.stem}" for path in pathlib.Path(__file__).with_name("verbs").glob("test_*.py")),
)  # fmt: skip
CASES = 600
"""How many of each property of a case; of what else hypothesis asks, a few."""
FEW = 15
PATIENCE = 120
"""Seconds after which a change that has not ended counts as noticed."""
MEMORY = 4 << 30
LOOKS = 200_000
"""How many calls are watched to see which verbs a judge comes by."""
FOLDER = str(pathlib.Path(timelines.__file__).parent)


@dataclass
class Judge:
    """Something that fails when a verb is wrong; and the verbs (file, line) that it comes by."""

    name: str
    ask: Callable[[], None]
    comes_by: set[tuple[str, int]] = field(default_factory=set)
    seconds: float = 0.0


def surviving(theme: str, judges: list[Judge]) -> Iterator[str]:
    """Changes of a theme that no judge notices and nobody has explained."""
    module = importlib.import_module(f"auditlib.timelines.{theme}")
    source, file = inspect.getsource(module), module.__file__ or ""
    known = explained().get(f"timelines/{theme}", {})
    for function in (f for f in ast.walk(ast.parse(source)) if isinstance(f, ast.FunctionDef)):
        # The first line of a function's code is that of its decorator.
        line = min([function.lineno, *(d.lineno for d in function.decorator_list)])
        asked = [judge for judge in judges if (file, line) in judge.comes_by]
        for mutant in mutants(source, lambda f, line=function.lineno: f.lineno == line):
            if mutant.change in known:
                continue
            noticed_by = first_to_notice(module, mutant.tree, asked)
            if noticed_by is None:
                yield mutant.change
            elif noticed_by in asked:
                asked.remove(noticed_by)
                asked.insert(0, noticed_by)


def judges() -> list[Judge]:
    """The examples of all pages and the tests, each with the verbs that it comes by; the quickest ones first."""
    found = [*_pages(), *_properties()]
    for judge in found:
        judge.comes_by = _seen_by(judge.ask)
        began = time.process_time()
        judge.ask()
        judge.seconds = time.process_time() - began
    return sorted(found, key=lambda judge: judge.seconds)


def _pages() -> Iterator[Judge]:
    for family, modules in metrics.load_all().items():
        for name, module in modules.items():
            for example in examples(module.__doc__ or ""):
                yield Judge(f"{family}/{name}: {example.title}", _keeps(module, example))


def _keeps(module: types.ModuleType, example: Any) -> Callable[[], None]:
    def ask() -> None:
        assert not broken(facts(module), module.value, example)

    return ask


def _properties() -> Iterator[Judge]:
    alike = hypothesis.settings(
        max_examples=FEW, deadline=None, derandomize=True, database=None, report_multiple_bugs=False,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck), verbosity=hypothesis.Verbosity.quiet,
    )  # fmt: skip
    for name in TESTS:
        module = importlib.import_module(f"tests.{name}")
        for test, ask in vars(module).items():
            if not test.startswith("test_"):
                continue
            if hasattr(ask, "judge"):
                for number, some in enumerate(batches(ask.of, CASES)):
                    yield Judge(f"{name}: {test} {number}", functools.partial(ask.judge, some))
            elif hasattr(ask, "hypothesis"):
                yield Judge(f"{name}: {test}", alike(ask))
            else:
                yield from _asked(f"{name}: {test}", ask)


def _asked(name: str, test: Callable[..., None]) -> Iterator[Judge]:
    """A test that needs nothing, or each of the values with which one is asked."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    wanted = list(inspect.signature(test).parameters)
    if not wanted:
        yield Judge(name, test)
    elif len(marks) == 1:
        names, values = marks[0].args
        if isinstance(names, str):
            names, values = [names], [(value,) for value in values]
        if list(names) == wanted:
            for one in values:
                yield Judge(f"{name} {one}", functools.partial(test, *one))


def _seen_by(ask: Callable[[], None]) -> set[tuple[str, int]]:
    """The verbs that a judge comes by where nothing is changed; its first cases tell."""
    seen: set[tuple[str, int]] = set()
    looked = itertools.count()

    def note(frame: types.FrameType, event: str, _: object) -> None:
        if next(looked) == LOOKS:
            sys.setprofile(None)
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(FOLDER):
            seen.add((code.co_filename, code.co_firstlineno))

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return seen


def first_to_notice(module: types.ModuleType, tree: ast.Module, asked: list[Judge]) -> Judge | str | None:
    """The first judge that fails on the changed theme, or in words how the process that asked them ended."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    trial = fork.Process(target=_try, args=(module, tree, asked, theirs))
    trial.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE):
            trial.kill()
            return "never ended"
        place = ours.recv()
    except EOFError:
        return "crashed"
    finally:
        trial.join()
        ours.close()
    return None if place is None else asked[place]


def _try(module: types.ModuleType, tree: ast.Module, asked: list[Judge], told: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _put(module, module_of(tree, module))
    noticed = None
    with np.errstate(all="ignore"):
        for place, judge in enumerate(asked):
            try:
                judge.ask()
            except BaseException:  # whatever a judge stumbles over, it is noticed
                noticed = place
                break
    told.send(noticed)


def _put(module: types.ModuleType, changed: types.ModuleType) -> None:
    """A theme's classes get the methods of the changed one, and whoever knows its functions the changed ones."""
    for name, held in list(vars(module).items()):
        new = vars(changed).get(name)
        if inspect.isclass(held) and held.__module__ == module.__name__:
            for member, value in vars(new).items():
                if isinstance(value, types.FunctionType | classmethod | staticmethod | property | cached_property):
                    setattr(held, member, value)
        elif inspect.isfunction(held) and held.__module__ == module.__name__:
            for other in [m for m in list(sys.modules.values()) if getattr(m, name, None) is held]:
                setattr(other, name, new)
