"""
# Transfers without a note

How often a case was handed on without a word about what is known already.

A transfer has its context if an agent wrote an internal note of at least 20 letters in the ten
minutes before it, or together with it. Whoever takes over without one has to read, or to ask the
customer again. Only cases that were handed on have a value; the published rate is the share of
them with at least one such transfer.

## Example: notes in time, too short, too old, by others

| ticket | when             | who        | what              |
| ------ | ---------------- | ---------- | ----------------- |
| T1     | 2026-03-02 09:00 | customer   | writes            |
| T1     | 2026-03-02 09:00 | automation | group: sales      |
| T1     | 2026-03-02 09:10 | agent      | notes: 20 letters |
| T1     | 2026-03-02 09:20 | agent      | group: billing    |
| T1     | 2026-03-02 09:40 | agent      | group: lamps      |
| T1     | 2026-03-02 09:40 | agent      | notes: 90 letters |
| T2     | 2026-03-02 09:00 | customer   | writes            |
| T2     | 2026-03-02 09:00 | automation | group: sales      |
| T2     | 2026-03-02 09:10 | agent      | notes: 19 letters |
| T2     | 2026-03-02 09:11 | agent      | writes            |
| T2     | 2026-03-02 09:12 | bot        | notes             |
| T2     | 2026-03-02 09:13 | agent      | group: billing    |
| T2     | 2026-03-02 09:14 | agent      | notes             |
| T2     | 2026-03-02 09:25 | agent      | group: sales      |
| T3     | 2026-03-02 09:00 | customer   | writes            |
| T3     | 2026-03-02 09:10 | agent      | notes             |
| T4     | 2026-03-02 09:00 | customer   | writes            |
| T4     | 2026-03-02 09:00 | automation | group: sales      |
| T4     | 2026-03-02 09:20 | agent      | group: billing    |

| value: ticket | transfers_without_note |
| ------------- | ---------------------- |
| T1            | 0                      |
| T2            | 2                      |
| T3            |                        |
| T4            | 1                      |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="How often a case was handed on without a note",
    leg="process",
    unit="count",
    columns={"transfers_without_note": {}},
    sentences={
        "transfers_without_note": "How many of its transfers had no internal note of 20 letters in the ten minutes "
        "before or with them; NULL if it was never handed on.",
    },
    figures=(
        Figure(
            name="transfer_without_note_rate",
            column="transfers_without_note",
            statistics=("rate",),
            title="Cases that were handed on without a note",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "assignment_history", "message_text"),
    counter_metric="transfer_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> np.ndarray:
    return np.where(t.any(t.transfers), t.count(t.transfers_without_note), np.nan)
