"""
# Minutes lost in transfers

How long a case lay between being handed to another group and the next thing that a human did.

Each transfer waits for the next act by a human agent (a message, a note, an assignment, a change
of group or status), or for the solve; what stands in the same second as the transfer belongs to
it and ends nothing. No minute counts twice: of several transfers in a row that nobody looked at,
the first waits. Handing on a case that is solved loses nothing. While one still waits the sum is
*waiting*; where nothing was handed on it is *not applicable*.

## Example: each wait adds up

| ticket | when             | who        | what             |
| ------ | ---------------- | ---------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer   | writes           |
| T1     | 2026-03-02 09:00 | automation | group: sales     |
| T1     | 2026-03-02 16:30 | agent Ann  | group: billing   |
| T1     | 2026-03-02 16:30 | agent Ann  | notes            |
| T1     | 2026-03-02 16:40 | customer   | writes           |
| T1     | 2026-03-02 16:50 | automation | status: open     |
| T1     | 2026-03-03 09:30 | agent Bob  | notes            |
| T1     | 2026-03-03 10:00 | agent Bob  | group: sales     |
| T1     | 2026-03-03 10:20 | agent Ann  | status: solved   |
| T1     | 2026-03-03 11:00 | agent Ann  | notes            |
| T2     | 2026-03-02 09:00 | customer   | writes           |
| T2     | 2026-03-02 09:00 | automation | group: sales     |
| T2     | 2026-03-02 09:05 | agent Ann  | writes           |
| T2     | 2026-03-02 09:10 | automation | group: billing   |
| T2     | 2026-03-02 09:20 | automation | group: lamps     |
| T2     | 2026-03-02 09:30 | agent Bob  | notes            |

| value: ticket | lost_in_transfers_minutes | lost_in_transfers_business_minutes |
| ------------- | ------------------------- | ---------------------------------- |
| T1            | 1040                      | 80                                 |
| T2            | 20                        | 20                                 |

## Example: still lying there, solved, never handed on

| ticket | when             | who        | what             |
| ------ | ---------------- | ---------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer   | writes           |
| T1     | 2026-03-02 09:00 | automation | group: sales     |
| T1     | 2026-03-02 09:10 | agent      | group: billing   |
| T1     | 2026-03-02 09:30 | agent      | group: lamps     |
| T1     | 2026-03-02 09:40 | automation | group: sales     |
| T2     | 2026-03-02 09:00 | customer   | writes           |
| T2     | 2026-03-02 09:00 | automation | group: sales     |
| T2     | 2026-03-02 09:10 | agent      | group: billing   |
| T2     | 2026-03-02 09:30 | automation | status: solved   |
| T2     | 2026-03-02 09:40 | agent      | writes           |
| T3     | 2026-03-02 09:00 | customer   | writes           |
| T3     | 2026-03-02 09:10 | agent      | writes           |
| T4     | 2026-03-02 09:00 | customer   | writes           |
| T4     | 2026-03-02 09:00 | automation | group: sales     |
| T4     | 2026-03-02 09:10 | agent      | status: solved   |
| T4     | 2026-03-02 09:20 | agent      | group: billing   |
| T5     | 2026-03-02 09:00 | customer   | writes           |
| T5     | 2026-03-02 09:00 | automation | group: sales     |
| T5     | 2026-03-02 09:10 | agent      | status: closed   |
| T5     | 2026-03-02 09:20 | agent      | group: billing   |

| value: ticket | lost_in_transfers_minutes | state          |
| ------------- | ------------------------- | -------------- |
| T1            |                           | waiting        |
| T2            | 20                        | observed       |
| T3            |                           | not_applicable |
| T4            |                           | not_applicable |
| T5            |                           | not_applicable |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Status
from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span, State
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Time lost after being handed to another group",
    leg="process",
    unit="minutes",
    columns={
        "lost_in_transfers_minutes": {"clock": "calendar"},
        "lost_in_transfers_business_minutes": {"clock": "business"},
    },
    figures=(
        Figure(
            name="lost_in_transfers_business_minutes",
            column="lost_in_transfers_business_minutes",
            statistics=("p50", "p90"),
            title="Time lost in transfers, business time",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history"),
    counter_metric="transfer_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "HND-002",
            "type": "expect_column_pair_values_a_to_be_greater_than_b",
            "kwargs": {
                "column_A": "lost_in_transfers_minutes",
                "column_B": "lost_in_transfers_business_minutes",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
            "severity": "critical",
            "notes": "Business time can't be longer than the calendar: a schedule is wrong, or a clock.",
        },
    ),
)


def value(t: Timelines, clock: str) -> Span:
    unsolved = t.transfers & ~t.is_in(Status.solved, Status.closed)
    lost = t.waits_after(unsolved, until=t.agent_acts | t.solves)
    still = np.isin(np.arange(t.n), lost.ticket[lost.ended == NEVER])
    ended = np.where(t.any(unsolved), State.observed, State.not_applicable)
    return t.total(lost, clock, np.where(still, State.waiting, ended), since=t.began_at)
