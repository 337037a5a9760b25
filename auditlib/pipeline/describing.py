"""What a run is made with: every metric's definition, and what each source can tell of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from auditlib.metric import Metric, facts
from auditlib.metrics import former
from auditlib.pipeline.abilities import Ability
from auditlib.pipeline.setting import Setting
from auditlib.prose import first_sentence
from auditlib.store import definitions as stored


def definitions(setting: Setting) -> pd.DataFrame:
    """One row for each figure, and for each measure that is none."""
    rows = [row for family, name, metric, page in _metrics(setting) for row in _rows(family, name, metric, page)]
    return pd.DataFrame(rows, columns=stored.COLUMNS["definitions"])


def availability(setting: Setting, able: Mapping[str, Ability]) -> pd.DataFrame:
    """One row for each metric and source: whether the source can tell what the metric needs."""
    rows = []
    for _, _, metric, _ in _metrics(setting):
        for source, ability in able.items():
            lacking = ability.told.missing(metric.needs)
            words, because = ", ".join(lacking) or None, ability.because(lacking)
            by_looks = ability.told.is_by_looks(metric.needs)
            rows += [(name, source, not lacking, words, because, by_looks) for name in _published(metric)]
    return pd.DataFrame(rows, columns=stored.COLUMNS["availability"])


def _metrics(setting: Setting) -> list[tuple[str, str, Metric, str]]:
    return [
        (family, name, facts(module), module.__doc__ or "")
        for family, modules in setting.metrics.items()
        for name, module in modules.items()
    ]


def _rows(family: str, name: str, metric: Metric, page: str) -> list[dict]:
    figures = {figure.name: figure for figure in metric.figures}
    behind = former.suffix(metric.version) if metric.is_former else ""
    common = {
        "family": family,
        "version": metric.version,
        "page": f"docs/metrics/{family}/{name.removesuffix(behind)}.md",
        "leg": metric.leg,
        "unit": metric.unit,
        "date_basis": metric.date_basis,
        "attributed_at": metric.attributed_at,
        "counter_metric": metric.counter_metric,
        "owner": metric.owner,
        "checked_by": metric.checked_by,
        "review_by": metric.review_by.isoformat(),
    }
    rows = []
    for published in _published(metric):
        figure = figures.get(published)
        own: dict[str, str | None] = {"title": metric.title, "better": "", "statistics": ""}
        if figure is not None:
            own = {"title": figure.title, "better": figure.better, "statistics": ",".join(figure.statistics)}
        sentence = metric.sentence(published) if published in metric.columns else first_sentence(page)
        own |= {"former_of": published.removesuffix(behind) if behind else None}
        rows.append({"metric": published, "sentence": sentence, **own, **common})
    return rows


def _published(metric: Metric) -> list[str]:
    """Names of its figures, then of its measures that are no figure."""
    names = [figure.name for figure in metric.figures]
    return names + [column for column in metric.columns if column not in names]
