"""`auditlib metrics`: what is measured; a metric's page with its facts, versions and coverage."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from auditlib.commands.answers import Answer, WrongUse, answered, table

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting


@click.command()
@click.argument("name", required=False)
@answered
def metrics(name: str | None) -> Answer:
    """List what is measured, or show a metric's page.

    NAME is a metric, one of its measures, or one of its figures.

    \b
    auditlib metrics
    auditlib metrics first_reply
    auditlib metrics came_back_rate_7d
    """
    from auditlib.pipeline.setting import Setting

    setting = Setting.here()
    return _listed(setting) if name is None else _page(setting, *named(setting, name))


def named(setting: Setting, name: str) -> tuple[str, str, ModuleType]:
    """(family, metric, module) of a metric's, a measure's or a figure's name."""
    known: dict[str, tuple[str, str, ModuleType]] = {}
    for family, metric, module in each(setting):
        figures = [figure.name for figure in module.METRIC.figures]
        for called in (*figures, *module.METRIC.columns):
            known.setdefault(called, (family, metric, module))
    for family, metric, module in each(setting):
        # A metric's own name comes first: a measure of another may be called the same.
        known |= dict.fromkeys((metric, f"{family}/{metric}"), (family, metric, module))
    if name not in known:
        from auditlib.config.mistakes import did_you_mean

        raise WrongUse(f"there is no metric {name!r}; {did_you_mean(name, known, '`auditlib metrics` lists them')}")
    return known[name]


def each(setting: Setting) -> Iterator[tuple[str, str, ModuleType]]:
    """Every metric: family, name, module."""
    for family, modules in setting.metrics.items():
        for metric, module in modules.items():
            yield family, metric, module


def _listed(setting: Setting) -> Answer:
    rows = [
        {
            "metric": name, "family": family, "title": m.METRIC.title, "leg": m.METRIC.leg, "unit": m.METRIC.unit,
            "of": m.METRIC.of, "version": m.METRIC.version, "measures": list(m.METRIC.columns),
            "figures": [f"{figure.name} ({', '.join(figure.statistics)})" for figure in m.METRIC.figures],
        }
        for family, name, m in each(setting)
    ]  # fmt: skip
    lines = [
        (row["family"], row["metric"], row["title"], row["leg"], row["unit"], "; ".join(row["figures"])) for row in rows
    ]
    return Answer(rows, [table("family", "metric", "title", "leg", "unit", "figures", rows=lines)])


def _page(setting: Setting, family: str, name: str, module: ModuleType) -> Answer:
    metric = module.METRIC
    words = inspect.cleandoc(module.__doc__ or "")
    about = {
        "metric": name, "family": family, "version": metric.version, "leg": metric.leg, "unit": metric.unit,
        "one value a": metric.of, "counted into the week of": metric.date_basis,
        "charged to the team at": metric.attributed_at, "needs": ", ".join(metric.needs),
        "known after": f"{metric.matures_after_days} days" if metric.matures_after_days else "at once",
        "gets worse when gamed": metric.counter_metric, "owner": metric.owner, "checked by": metric.checked_by,
        "to be reviewed by": metric.review_by.isoformat(),
    }  # fmt: skip
    measures = {column: metric.sentence(column) for column in metric.columns}
    figures = [(f.name, ", ".join(f.statistics), f.title, f"{f.better} is better") for f in metric.figures]
    versions, covered = _versions(setting, family, name), _coverage(setting, metric.needs)
    data = about | {"measures": measures, "figures": [f[0] for f in figures], "versions": versions,
                    "coverage": covered, "page": words}  # fmt: skip
    shown: list[Any] = [words, table("", "", rows=[pair for pair in about.items() if pair[1]])]
    shown.append(table("measure", "what it holds", rows=list(measures.items())))
    if figures:
        shown.append(table("figure", "statistics", "title", "", rows=figures))
    shown.append(table("source", "measured", "since or why not", rows=[tuple(row.values()) for row in covered]))
    if versions:
        shown.append(table("version", "first run", "as of", rows=[tuple(row.values()) for row in versions]))
    return Answer(data, shown)


def _versions(setting: Setting, family: str, name: str) -> list[dict[str, Any]]:
    """Each version of the definition, with the run that first used it."""
    from auditlib.store import looking, runs

    if looking.state(setting.config.audit.store) == "absent":
        return []
    found: dict[str, dict[str, Any]] = {}
    for row in reversed(runs.listed(setting.store).to_dict("records")):
        version = json.loads(row["definitions"]).get(f"{family}/{name}")
        if version is not None and row["state"] == "published":
            found.setdefault(version, {"version": version, "run": row["run"], "as_of": row["as_of"]})
    return list(found.values())


def _coverage(setting: Setting, needs: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each source: whether it can tell what the metric needs, since when, or why not."""
    from auditlib.pipeline import abilities
    from auditlib.pipeline.setting import iso
    from auditlib.store import engine, looking, runs

    held: dict[str, tuple[int, int]] = {}
    able = {source: abilities.Ability(setting.module(source).CAPABILITIES) for source in setting.sources}
    if looking.state(setting.config.audit.store) != "absent":
        with engine.reading(setting.store.engine) as c:
            held, last = runs.watermarks(c), runs.last_published(c)
            able = abilities.known(setting, c, last.run) if last else able
    rows = []
    for source, ability in able.items():
        told = ability.told
        lacking = told.missing(needs)
        since = f"tickets changed since {iso(held[source][1])}" if source in held else "not loaded yet"
        since += ", by our own nightly looks at their statuses" if told.is_by_looks(needs) else ""
        why = "; ".join(filter(None, [f"it does not tell {', '.join(lacking)}", ability.because(lacking)]))
        rows.append({"source": source, "measured": "no" if lacking else "yes", "why": why if lacking else since})
    return rows
