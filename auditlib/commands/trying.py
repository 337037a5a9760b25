"""`auditlib try`: a metric computed over the current case log and shown; nothing is published."""

from __future__ import annotations

import pathlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from auditlib.commands.answers import DONE, WRONG, Answer, WrongUse, answered, table

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting


@click.command(name="try")
@click.argument("metric")
@click.option("--pairs", type=click.IntRange(1), help="Of came_back: write so many linked pairs for you to judge.")
@click.option("--to", "path", default="pairs.csv", show_default=True, help="The file for --pairs.")
@click.option("--labels", type=click.Path(exists=True), help="Of came_back: keep pairs that you judged.")
@answered
def try_(metric: str, pairs: int | None = None, path: str = "pairs.csv", labels: str | None = None) -> Answer:
    """Compute a metric over the case log; publish nothing. What you say of pairs is kept for the page.

    It shows the distribution, a few tickets, and why others have no value. METRIC is a name as
    `auditlib metrics` lists it, or the path of a metric's file. Its worked examples come first: if the
    formula does not keep what its page promises, nothing else is said.

    \b
    auditlib try first_reply
    auditlib try company/metrics/reply/first_call.py
    auditlib try came_back --pairs 200
    auditlib try came_back --labels pairs.csv
    """
    if pairs or labels:
        return _judged(metric, pairs or 0, path, labels)
    from auditlib.pipeline.setting import Setting
    from auditlib.pipeline.trying import broken_promises, tried
    from auditlib.store import looking

    setting = Setting.here()
    family, name, module = _found(setting, metric)
    broken = _examples(broken_promises, module, name)
    if broken:
        lines = [f"{name} does not keep what its page promises:", *(f"  {one}" for one in broken)]
        return Answer({"metric": name, "broken_promises": broken}, lines, WRONG)
    data: dict[str, Any] = {"metric": name, "family": family, "broken_promises": []}
    kept = f"{name}: the worked examples of its page are kept."
    if looking.state(setting.config.audit.store) == "absent":
        return Answer(data | {"measures": None}, [kept, "There is no case log yet; `auditlib run` makes one."], DONE)
    from auditlib.commands.setting import published

    run = published(setting)
    measures = tried(setting, run, family, module)
    shown: list[Any] = [kept, f"Over the tickets in scope as of {run.as_of}; nothing is published."]
    for measure, summary in measures.items():
        shown += _shown(measure, module.METRIC.unit, summary)
    return Answer(data | {"as_of": run.as_of, "measures": measures}, shown)


def _judged(metric: str, count: int, path: str, labels: str | None) -> Answer:
    """Pairs to judge, or what the judgements come to."""
    from auditlib.pipeline import labelling
    from auditlib.pipeline.setting import Setting

    if metric != "came_back":
        raise WrongUse(f"pairs are of came_back, not of {metric}")
    if labels:
        try:
            found = labelling.precision(pathlib.Path(labels))
            kept = labelling.judge(Setting.here(), pathlib.Path(labels))
        except labelling.BadLabels as error:
            raise WrongUse(str(error)) from None
        rows = [(layer, f"{one['precision']:.1%} of {one['judged']} judged") for layer, one in found.items()]
        told = f"Kept what you said of {kept} pairs: auditlib page shows how right links are by it."
        return Answer(found, [table("Links that are right", "", rows=rows), told])
    from auditlib.commands.setting import published

    setting = Setting.here()
    rows_of_pairs = labelling.pairs(setting, published(setting), count)
    labelling.write(rows_of_pairs, pathlib.Path(path))
    told = f"{len(rows_of_pairs)} pairs in {path}: write yes or no under same_issue, then --labels {path}."
    return Answer({"pairs": len(rows_of_pairs), "file": path}, [told])


def _found(setting: Setting, metric: str) -> tuple[str, str, ModuleType]:
    if not metric.endswith(".py"):
        from auditlib.commands.metrics import named

        return named(setting, metric)
    from auditlib import metrics
    from auditlib.metric import facts

    path = pathlib.Path(metric).resolve()
    if not path.is_file():
        raise WrongUse(f"there is no file {metric}; `auditlib new metric NAME --to FOLDER` writes one")
    module = metrics.load(path.parent.name, [str(path.parents[1])]).get(path.stem)
    if module is None:
        raise WrongUse(f"{metric} is no metric's file: its name begins with an underscore")
    facts(module)
    return path.parent.name, path.stem, module


def _examples(broken_promises: Any, module: ModuleType, name: str) -> list[str]:
    try:
        return broken_promises(module)
    except NotImplementedError as error:
        raise WrongUse(f"{name} has no formula yet: {error}") from None


def _shown(measure: str, unit: str, summary: dict[str, Any]) -> list[Any]:
    names = ("yes", "no", "share") if unit == "share" else ("least", "p10", "p50", "p90", "most", "mean")
    rows = [("units", summary["units"]), ("with a value", summary["with_a_value"])]
    rows += [(name, _number(name, unit, summary[name])) for name in names if name in summary]
    rows += [(f"no value: {why}", count) for why, count in summary["without"].items()]
    told = [f"{one['ticket']} ({_number('', unit, one['value'])})" for one in summary["examples"]]
    note = "Quantiles are of what has ended: what still waits is counted above, not estimated."
    parts: list[Any] = [table(measure, "", rows=rows)]
    if unit == "minutes" and summary["with_a_value"]:
        parts.append(note)
    return [*parts, f"Look at: {', '.join(told)}"] if told else parts


def _number(name: str, unit: str, value: float) -> str:
    from auditlib.commands.explain import minutes

    if unit == "minutes":
        return minutes(value)
    if unit == "share":
        return f"{value:.1%}" if name == "share" else (f"{value:,}" if name else "yes" if value else "no")
    return f"{value:,.4g}"
