"""
# Due dates as Request Tracker sets them

By when Request Tracker wants a ticket done: what its own rules give, beside what it says.

Its rules run when a ticket is created, written to (by anybody whom its customer can read), changes its
status or gets another agreement. A *response* is due from the customer's oldest message that nobody has
answered, *keep in loop* from the last answer, a *resolve* from the creation; the earlier one is the due
date. Time is counted in opening hours first and then on the calendar; what runs out as the office
closes is due at the next opening. Statuses that put it off do so once they are over, also before the
customer wrote: in opening hours with both ends, and as one where they follow each other. Who opens a
ticket for a customer has answered it. Whoever owns a ticket is never its customer.

What it says is taken from its history, so both are told as of the same moment. NULL means no due date,
or a ticket without an agreement; of an agreement that audit.toml does not describe nothing can be given.

## Example: asked, answered, asked twice, solved

| agreement | within       | business | real |
| --------- | ------------ | -------- | ---- |
| Gold      | response     | 120      |      |
| Gold      | keep_in_loop | 480      |      |
| Gold      | resolve      |          | 2880 |
| Quick     | response     |          | 60   |

| ticket | when             | who        | what                  |
| ------ | ---------------- | ---------- | --------------------- |
| T1     | 2026-03-02 10:00 | customer   | writes                |
| T1     | 2026-03-02 10:00 | system     | policy: Gold          |
| T1     | 2026-03-02 10:00 | automation | due: 2026-03-02 12:00 |
| T2     | 2026-03-02 10:00 | customer   | writes                |
| T2     | 2026-03-02 10:00 | system     | policy: Gold          |
| T2     | 2026-03-02 10:30 | agent      | writes                |
| T2     | 2026-03-02 10:30 | automation | due: 2026-03-03 10:30 |
| T3     | 2026-03-02 10:00 | customer   | writes                |
| T3     | 2026-03-02 10:00 | system     | policy: Quick         |
| T3     | 2026-03-02 10:30 | agent      | writes                |
| T3     | 2026-03-02 11:00 | customer   | writes                |
| T3     | 2026-03-02 11:20 | customer   | writes                |
| T3     | 2026-03-02 11:30 | agent      | notes                 |
| T4     | 2026-03-02 10:00 | customer   | writes                |
| T4     | 2026-03-02 10:00 | system     | policy: Quick         |
| T4     | 2026-03-02 10:30 | agent      | writes                |
| T4     | 2026-03-02 10:30 | automation | due: nothing          |
| T5     | 2026-03-02 10:00 | customer   | writes                |
| T6     | 2026-03-02 10:00 | agent      | writes                |
| T6     | 2026-03-02 10:00 | system     | policy: Quick         |

| value: ticket | due_at__request_tracker | helpdesk_due_at__request_tracker |
| ------------- | ----------------------- | -------------------------------- |
| T1            | 2026-03-02 12:00        | 2026-03-02 12:00                 |
| T2            | 2026-03-03 10:30        | 2026-03-03 10:30                 |
| T3            | 2026-03-02 12:00        |                                  |
| T4            |                         |                                  |
| T5            |                         |                                  |
| T6            |                         |                                  |

## Example: the closing, a weekend, the owner, another agreement, one that nobody described

| agreement | within   | business | real | later business | later real |
| --------- | -------- | -------- | ---- | -------------- | ---------- |
| Gold      | response | 60       |      |                |            |
| Silver    | response |          | 60   | 30             |            |
| Iron      | response | 0        | 30   |                |            |
| Lead      | resolve  |          | 60   |                | 15         |
| Far       | resolve  | 12000    |      |                |            |

| ticket | when             | who          | what           |
| ------ | ---------------- | ------------ | -------------- |
| T1     | 2026-03-06 16:00 | customer     | writes         |
| T1     | 2026-03-06 16:00 | system       | policy: Gold   |
| T2     | 2026-03-07 12:00 | customer     | writes         |
| T2     | 2026-03-07 12:00 | system       | policy: Silver |
| T3     | 2026-03-07 12:00 | customer     | writes         |
| T3     | 2026-03-07 12:00 | system       | policy: Iron   |
| T4     | 2026-03-07 12:00 | customer     | writes         |
| T4     | 2026-03-07 12:00 | system       | policy: Lead   |
| T5     | 2026-03-02 10:00 | customer Kim | writes         |
| T5     | 2026-03-02 10:00 | system       | policy: Gold   |
| T5     | 2026-03-02 10:10 | agent        | assignee: Kim  |
| T5     | 2026-03-02 10:20 | agent        | status: open   |
| T6     | 2026-03-02 10:00 | customer     | writes         |
| T6     | 2026-03-02 10:00 | system       | policy: Gold   |
| T6     | 2026-03-02 10:30 | agent        | policy: Lead   |
| T7     | 2026-03-02 10:00 | customer     | writes         |
| T7     | 2026-03-02 10:00 | system       | policy: Zinc   |
| T8     | 2026-03-02 10:00 | customer     | writes         |
| T8     | 2026-03-02 10:00 | system       | policy: Far    |
| T9     | 2026-03-02 10:00 | customer     | writes         |
| T9     | 2026-03-02 10:00 | system       | policy: Silver |

| value: ticket | due_at__request_tracker |
| ------------- | ----------------------- |
| T1            | 2026-03-09 09:00        |
| T2            | 2026-03-09 10:30        |
| T3            | 2026-03-09 09:30        |
| T4            | 2026-03-07 13:15        |
| T5            |                         |
| T6            | 2026-03-02 11:00        |
| T7            |                         |
| T8            |                         |
| T9            | 2026-03-02 11:00        |

## Example: statuses without a deadline, and those that put it off

| agreement | within   | business | real | not while        | put off while    |
| --------- | -------- | -------- | ---- | ---------------- | ---------------- |
| Gold      | resolve  |          | 120  | pending_customer |                  |
| Silver    | resolve  |          | 120  |                  | pending_customer |
| Iron      | resolve  | 120      |      |                  | pending_customer |

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 10:00 | customer | writes                   |
| T1     | 2026-03-02 10:00 | system   | policy: Gold             |
| T1     | 2026-03-02 10:10 | agent    | status: pending_customer |
| T2     | 2026-03-02 10:00 | customer | writes                   |
| T2     | 2026-03-02 10:00 | system   | policy: Gold             |
| T2     | 2026-03-02 10:10 | agent    | status: pending_customer |
| T2     | 2026-03-02 10:40 | agent    | status: open             |
| T3     | 2026-03-02 10:00 | customer | writes                   |
| T3     | 2026-03-02 10:00 | system   | policy: Silver           |
| T3     | 2026-03-02 10:10 | agent    | status: pending_customer |
| T3     | 2026-03-02 10:40 | agent    | status: open             |
| T4     | 2026-03-02 16:00 | customer | writes                   |
| T4     | 2026-03-02 16:00 | system   | policy: Iron             |
| T4     | 2026-03-02 16:30 | agent    | status: pending_customer |
| T4     | 2026-03-02 18:00 | agent    | status: open             |
| T5     | 2026-03-02 10:00 | agent    | writes                   |
| T5     | 2026-03-02 10:00 | system   | policy: Silver           |
| T5     | 2026-03-02 10:10 | agent    | status: pending_customer |
| T5     | 2026-03-02 10:20 | customer | writes                   |
| T5     | 2026-03-02 10:30 | agent    | status: open             |

| value: ticket | due_at__request_tracker |
| ------------- | ----------------------- |
| T1            |                         |
| T2            | 2026-03-02 12:00        |
| T3            | 2026-03-02 12:30        |
| T4            | 2026-03-03 10:30        |
| T5            | 2026-03-02 12:20        |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Due dates as Request Tracker sets them",
    leg="process",
    version="1.1.0",
    unit="moment",
    columns={
        "due_at__request_tracker": {"of": "due_by_rules"},
        "helpdesk_due_at__request_tracker": {"of": "due_told"},
    },
    sentences={
        "due_at__request_tracker": "By when it is due by Request Tracker's own rules; NULL if they give no due date.",
        "helpdesk_due_at__request_tracker": "By when Request Tracker says that it is due; NULL for no due date.",
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
