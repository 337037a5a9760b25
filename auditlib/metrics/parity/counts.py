"""
# Counts as Zendesk makes them

What Zendesk would say, by its documented rules: for comparison with what it does say, and nothing else.

Replies are all public comments by agents, also the one that opens a ticket. Every change from solved
or closed back is a reopening, whoever made it and why. Each assignment to somebody is a station.

## Example: what counts

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | agent    | writes          |
| T1     | 2026-03-02 09:10 | agent    | assignee: Ann   |
| T1     | 2026-03-02 09:10 | agent    | group: billing  |
| T1     | 2026-03-02 09:20 | agent    | notes           |
| T1     | 2026-03-02 09:30 | agent    | writes          |
| T1     | 2026-03-02 09:30 | agent    | assignee: nobody |
| T1     | 2026-03-02 09:30 | agent    | status: solved  |
| T1     | 2026-03-02 09:40 | agent    | status: open    |
| T1     | 2026-03-02 09:50 | agent    | assignee: Ann   |
| T1     | 2026-03-02 10:00 | agent    | status: closed  |
| T1     | 2026-03-02 10:10 | bot      | writes          |
| T2     | 2026-03-02 09:00 | customer | writes          |

| value: ticket | agent_replies__zendesk | reopens__zendesk | assignee_stations__zendesk | group_stations__zendesk |
| ------------- | ---------------------- | ---------------- | -------------------------- | ----------------------- |
| T1            | 2                      | 1                | 2                          | 1                       |
| T2            | 0                      | 0                | 0                          | 0                       |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Counts as Zendesk makes them",
    leg="process",
    unit="count",
    columns={
        "agent_replies__zendesk": {"counted": "replies"},
        "reopens__zendesk": {"counted": "reopens"},
        "assignee_stations__zendesk": {"counted": "assignee"},
        "group_stations__zendesk": {"counted": "group"},
    },
    sentences={
        "agent_replies__zendesk": "Public comments by agents, by Zendesk's own rules, to compare with it.",
        "reopens__zendesk": "Changes from solved or closed back, by Zendesk's own rules, to compare with it.",
        "assignee_stations__zendesk": "Assignments to a person, by Zendesk's own rules, to compare with it.",
        "group_stations__zendesk": "Assignments to a group, by Zendesk's own rules, to compare with it.",
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "vendor_metrics"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, counted: str) -> np.ndarray:
    if counted in ("replies", "reopens"):
        return t.count(t.replies if counted == "replies" else t.reopens).astype(float)
    return t.zendesk_stations(Kind[counted]).astype(float)
