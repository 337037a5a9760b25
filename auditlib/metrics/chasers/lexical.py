"""
# Chasers in so many words

How often customers asked where the answer is: *any update?*, *still waiting*, *did you get my message?*

Messages of the customer's side while they wait for an answer, beginning with the second, in which the
rules see such words; those within thirty minutes of the one before are parts of it. They are among the
*Chasers*, whether four hours had passed or not. [How often the rules are right](../../text-rules.md).

## Example: in words, by waiting, and both

| ticket | when             | who      | what                   |
| ------ | ---------------- | -------- | ---------------------- |
| T1     | 2026-03-02 09:00 | customer | writes: update_request |
| T1     | 2026-03-02 09:30 | customer | writes: update_request |
| T2     | 2026-03-02 09:00 | customer | writes                 |
| T2     | 2026-03-04 10:00 | customer | writes                 |
| T2     | 2026-03-04 11:00 | agent    | writes                 |
| T2     | 2026-03-05 11:00 | customer | writes: update_request |
| T3     | 2026-03-02 09:00 | customer | writes                 |
| T3     | 2026-03-04 10:00 | customer | writes: update_request |
| T4     | 2026-03-02 09:00 | customer | writes                 |

| value: ticket | lexical_chasers |
| ------------- | --------------- |
| T1            | 1               |
| T2            | 0               |
| T3            | 1               |
| T4            | 0               |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often the customer asked where the answer is",
    leg="process",
    version="1.1.0",
    unit="count",
    columns={"lexical_chasers": {}},
    sentences={"lexical_chasers": "How often the customer, waiting, asked in so many words where the answer is."},
    figures=(),
    date_basis="created",
    attributed_at="chase",
    needs=("message_text",),
    counter_metric="next_reply_business_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.bincount(t.chases.ticket[t.chases.is_lexical], minlength=t.n).astype(float)
