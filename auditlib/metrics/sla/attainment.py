"""
# SLA attainment

Of the targets that were decided, how many were met.

Achieved ÷ (achieved + breached), one target at a time: a ticket with a promised first reply and a
promised solution counts twice. A target that is past due and not kept is breached already; one that
is neither kept nor due, cancelled, solved without the promised reply, or promised by no policy, is
not counted, neither as met nor as missed: `target_state` says how many there are of each.

## Example: only what was decided counts as of 2026-03-02 11:30

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | business |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 10:00 | agent    | writes           |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T3     | 2026-03-02 11:00 | customer | writes           |
| T3     | 2026-03-02 11:00 | system   | priority: normal |
| T3     | 2026-03-02 11:00 | system   | policy: Gold     |
| T4     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | system   | priority: normal |
| T5     | 2026-03-02 09:00 | system   | policy: Gold     |
| T5     | 2026-03-02 09:30 | agent    | status: solved   |

| value: ticket | target | is_target_met |
| ------------- | ------ | ------------- |
| T1            | 1      | 1             |
| T2            | 1      | 0             |
| T3            | 1      |               |
| T4            | 1      |               |
| T5            | 1      |               |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import TargetState, Timelines

METRIC = Metric(
    title="Whether a promised target was met",
    leg="process",
    unit="share",
    of="target",
    columns={"is_target_met": {}},
    figures=(
        Figure(
            name="sla_attainment",
            column="is_target_met",
            statistics=("rate",),
            title="Targets met, of those decided",
            better="higher",
        ),
    ),
    date_basis="applied",
    attributed_at="reply",
    needs=("status_history", "service_levels"),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    state = t.targets.state
    decided = (state == TargetState.achieved) | (state == TargetState.breached)
    return np.where(decided, (state == TargetState.achieved).astype(float), np.nan)


def changes_at(t: Timelines) -> np.ndarray:
    return t.targets.breaks_at
