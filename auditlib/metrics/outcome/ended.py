"""
# What the say–do gap is made of

Cases that were solved or closed and yet not strictly resolved, by how they ended; and those that
only a bot answered. All are shares of the same cases as the strict resolution (see its page), so
the first five add up to the say–do gap exactly.

- **failed** (O5): the customer reopened it or came back;
- **closed unanswered** (O6): nobody had answered the customer's last message;
- **auto-closed** (O4): a rule closed it while it waited on the customer;
- **withdrawn** (O7): the customer needed nothing any more;
- **declined** (O8): the answer was no;
- **bot only** (O9): resolved, and no human ever wrote.

## Example: one for each, as of 2026-04-30 00:00

| ticket | when             | who        | what               |
| ------ | ---------------- | ---------- | ------------------ |
| T1     | 2026-03-02 09:00 | customer   | writes             |
| T1     | 2026-03-02 10:00 | agent      | writes             |
| T1     | 2026-03-02 10:00 | agent      | status: solved     |
| T1     | 2026-03-03 10:00 | customer   | writes             |
| T1     | 2026-03-03 10:00 | system     | status: open       |
| T1     | 2026-03-03 11:00 | agent      | writes             |
| T1     | 2026-03-03 11:00 | agent      | status: solved     |
| T2     | 2026-03-02 09:00 | customer   | writes             |
| T2     | 2026-03-02 10:00 | agent      | status: solved     |
| T3     | 2026-03-02 09:00 | customer   | writes             |
| T3     | 2026-03-02 10:00 | agent      | writes             |
| T3     | 2026-03-07 10:00 | automation | status: solved     |
| T4     | 2026-03-02 09:00 | customer   | writes             |
| T4     | 2026-03-02 10:00 | customer   | writes: withdrawal |
| T4     | 2026-03-02 11:00 | agent      | status: solved     |
| T5     | 2026-03-02 09:00 | customer   | writes             |
| T5     | 2026-03-02 10:00 | agent      | writes: refusal    |
| T5     | 2026-03-02 10:00 | agent      | status: solved     |
| T6     | 2026-03-02 09:00 | customer   | writes             |
| T6     | 2026-03-02 09:01 | bot        | writes             |
| T6     | 2026-03-03 09:00 | automation | status: solved     |
| T7     | 2026-04-20 09:00 | customer   | writes             |
| T7     | 2026-04-20 10:00 | agent      | status: solved     |
| T8     | 2026-03-02 09:00 | customer   | writes             |
| T8     | 2026-04-29 10:00 | agent      | status: solved     |

| value: ticket | is_failed | is_closed_unanswered | is_auto_closed | is_withdrawn | is_declined | is_bot_only |
| ------------- | --------- | -------------------- | -------------- | ------------ | ----------- | ----------- |
| T1            | 1         | 0                    | 0              | 0            | 0           | 0           |
| T2            | 0         | 1                    | 0              | 0            | 0           | 0           |
| T3            | 0         | 0                    | 1              | 0            | 0           | 0           |
| T4            | 0         | 0                    | 0              | 1            | 0           | 0           |
| T5            | 0         | 0                    | 0              | 0            | 1           | 0           |
| T6            | 0         | 0                    | 0              | 0            | 0           | 1           |
| T7            |           |                      |                |              |             |             |
| T8            | 0         | 0                    | 0              | 0            | 0           | 0           |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

PARTS = {
    "is_failed": ("O5", "failed_rate", "Solved, and the customer had to ask again"),
    "is_closed_unanswered": ("O6", "unanswered_closed_rate", "Closed without an answer"),
    "is_auto_closed": ("O4", "auto_closed_rate", "Closed by a rule"),
    "is_withdrawn": ("O7", "withdrawn_rate", "Withdrawn by the customer"),
    "is_declined": ("O8", "declined_rate", "Declined"),
    "is_bot_only": ("O9", "bot_only_rate", "Resolved by a bot only"),
}

METRIC = Metric(
    title="How the case ended otherwise than resolved by a human",
    leg="outcome",
    unit="share",
    columns={column: {"code": code} for column, (code, _, _) in PARTS.items()},
    sentences={
        column: f"True if it ended so: {title[0].lower()}{title[1:]} ({code}); NULL until there was time to solve it."
        for column, (code, _, title) in PARTS.items()
    },
    figures=tuple(
        Figure(
            name=name,
            column=column,
            statistics=("rate",),
            title=title,
            better="lower" if column in ("is_failed", "is_closed_unanswered") else "neither",
        )
        for column, (_, name, title) in PARTS.items()
    ),
    date_basis="created",
    attributed_at="solve",
    matures_after_days=21,
    needs=("status_history",),
    counter_metric="customer_wait_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, code: str) -> np.ndarray:
    ended_so = t.has_settled & t.outcome.ended(code)
    return np.where(t.is_judged, ended_so, np.nan)


def changes_at(t: Timelines, code: str) -> np.ndarray:
    """When the case is old enough, or its solve, without any new event."""
    return t.judgement_changes_at
