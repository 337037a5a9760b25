"""
# Missed targets as Zendesk counts them

How many targets of each kind were missed by the moment at which the ticket last moved.

Zendesk marks a target as missed at the very moment at which it is, and shows that beside the ticket;
but a ticket is read again only once something happens to it. So both sides are counted as they stood
at the ticket's last event: a target missed since then is compared when the ticket next moves. NULL
if the policy or the hours of one of its targets are not known.

## Example: what was missed before the last event as of 2026-03-02 12:00

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | calendar |
| Gold   | next_reply  | normal   | 30      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:30 | agent    | notes            |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: normal |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T3     | 2026-03-02 10:00 | agent    | writes           |
| T3     | 2026-03-02 10:10 | customer | writes           |
| T3     | 2026-03-02 10:50 | agent    | writes           |
| T4     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | system   | priority: normal |
| T5     | 2026-03-02 09:00 | system   | policy: Gold     |
| T5     | 2026-03-02 10:00 | agent    | notes            |
| T6     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | system   | priority: normal |
| T6     | 2026-03-02 09:00 | system   | policy: Iron     |
| T7     | 2026-03-02 09:00 | customer | writes           |

| value: ticket | first_reply_breaches__zendesk | next_reply_breaches__zendesk |
| ------------- | ----------------------------- | ---------------------------- |
| T1            | 0                             | 0                            |
| T2            | 1                             | 0                            |
| T3            | 0                             | 1                            |
| T4            | 0                             | 0                            |
| T5            | 1                             | 0                            |
| T6            |                               |                              |
| T7            | 0                             | 0                            |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import TargetState, Timelines
from auditlib.timelines.policies import Promised

METRIC = Metric(
    title="Missed targets as Zendesk counts them",
    leg="process",
    unit="count",
    columns={f"{promise.name}_breaches__zendesk": {"promised": promise} for promise in Promised},
    sentences={
        f"{promise.name}_breaches__zendesk": f"Targets of {promise.name} missed by the ticket's last event."
        for promise in Promised
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "vendor_metrics", "service_levels"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, promised: Promised) -> np.ndarray:
    targets, moved = t.targets, t.at(t.starts[1:] - 1)
    missed = (targets.promised == promised) & (targets.state == TargetState.breached)
    counted = np.bincount(targets.ticket[missed & (targets.due_at <= moved[targets.ticket])], minlength=t.n)
    unknown = np.isin(np.arange(t.n), targets.ticket[targets.state == TargetState.unmeasurable])
    return np.where(unknown, np.nan, counted.astype(float))
