"""A definition that changed runs beside the one that it was: the former formula is a metric of its own.

A metric's file whose `METRIC.previous` names a version has a function `previous(t, …)`: the formula as it was.
Its measures and figures are those of the metric with the version behind their names (`letters__v1_0_0`), so
that whatever is done with a metric is done with both. The view `definition_changes` lays them side by side.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import ModuleType

from auditlib.metric import Figure, Metric, facts

Modules = Mapping[str, Mapping[str, ModuleType]]


def suffix(version: str) -> str:
    """What stands behind the names of a former version."""
    return f"__v{version.replace('.', '_')}"


def beside(families: Modules) -> dict[str, dict[str, ModuleType]]:
    """The families' metrics, each with its former one behind it, if it has one."""
    found: dict[str, dict[str, ModuleType]] = {}
    for family, modules in families.items():
        found[family] = dict(modules)
        for name, module in modules.items():
            if version := facts(module).previous:
                found[family][name + suffix(version)] = _former(module, version)
    return found


def _former(module: ModuleType, version: str) -> ModuleType:
    """A metric's module with its former formula."""
    made = ModuleType(module.__name__ + suffix(version), module.__doc__)
    made.__file__ = module.__file__
    told = {"METRIC": _facts(facts(module), version), "value": module.previous}
    if hasattr(module, "changes_at"):
        told["changes_at"] = module.changes_at
    vars(made).update(told)
    return made


def _facts(metric: Metric, version: str) -> Metric:
    behind = suffix(version)
    return dataclasses.replace(
        metric,
        title=f"{metric.title} (by version {version})",
        columns={name + behind: how for name, how in metric.columns.items()},
        sentences={name + behind: f"{metric.sentence(name)} By version {version}." for name in metric.columns},
        figures=tuple(_figure(metric, figure, version) for figure in metric.figures),
        version=version,
        previous=None,
        is_former=True,
        counter_metric=None,
        expectations=(),
    )


def _figure(metric: Metric, figure: Figure, version: str) -> Figure:
    behind, beside_it = suffix(version), figure.provisional_from
    return dataclasses.replace(
        figure,
        name=figure.name + behind,
        column=figure.column + behind,
        title=f"{figure.title} (by version {version})",
        breakdowns=(),
        provisional_from=f"{beside_it}{behind}" if beside_it in metric.columns else beside_it,
    )
