"""
# Empty first reply

Whether the first answer by a human only said that the request was received.

Such a reply makes the first-reply time look good and does nothing for the customer. Only tickets
that a human answered count; automatic acknowledgements and bots are no replies.

## Example: received, and answered

| ticket | when             | who        | what                    |
| ------ | ---------------- | ---------- | ----------------------- |
| T1     | 2026-03-02 09:00 | customer   | writes                  |
| T1     | 2026-03-02 09:05 | agent      | writes: acknowledgement |
| T1     | 2026-03-02 10:00 | agent      | writes                  |
| T2     | 2026-03-02 09:00 | customer   | writes                  |
| T2     | 2026-03-02 09:01 | automation | writes: acknowledgement |
| T2     | 2026-03-02 09:05 | agent      | writes                  |
| T2     | 2026-03-02 10:00 | agent      | writes: acknowledgement |
| T3     | 2026-03-02 09:00 | customer   | writes                  |
| T3     | 2026-03-02 09:01 | automation | writes: acknowledgement |
| T4     | 2026-03-02 09:00 | agent      | writes: acknowledgement |

| value: ticket | is_first_reply_empty |
| ------------- | -------------------- |
| T1            | 1                    |
| T2            | 0                    |
| T3            |                      |
| T4            |                      |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Marker
from auditlib.metric import Figure, Metric
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Whether the first reply only acknowledged",
    leg="process",
    unit="share",
    columns={"is_first_reply_empty": {}},
    sentences={
        "is_first_reply_empty": "True if the first reply by a human only said that the request was received; "
        "NULL if nobody replied.",
    },
    figures=(
        Figure(
            name="empty_first_reply_rate",
            column="is_first_reply_empty",
            statistics=("rate",),
            title="First replies that only acknowledge",
            better="lower",
        ),
    ),
    date_basis="replied",
    attributed_at="reply",
    needs=("solve_history", "message_text"),
    counter_metric="first_reply_business_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    only_acknowledges = t.is_at(t.marked(Marker.acknowledgement), t.first_reply)
    return np.where(t.first_reply != NOWHERE, only_acknowledges, np.nan)
