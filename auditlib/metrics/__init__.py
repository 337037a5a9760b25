"""What is measured: one folder per family (one task and one table each), one file per metric.

A metric's file is its page, its test and its formula: the docstring is what leaders read, the
tables in it are its tests, `METRIC` says what it is, `value` computes it. The file is found
because it is there; so are folders outside the package that `[extend] metrics` names.
"""

from __future__ import annotations

import importlib
import pathlib
from collections.abc import Iterable
from types import ModuleType

from auditlib.extensions import load_file

FOLDER = pathlib.Path(__file__).parent


def families(extra: Iterable[str] = ()) -> dict[str, list[str]]:
    """Family → its metrics, by listing files: nothing is imported, so DAG files may ask."""
    return {family: sorted({path.stem for path in paths}) for family, paths in _files(extra).items()}


def load(family: str, extra: Iterable[str] = ()) -> dict[str, ModuleType]:
    """The modules of a family's metrics, by name."""
    return {path.stem: _import(path) for path in _files(extra).get(family, ())}


def load_all(extra: Iterable[str] = ()) -> dict[str, dict[str, ModuleType]]:
    """Every family's modules."""
    return {family: {path.stem: _import(path) for path in paths} for family, paths in _files(extra).items()}


def _files(extra: Iterable[str]) -> dict[str, list[pathlib.Path]]:
    """Family → the files of its metrics, by name."""
    paths = [path for folder in (FOLDER, *map(pathlib.Path, extra)) for path in folder.glob("*/*.py")]
    found: dict[str, list[pathlib.Path]] = {}
    for path in sorted(paths, key=lambda path: (path.parent.name, path.stem)):
        if not path.stem.startswith("_"):
            found.setdefault(path.parent.name, []).append(path)
    return found


def _import(path: pathlib.Path) -> ModuleType:
    if path.is_relative_to(FOLDER):
        return importlib.import_module(f"auditlib.metrics.{path.parent.name}.{path.stem}")
    return load_file(path, "metrics")
