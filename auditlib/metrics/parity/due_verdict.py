"""
# Why Request Tracker's own due date may differ

Whether its due date is the one that its rules give, and if not, what makes it another.

`agrees`: both say the same, to the second, or that nothing is due. Otherwise the first of these that
holds: `not_described`, audit.toml does not say what the agreement promises; `set_by_hand`, somebody
wrote the due date; `merged`, messages of several tickets meet; `beyond_thirty_days`, the tracker gives
up looking for opening hours after thirty days, and then forgets every due date; `after_a_holiday`, less
than a minute, since for the tracker each holiday lasts a second longer; `moved`, it came to
another queue, where the rules may be off; `others_wrote`, somebody else on the customer's side wrote,
whom the tracker may take for one of its requestors or not; `not_measurable`, the opening hours are not
known. If none of these holds, the reason is `unknown`, and somebody should look: most often the
tracker's agreements were others when it set the date. NULL for a ticket without an agreement.

## Example: what is said of each ticket

| agreement | within   | business |
| --------- | -------- | -------- |
| Gold      | response | 60       |
| Far       | resolve  | 12000    |

| ticket | when             | who           | what                  |
| ------ | ---------------- | ------------- | --------------------- |
| T1     | 2026-03-02 10:00 | customer      | writes                |
| T1     | 2026-03-02 10:00 | system        | policy: Gold          |
| T1     | 2026-03-02 10:00 | automation    | due: 2026-03-02 11:00 |
| T2     | 2026-03-02 10:00 | customer      | writes                |
| T2     | 2026-03-02 10:00 | system        | policy: Gold          |
| T2     | 2026-03-02 10:00 | agent         | due: 2026-03-02 12:00 |
| T3     | 2026-03-02 10:00 | customer      | writes                |
| T3     | 2026-03-02 10:00 | system        | policy: Zinc          |
| T4     | 2026-03-02 10:00 | customer      | writes                |
| T4     | 2026-03-02 10:00 | system        | policy: Far           |
| T4     | 2026-03-02 10:00 | automation    | due: 2026-04-20 10:00 |
| T5     | 2026-03-02 10:00 | customer      | writes                |
| T5     | 2026-03-02 10:00 | system        | policy: Gold          |
| T5     | 2026-03-02 10:00 | system        | group: billing        |
| T5     | 2026-03-02 10:05 | agent         | group: repairs        |
| T5     | 2026-03-02 10:10 | agent         | writes                |
| T5     | 2026-03-02 10:10 | automation    | due: 2026-03-02 11:00 |
| T6     | 2026-03-02 10:00 | customer      | writes                |
| T6     | 2026-03-02 10:00 | system        | policy: Gold          |
| T6     | 2026-03-02 10:10 | customer_side | writes                |
| T6     | 2026-03-02 10:10 | automation    | due: 2026-03-02 11:00 |
| T7     | 2026-03-02 10:00 | customer      | writes                |
| T7     | 2026-03-02 10:00 | system        | policy: Gold          |
| T7     | 2026-03-02 10:00 | automation    | due: 2026-03-02 12:00 |
| T8     | 2026-03-02 10:00 | customer      | writes                |
| T9     | 2026-03-02 10:00 | customer      | writes                |
| T9     | 2026-03-02 10:00 | system        | policy: Gold          |
| T9     | 2026-03-02 10:00 | system        | group: billing        |
| T9     | 2026-03-02 10:10 | agent         | writes                |
| T9     | 2026-03-02 10:10 | automation    | due: 2026-03-02 11:00 |
| T10    | 2026-03-02 10:00 | customer      | writes                |
| T10    | 2026-03-02 10:00 | system        | policy: Gold          |
| T10    | 2026-03-02 10:00 | automation    | due: 2026-03-02 11:00:01 |
| T11    | 2026-03-02 10:00 | customer      | writes                |
| T11    | 2026-03-02 10:00 | system        | policy: Gold          |
| T11    | 2026-03-02 10:00 | automation    | due: 2026-03-02 11:01 |
| T12    | 2026-03-02 10:00 | customer      | writes                |
| T12    | 2026-03-02 10:00 | system        | policy: Gold          |
| T12    | 2026-03-02 10:10 | agent         | merged: T7            |

| value: ticket | due_verdict__request_tracker | why_other_due__request_tracker |
| ------------- | ---------------------------- | ------------------------------ |
| T1            | agrees                       | unknown                        |
| T2            | set_by_hand                  | set_by_hand                    |
| T3            | not_described                | not_described                  |
| T4            | beyond_thirty_days           | beyond_thirty_days             |
| T5            | moved                        | moved                          |
| T6            | others_wrote                 | others_wrote                   |
| T7            | unknown                      | unknown                        |
| T8            |                              |                                |
| T9            | unknown                      | unknown                        |
| T10           | after_a_holiday              | after_a_holiday                |
| T11           | unknown                      | unknown                        |
| T12           | merged                       | merged                         |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Why Request Tracker's own due date may differ",
    leg="process",
    version="1.1.0",
    unit="word",
    columns={
        "due_verdict__request_tracker": {"of": "due_verdict"},
        "why_other_due__request_tracker": {"of": "due_circumstance"},
    },
    sentences={
        "due_verdict__request_tracker": "agrees, or why its due date is another than its rules give; NULL without any "
        "agreement.",
        "why_other_due__request_tracker": "What makes any of its due dates another, whether or not the last one is.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history", "service_levels", "due_dates"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, of: str) -> np.ndarray:
    told: np.ndarray = getattr(t, of)
    return told
