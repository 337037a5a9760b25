"""
# Figures as Intercom counts them

What Intercom would say, by its own description of its statistics: for comparison with what it does say, and nothing
else.

Everything runs from the contact's first words; what was done before, such as a message that a teammate began with,
counts for nothing. The reply is a teammate's, never Fin's or a workflow's. Closes and reopenings are those in a later
second than these words, which may reopen the conversation themselves. Whole seconds, since Intercom tells the moments
themselves; it also tells durations in office hours, which are not compared, because it does not show the hours.

## Example: first reply, first and last close, reopenings

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 09:05 | bot      | writes         |
| T1     | 2026-03-02 09:10 | agent    | notes          |
| T1     | 2026-03-02 09:20 | agent    | writes         |
| T1     | 2026-03-02 09:30 | agent    | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 11:00 | customer | writes         |
| T1     | 2026-03-02 11:00 | system   | status: open   |
| T1     | 2026-03-02 12:00 | agent    | status: solved |
| T2     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | first_reply_seconds__intercom | first_close_seconds__intercom | last_close_seconds__intercom |
| ------------- | ----------------------------- | ----------------------------- | ---------------------------- |
| T1            | 1200                          | 3600                          | 10800                        |
| T2            |                               |                               |                              |

| value: ticket | reopens__intercom |
| ------------- | ----------------- |
| T1            | 1                 |
| T2            | 0                 |

## Example: thanks are words like others

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | agent    | writes |
| T1     | 2026-03-02 09:30 | customer | thanks |
| T1     | 2026-03-02 09:40 | agent    | writes |

| value: ticket | first_reply_seconds__intercom |
| ------------- | ----------------------------- |
| T1            | 600                           |

## Example: a teammate began, closed, and the contact wrote later

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | agent    | writes         |
| T1     | 2026-03-02 09:10 | agent    | status: solved |
| T1     | 2026-03-02 09:20 | agent    | status: open   |
| T1     | 2026-03-02 09:30 | customer | writes         |
| T1     | 2026-03-02 09:31 | agent    | writes         |
| T3     | 2026-03-02 09:00 | agent    | writes         |
| T3     | 2026-03-02 09:10 | agent    | status: solved |
| T3     | 2026-03-02 09:30 | customer | writes         |
| T3     | 2026-03-02 09:30 | system   | status: open   |
| T2     | 2026-03-02 09:00 | agent    | writes         |
| T2     | 2026-03-02 09:10 | agent    | status: solved |

| value: ticket | first_reply_seconds__intercom | first_close_seconds__intercom | reopens__intercom |
| ------------- | ----------------------------- | ----------------------------- | ----------------- |
| T1            | 60                            |                               | 0                 |
| T3            |                               |                               | 0                 |
| T2            |                               |                               | 0                 |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Figures as Intercom counts them",
    leg="process",
    unit="count",
    columns={
        "first_reply_seconds__intercom": {"counted": "first_reply"},
        "first_close_seconds__intercom": {"counted": "first_close"},
        "last_close_seconds__intercom": {"counted": "last_close"},
        "reopens__intercom": {"counted": "reopens"},
    },
    sentences={
        "first_reply_seconds__intercom": "Seconds from a contact's words to a teammate's reply, as Intercom counts.",
        "first_close_seconds__intercom": "Seconds from a contact's first words to the first close, as Intercom counts.",
        "last_close_seconds__intercom": "Seconds from a contact's first words to the last close, as Intercom counts.",
        "reopens__intercom": "Reopenings after the contact has written, as Intercom counts them.",
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
    if counted == "reopens":
        return t.count(t.intercom_reopens).astype(float)
    ended = {
        "first_reply": t.first(t.replies, after=t.intercom_contact),
        "first_close": t.first(t.intercom_closes),
        "last_close": t.last(t.intercom_closes),
    }
    return t.seconds_between(t.at(t.intercom_contact), t.at(ended[counted]))
