"""
# Chasers

How often customers asked again before anybody answered: demand that the service made itself.

A chaser is a message of the customer's side while they wait for an answer, and is one for either of
two reasons, both kept. **Structural**: four hours of opening time passed since their message
before; it does not matter what they write. **Lexical**: it asks where the answer is (*any
update?*, *still waiting*), however soon. Messages within thirty minutes of the one before are
parts of it. Another ticket about the same issue, opened while this one is open, asks again as well; one
that is merged into it counts once. The message that begins the wait chases nobody, whatever it says. Thanks chase
nobody either, nor are they the message before.
Where nobody knows any opening hours, the four hours are those of the calendar; where a helpdesk
tells no text, chasers are structural only. [How often the rules are right](../../text-rules.md).

It counts for the ticket in the week in which its case began, and is charged to the team that had it when the
customer first asked again: that one let them wait. A case in which nobody asked again counts for the team of
its first reply.

## Example: after four hours of opening time

| ticket | when             | who           | what   |
| ------ | ---------------- | ------------- | ------ |
| T1     | 2026-03-02 09:00 | customer      | writes |
| T1     | 2026-03-03 09:00 | customer      | writes |
| T1     | 2026-03-04 09:00 | customer_side | writes |
| T1     | 2026-03-05 09:00 | customer      | writes |
| T1     | 2026-03-06 09:00 | customer      | writes |
| T1     | 2026-03-06 10:00 | agent         | writes |
| T2     | 2026-03-02 09:00 | customer      | writes |
| T2     | 2026-03-02 13:00 | customer      | writes |
| T3     | 2026-03-02 09:00 | customer      | writes |
| T3     | 2026-03-02 12:59 | customer      | writes |
| T4     | 2026-03-06 16:00 | customer      | writes |
| T4     | 2026-03-09 11:59 | customer      | writes |
| T5     | 2026-03-02 09:00 | customer      | writes |
| T5     | 2026-03-02 10:00 | agent         | notes  |
| T5     | 2026-03-02 14:00 | bot           | writes |
| T5     | 2026-03-03 09:00 | customer      | writes |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 4       | 4                  |
| T2            | 1       | 1                  |
| T3            | 0       | 0                  |
| T4            | 0       | 0                  |
| T5            | 1       | 1                  |

## Example: in so many words, while nobody answered

| ticket | when             | who      | what                   |
| ------ | ---------------- | -------- | ---------------------- |
| T1     | 2026-03-02 09:00 | customer | writes: update_request |
| T1     | 2026-03-02 09:30 | customer | writes: update_request |
| T2     | 2026-03-02 09:00 | customer | writes                 |
| T2     | 2026-03-02 10:00 | agent    | writes                 |
| T2     | 2026-03-04 10:00 | customer | writes: update_request |
| T3     | 2026-03-02 09:00 | customer | writes                 |
| T3     | 2026-03-02 10:00 | agent    | status: solved         |
| T3     | 2026-03-04 10:00 | customer | writes: update_request |
| T4     | 2026-03-02 09:00 | customer | writes                 |
| T4     | 2026-03-04 10:00 | customer | writes: update_request |
| T4     | 2026-03-04 11:00 | agent    | writes: update_request |
| T5     | 2026-03-02 09:00 | customer | writes                 |
| T5     | 2026-03-04 10:00 | customer | thanks                 |
| T6     | 2026-03-02 09:00 | customer | writes                 |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 1       | 0                  |
| T2            | 0       | 0                  |
| T3            | 0       | 0                  |
| T4            | 1       | 1                  |
| T5            | 0       | 0                  |
| T6            | 0       | 0                  |

## Example: in another ticket, merged (and its message moved) or not

| ticket | when             | who      | what       | customer | topic   |
| ------ | ---------------- | -------- | ---------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes     | Ada      | billing |
| T2     | 2026-03-03 09:00 | customer | writes     | Ada      | billing |
| T3     | 2026-03-02 09:00 | customer | writes     | Bob      | billing |
| T3     | 2026-03-03 09:00 | customer | writes     |          |         |
| T4     | 2026-03-03 09:00 | customer | writes     | Bob      | billing |
| T4     | 2026-03-03 10:00 | agent    | merged: T3 |          |         |
| T5     | 2026-03-02 09:00 | customer | writes     | Cyd      | billing |
| T6     | 2026-03-03 09:00 | customer | writes     | Cyd      | login   |
| T7     | 2026-03-02 09:00 | customer | writes     | Dee      | billing |
| T8     | 2026-03-02 09:10 | customer | writes     | Dee      | billing |
| T8     | 2026-03-02 10:00 | agent    | merged: T7 |          |         |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 1       | 0                  |
| T2            | 0       | 0                  |
| T3            | 1       | 1                  |
| T5            | 0       | 0                  |
| T7            | 1       | 0                  |

## Example: several messages in a row are parts of one

| ticket | when             | who      | what                   |
| ------ | ---------------- | -------- | ---------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                 |
| T1     | 2026-03-02 09:29 | customer | writes: update_request |
| T1     | 2026-03-02 09:58 | customer | writes                 |
| T1     | 2026-03-02 13:59 | customer | writes                 |
| T1     | 2026-03-02 14:01 | customer | writes: update_request |
| T1     | 2026-03-02 14:02 | customer | writes: update_request |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 1       | 1                  |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often the customer asked again while they waited",
    leg="process",
    version="1.1.0",
    unit="count",
    columns={
        "chasers": {"which": "any"},
        "structural_chasers": {"which": "structural"},
    },
    sentences={
        "chasers": "How often the customer asked again before anybody answered.",
        "structural_chasers": "… because four hours of opening time had passed without an answer.",
    },
    figures=(
        Figure(
            name="chased_rate",
            column="chasers",
            statistics=("rate",),
            title="Cases in which the customer had to ask again",
            better="lower",
        ),
        Figure(
            name="chased_3_times_rate",
            column="chasers",
            statistics=("rate",),
            title="Cases in which the customer had to ask again three times",
            better="lower",
            at_least=3,
        ),
        Figure(
            name="chased_5_times_rate",
            column="chasers",
            statistics=("rate",),
            title="Cases in which the customer had to ask again five times",
            better="lower",
            at_least=5,
        ),
        Figure(
            name="chasers_per_100_tickets",
            column="chasers",
            statistics=("per_100",),
            title="How often customers ask again, for each hundred cases",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="chase",
    counter_metric="next_reply_business_minutes",
    needs=("solve_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, which: str) -> np.ndarray:
    chases = t.chases
    if which == "structural":
        return np.bincount(chases.ticket[chases.is_structural], minlength=t.n).astype(float)
    return np.bincount(chases.ticket, minlength=t.n).astype(float) + t.chased_elsewhere
