"""Which published figure is meant: by its id, or by metric, period, part, statistic and weighting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditlib.config.mistakes import did_you_mean
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.signing import read_period
from auditlib.store import StoreError, cited, engine

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked about: a metric's figures of one period, perhaps of a part and one statistic only."""

    metric: str
    period: str
    """As people write it: 2026-W43, 2026-10 or 2026-10-25."""
    parts: Sequence[str] = ()
    """Breakdowns such as team=Billing, at most two."""
    segment: str = "all"
    statistic: str | None = None
    weighting: str | None = None

    def about(self) -> dict[str, str]:
        """The same as columns of the figures."""
        period = read_period(self.period)
        told = {"metric": self.metric, "period": period.kind, "period_start": period.start.isoformat()}
        told |= {"segment": self.segment, **_parts(self.parts)}
        more = {"statistic": self.statistic, "weighting": self.weighting}
        return told | {name: value for name, value in more.items() if value}


def _parts(told: Sequence[str]) -> dict[str, str]:
    pairs = [part.partition("=") for part in told]
    if len(pairs) > 2 or any(not (equals and name) for name, equals, _ in pairs):
        raise StoreError(f"breakdown {', '.join(told)!r}: write --breakdown team=Billing, and at most two of them")
    (one, _, first), (two, _, second) = [*pairs, ("", "", ""), ("", "", "")][:2]
    whole = {"breakdown": one or "all", "breakdown_value": first}
    return whole | {"breakdown_2": two, "breakdown_value_2": second}


def by_id(setting: Setting, beginning: str) -> Row:
    """The published figure whose id begins like this."""
    with engine.reading(setting.store.engine) as c:
        found = cited.by_id(c, beginning)
    if len(found) > 1:
        ids = ", ".join(row["figure_id"] for row in found)
        raise StoreError(f"several figures begin with {beginning!r}: {ids}; write more of it")
    if not found:
        raise StoreError(f"no published figure has the id {beginning!r}; take one from the view `scorecard`")
    return found[0]


def latest(setting: Setting, question: Question, until: int | None = None) -> Sequence[Row]:
    """The figures that are asked about, as a publication showed them; as leaders see them now by default."""
    with engine.reading(setting.store.engine) as c:
        numbers = cited.publications(c)
        if not numbers:
            raise StoreError("nothing was published yet; `auditlib run` audits the first night")
        found = cited.latest(c, numbers[-1] if until is None else until, question.about())
        if found or until is not None:
            return found
        metrics = cited.names(c, "metric")
    if question.metric not in metrics:
        right = did_you_mean(question.metric, metrics, "`auditlib metrics` lists them")
        raise StoreError(f"no figure is called {question.metric!r}; {right}")
    parts = f" for {', '.join(question.parts)}" if question.parts else ""
    raise StoreError(f"no {question.metric} of {question.period}{parts} was published; see the view `scorecard`")


def only(found: Sequence[Row]) -> Row:
    """The one figure that is meant; several are named, so that one can be chosen."""
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{row['statistic']} by {row['weighting']} is {row['figure_id']}" for row in found)
    raise StoreError(f"there are {len(found)} of them: {listed}; name one, or add --statistic and --weighting")
