"""
# Why Zendesk's own figure may differ

What happened to a ticket that makes Zendesk's figure another than its rules would give.

Compared are the figure that Zendesk shows and the one that its documented rules give. Where they
differ, one of these is the reason: `later_event`, the helpdesk shows what happened after the
midnight that is audited; `deleted`, the ticket was deleted or came back; `merged`, its messages or
those of another ticket moved; `schedule_changed`, it kept several schedules, or one that was edited
since; `role_changed`, it has public messages by somebody who is neither customer nor agent for us;
`opened_by_agent`, for targets only: Zendesk's clocks run from the creation. If none of these
happened, the reason is `unknown`, and somebody should look.

## Example: what is told of each ticket

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 09:10 | agent    | writes         |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 09:10 | agent    | deletes        |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 09:10 | agent    | deletes        |
| T3     | 2026-03-02 09:20 | agent    | restores       |
| T4     | 2026-03-02 09:00 | customer | writes         |
| T4     | 2026-03-02 09:10 | unknown  | writes         |
| T5     | 2026-03-02 09:00 | customer | writes         |
| T5     | 2026-03-02 09:10 | bot      | notes          |
| T6     | 2026-03-02 09:00 | agent    | writes         |

| value: ticket | why_other_than__zendesk | why_other_hours__zendesk |
| ------------- | ----------------------- | ------------------------ |
| T1            |                         |                          |
| T2            | deleted                 | deleted                  |
| T3            | deleted                 | deleted                  |
| T4            |                         |                          |
| T5            |                         |                          |
| T6            |                         |                          |

| value: ticket | why_other_authors__zendesk | why_other_targets__zendesk |
| ------------- | -------------------------- | -------------------------- |
| T1            |                            |                            |
| T2            | deleted                    | deleted                    |
| T3            | deleted                    | deleted                    |
| T4            | role_changed               |                            |
| T5            |                            |                            |
| T6            |                            | opened_by_agent            |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Why Zendesk's own figure may differ",
    leg="process",
    unit="word",
    columns={
        "why_other_than__zendesk": {"of": "circumstance"},
        "why_other_hours__zendesk": {"of": "circumstance_of_hours"},
        "why_other_authors__zendesk": {"of": "circumstance_of_authors"},
        "why_other_targets__zendesk": {"of": "circumstance_of_targets"},
    },
    sentences={
        "why_other_than__zendesk": "What makes Zendesk's figures others than its rules would give; NULL if nothing.",
        "why_other_hours__zendesk": "The same for business minutes, which also differ once schedules change.",
        "why_other_authors__zendesk": "The same for replies, which also differ over who counts as an agent.",
        "why_other_targets__zendesk": "The same for targets, whose clocks also differ if an agent opened the ticket.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("vendor_metrics",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, of: str) -> np.ndarray:
    told: np.ndarray = getattr(t, of)
    return told
