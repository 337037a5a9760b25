"""
# Tickets created

How many cases customers brought.

Every ticket that a customer opened, or that an agent wrote down for one on the phone or at a
counter, in the week in which the case began. What an agent or a machine sends on its own counts
once the customer answers it, from that answer on.

## Example: who brought it

| ticket | when             | who      | what   | channel |
| ------ | ---------------- | -------- | ------ | ------- |
| T1     | 2026-03-02 09:00 | customer | writes | email   |
| T2     | 2026-03-02 09:00 | agent    | writes | phone   |
| T3     | 2026-03-02 09:00 | agent    | writes | email   |
| T4     | 2026-03-02 09:00 | agent    | writes | email   |
| T4     | 2026-03-02 11:00 | customer | writes |         |
| T5     | 2026-03-02 09:00 | bot      | writes | email   |
| T6     | 2026-03-02 09:00 | bot      | writes | email   |
| T6     | 2026-03-02 11:00 | customer | writes |         |

| value: ticket | is_contact |
| ------------- | ---------- |
| T1            | 1          |
| T2            | 1          |
| T3            | 0          |
| T4            | 1          |
| T5            | 0          |
| T6            | 1          |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Whether a customer brought the case",
    leg="process",
    unit="share",
    columns={"is_contact": {}},
    sentences={"is_contact": "True if a customer brought the case; False for what nobody asked for."},
    figures=(
        Figure(
            name="tickets_created",
            column="is_contact",
            statistics=("count",),
            title="Tickets created",
            better="neither",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return (~(t.is_outbound | t.is_by_machine)).astype(float)
