"""A page for each metric: what leaders read, the facts, and the rules that its values have to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from auditlib.metric import Metric, facts
from auditlib.pages import text_rules
from auditlib.pages.marked import markers
from auditlib.pages.rules import table as rules
from auditlib.prose import first_sentence, title

Families = Mapping[str, Mapping[str, ModuleType]]
BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither more nor less is better"}


def pages(families: Families) -> dict[str, str]:
    """Path below docs/ → the page."""
    found = {"metrics/README.md": _contents(families)}
    for family, modules in families.items():
        for name, module in modules.items():
            found[f"metrics/{family}/{name}.md"] = _page(family, name, module)
    return found


def _page(family: str, name: str, module: ModuleType) -> str:
    metric = facts(module)
    parts = [(module.__doc__ or "").strip(), "## Facts", "\n".join(_facts(metric))]
    if seen := markers(module):
        told = "How often they are right, and what their absence says: [text rules](../../text-rules.md)."
        parts += ["## The text rules that it rests on", told, "\n".join([*text_rules.TABLE, *text_rules.rows(seen)])]
    if metric.expectations:
        parts += ["## Checks", rules(metric.expectations)]
    if module.__name__.startswith("auditlib.metrics."):
        parts += [f"Formula: [auditlib/metrics/{family}/{name}.py](../../../auditlib/metrics/{family}/{name}.py)."]
    return "\n\n".join(parts) + "\n"


def _facts(metric: Metric) -> Iterator[str]:
    yield "| | |"
    yield "| --- | --- |"
    for figure in metric.figures:
        yield f"| figure `{figure.name}` | {figure.title}: {', '.join(figure.statistics)}; {BETTER[figure.better]} |"
    for column in metric.columns:
        yield f"| measure `{column}` | {metric.sentence(column)} |"
    yield f"| leg | {metric.leg} |"
    yield f"| one value for each | {metric.of} |"
    yield f"| belongs to the period in which it was | {metric.date_basis} |"
    yield f"| charged to | the team that had it at {metric.attributed_at} |"
    if metric.matures_after_days:
        yield f"| can be known after | {metric.matures_after_days} days |"
    yield f"| needs of a source | {', '.join(metric.needs) or 'nothing beyond tickets'} |"
    if metric.counter_metric:
        yield f"| gets worse when it is improved on paper only | `{metric.counter_metric}` |"
    yield f"| version | {metric.version} |"
    yield f"| owner, checked by, to be reviewed by | {metric.owner}, {metric.checked_by}, {metric.review_by} |"


def _contents(families: Families) -> str:
    lines = [
        "# The metrics",
        "",
        "One file each, in `auditlib/metrics/<family>/`: the page, its examples and its formula are the same file, and",
        "the examples are tests. `auditlib metrics NAME` shows a page in the terminal.",
    ]
    for family, modules in families.items():
        lines += ["", f"## {family}", "", "| metric | what it says | figures |", "| --- | --- | --- |"]
        for name, module in modules.items():
            figures = ", ".join(f"`{figure.name}`" for figure in facts(module).figures) or "none"
            page = module.__doc__ or ""
            lines.append(f"| [{title(page)}]({family}/{name}.md) | {first_sentence(page)} | {figures} |")
    return "\n".join(lines) + "\n"
