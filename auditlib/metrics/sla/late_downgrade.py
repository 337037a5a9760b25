"""
# Late downgrade

Whether a target exists because the priority was lowered when the one before was nearly due, or over.

A lower priority gives more time. Done with less than a tenth of the time left, or afterwards, it
makes a miss look like a hit. A target that was over by then stays breached; a target that was not
is replaced by the easier one, and this says so.

## Example: lowered in time, in the last tenth, afterwards; and raised

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 200     | calendar |
| Gold   | first_reply | urgent   | 100     | calendar |
| Gold   | first_reply | high     | 100     | calendar |
| Iron   | first_reply | urgent   | 300     | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: urgent |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 10:29 | agent    | priority: normal |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: urgent |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:30 | agent    | priority: normal |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: urgent |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T3     | 2026-03-02 11:00 | agent    | priority: normal |
| T4     | 2026-03-02 09:00 | customer | writes           |
| T4     | 2026-03-02 09:00 | system   | priority: normal |
| T4     | 2026-03-02 09:00 | system   | policy: Gold     |
| T4     | 2026-03-02 12:10 | agent    | priority: urgent |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | system   | priority: urgent |
| T5     | 2026-03-02 09:00 | system   | policy: Gold     |
| T5     | 2026-03-02 10:35 | system   | policy: Iron     |
| T6     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | system   | priority: urgent |
| T6     | 2026-03-02 09:00 | system   | policy: Gold     |
| T6     | 2026-03-02 10:35 | agent    | priority: high   |
| T7     | 2026-03-02 09:00 | customer | writes           |

| value: ticket | target | is_late_downgrade |
| ------------- | ------ | ----------------- |
| T1            | 1      | 0                 |
| T2            | 1      | 1                 |
| T3            | 1      | 0                 |
| T3            | 2      | 1                 |
| T4            | 1      | 0                 |
| T5            | 1      | 0                 |
| T6            | 1      | 0                 |
| T7            | 1      |                   |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether the priority was lowered when a target was nearly due or over",
    leg="process",
    unit="share",
    of="target",
    columns={"is_late_downgrade": {}},
    figures=(),
    date_basis="applied",
    attributed_at="reply",
    needs=("status_history", "service_levels"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    targets = t.targets
    return np.where(targets.promised != 0, targets.is_late_downgrade.astype(float), np.nan)
