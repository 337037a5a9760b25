"""
# SLA kept

Whether every target that a ticket was promised was met.

Known once every target that is not cancelled is decided, and earlier if one is missed. It is the
attainment ticket by ticket; it is lower than that by target, since one miss is enough. A ticket of
which nothing is promised is neither.

## Example: one miss is enough, and what still runs is not met yet as of 2026-03-02 12:00

| policy | promises       | priority | minutes | clock    |
| ------ | -------------- | -------- | ------- | -------- |
| Gold   | first_reply    | normal   | 60      | calendar |
| Gold   | requester_wait | normal   | 120     | calendar |
| Tin    | first_reply    | normal   | 60      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 10:00 | agent    | writes           |
| T1     | 2026-03-02 10:00 | agent    | status: solved   |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:30 | agent    | writes           |
| T2     | 2026-03-02 10:30 | agent    | status: solved   |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: normal |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T4     | 2026-03-02 10:30 | customer | writes           |
| T4     | 2026-03-02 10:30 | system   | priority: normal |
| T4     | 2026-03-02 10:30 | system   | policy: Gold     |
| T4     | 2026-03-02 11:00 | agent    | writes           |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | system   | priority: normal |
| T6     | 2026-03-02 09:00 | system   | policy: Iron     |
| T7     | 2026-03-02 09:00 | customer | writes           |
| T7     | 2026-03-02 09:00 | system   | priority: normal |
| T7     | 2026-03-02 09:00 | system   | policy: Gold     |
| T7     | 2026-03-02 09:30 | agent    | deletes          |
| T8     | 2026-03-02 09:00 | customer | writes           |
| T8     | 2026-03-02 09:00 | system   | priority: normal |
| T8     | 2026-03-02 09:00 | system   | policy: Tin      |
| T8     | 2026-03-02 09:30 | agent    | writes           |
| T9     | 2026-03-02 09:00 | customer | writes           |

| value: ticket | is_sla_met |
| ------------- | ---------- |
| T1            | 1          |
| T2            | 0          |
| T3            | 0          |
| T4            |            |
| T5            |            |
| T6            |            |
| T7            |            |
| T8            | 1          |
| T9            |            |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import TargetState, Timelines

METRIC = Metric(
    title="Whether every target of the service level was met",
    leg="process",
    unit="share",
    columns={"is_sla_met": {}},
    figures=(
        Figure(
            name="sla_attainment_by_ticket",
            column="is_sla_met",
            statistics=("rate",),
            title="Tickets with every target met",
            better="higher",
        ),
    ),
    date_basis="created",
    attributed_at="reply",
    needs=("status_history", "service_levels"),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    targets = t.targets
    settled = np.isin(targets.state, (TargetState.achieved, TargetState.cancelled))
    achieved, breached, open_ones = (
        np.bincount(targets.ticket[chosen], minlength=t.n) > 0
        for chosen in (targets.state == TargetState.achieved, targets.state == TargetState.breached, ~settled)
    )
    return np.where(breached, 0.0, np.where(achieved & ~open_ones, 1.0, np.nan))


def changes_at(t: Timelines) -> np.ndarray:
    return t.first_of(t.targets.ticket, t.targets.breaks_at)
