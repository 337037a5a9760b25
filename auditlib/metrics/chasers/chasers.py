"""
# Chasers

How often customers asked again before anybody answered: demand that the service made itself.

A chaser is a message of the customer's side while they wait for an answer, and is one for either of
two reasons, both kept. **Structural**: four hours of opening time passed since their message
before; it does not matter what they write. **Lexical**: it asks where the answer is (*any
update?*, *still waiting*), however soon. Messages within thirty minutes of the one before are
parts of it. The message that begins the wait chases nobody, whatever it says. Thanks chase
nobody either, nor are they the message before.
Where nobody knows any opening hours, the four hours are those of the calendar; where a helpdesk
tells no text, chasers are structural only. [How often the rules are right](../../text-rules.md).

Another ticket about the same issue, opened while this one is open, asks again as well: however soon, and whether or
not they wait for an answer here. It chases the one ticket that it continues. One that is merged into this is about
the same issue, whatever its topic; its first message stands here too, and where that chases, both count once. One
that begins with nothing but thanks chases nobody.

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

## Example: in another ticket, merged (its message moves) or not

| ticket | when             | who      | what   | customer | topic   | merged_into |
| ------ | ---------------- | -------- | ------ | -------- | ------- | ----------- |
| T1     | 2026-03-02 09:00 | customer | writes | Ada      | billing |             |
| T2     | 2026-03-03 09:00 | customer | writes | Ada      | billing |             |
| T3     | 2026-03-02 09:00 | customer | writes | Bob      | billing |             |
| T4     | 2026-03-03 09:00 | customer | writes | Bob      | billing | T3          |
| T5     | 2026-03-02 09:00 | customer | writes | Cyd      | billing |             |
| T6     | 2026-03-03 09:00 | customer | writes | Cyd      | login   |             |
| T7     | 2026-03-02 09:00 | customer | writes | Dee      | billing |             |
| T8     | 2026-03-02 09:10 | customer | writes | Dee      | billing | T7          |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 1       | 0                  |
| T2            | 0       | 0                  |
| T3            | 1       | 1                  |
| T5            | 0       | 0                  |
| T7            | 1       | 0                  |

## Example: another ticket while nobody waits, after the solve, with thanks, in the same second

| ticket | when             | who      | what                   | customer | topic   | merged_into |
| ------ | ---------------- | -------- | ---------------------- | -------- | ------- | ----------- |
| T1     | 2026-03-02 09:00 | customer | writes                 | Ada      | billing |             |
| T1     | 2026-03-02 10:00 | agent    | writes                 |          |         |             |
| T2     | 2026-03-02 11:00 | customer | writes                 | Ada      | login   | T1          |
| T2     | 2026-03-02 12:00 | customer | writes: update_request |          |         |             |
| T3     | 2026-03-02 09:00 | customer | writes                 | Bob      | billing |             |
| T3     | 2026-03-02 10:00 | agent    | status: solved         |          |         |             |
| T4     | 2026-03-02 11:00 | customer | writes                 | Bob      | billing | T3          |
| T5     | 2026-03-02 09:00 | customer | writes                 | Cyd      | billing |             |
| T6     | 2026-03-02 09:10 | customer | thanks                 | Cyd      | billing |             |
| T7     | 2026-03-02 09:00 | customer | writes                 | Dee      | billing |             |
| T7     | 2026-03-03 09:00 | customer | writes                 |          |         |             |
| T8     | 2026-03-03 09:00 | customer | writes                 | Dee      | billing |             |
| T9     | 2026-03-03 10:00 | customer | writes                 | Dee      | billing |             |
| T10    | 2026-03-02 09:00 | customer | writes                 | Eve      | billing |             |
| T11    | 2026-03-02 08:00 | customer | writes                 | Eve      | billing | T10         |
| T12    | 2026-03-02 09:00 | customer | writes                 | Fay      | billing |             |
| T13    | 2026-03-02 09:30 | agent    | writes                 | Fay      | billing | T12         |

| value: ticket | chasers | structural_chasers |
| ------------- | ------- | ------------------ |
| T1            | 2       | 0                  |
| T3            | 0       | 0                  |
| T5            | 0       | 0                  |
| T7            | 2       | 1                  |
| T8            | 1       | 0                  |
| T10           | 0       | 0                  |
| T12           | 0       | 0                  |

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
    version="2.0.0",
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
    asked = np.append(chases.ticket, t.asked_elsewhere.ticket)
    return np.bincount(asked, minlength=t.n).astype(float)
