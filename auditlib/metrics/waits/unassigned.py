"""
# Unassigned

How long a ticket belonged to nobody.

From its creation to the first assignment to a person, by whomever: a human, a rule, or the system
that created it. A ticket that somebody had from the beginning was unassigned for no time at all. One
that was solved or closed without ever belonging to a person was never assigned: that does not apply.

## Example: from creation to the first person

| ticket | when             | who        | what            |
| ------ | ---------------- | ---------- | --------------- |
| T1     | 2026-03-02 09:00 | customer   | writes          |
| T1     | 2026-03-02 09:10 | automation | group: billing  |
| T1     | 2026-03-02 09:20 | agent Bea  | assignee: nobody |
| T1     | 2026-03-02 09:30 | automation | assignee: Ann   |
| T1     | 2026-03-02 09:40 | agent Ann  | assignee: Bea   |
| T2     | 2026-03-02 09:00 | customer   | writes          |
| T2     | 2026-03-02 09:00 | automation | assignee: Ann   |
| T3     | 2026-03-02 09:00 | customer   | writes          |
| T3     | 2026-03-02 09:10 | agent      | writes          |
| T4     | 2026-03-02 09:00 | customer   | writes          |
| T4     | 2026-03-02 10:00 | agent      | status: solved  |
| T5     | 2026-03-02 09:00 | customer   | writes          |
| T5     | 2026-03-02 10:00 | agent      | deletes         |
| T6     | 2026-03-02 09:00 | customer   | writes          |
| T6     | 2026-03-02 10:00 | agent      | status: solved  |
| T6     | 2026-03-02 11:00 | agent      | assignee: Ann   |

| value: ticket | unassigned_minutes | state          |
| ------------- | ------------------ | -------------- |
| T1            | 30                 | observed       |
| T2            | 0                  | observed       |
| T3            |                    | waiting        |
| T4            |                    | not_applicable |
| T5            |                    | not_applicable |
| T6            | 120                | observed       |
"""

import datetime

from auditlib.metric import Figure, Metric
from auditlib.span import Span, State
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time until the ticket belonged to a person",
    leg="process",
    unit="minutes",
    columns={"unassigned_minutes": {"clock": "calendar"}},
    figures=(
        Figure(
            name="unassigned_minutes",
            column="unassigned_minutes",
            statistics=("p50", "p90"),
            title="Unassigned",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history"),
    counter_metric="first_reply_business_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, clock: str) -> Span:
    unassigned = t.span(t.tickets["created_at"], t.first_assigned_at, clock)
    never = (unassigned.state == State.waiting) & (t.sum_state == State.observed)
    return unassigned.where(~never)
