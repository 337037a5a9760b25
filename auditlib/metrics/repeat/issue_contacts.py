"""
# Contacts per issue

How many tickets, on how many channels, a customer needed for one issue.

An issue is made of all tickets that links join end to end, whatever lies between them: repeats after a solve, tickets
opened while an earlier one was open, and calls put through, which are no contacts of their own. The numbers
stand with the issue's first ticket, in the week in which it was created; other tickets have none. A young issue
may still grow: read its week again a month later.

## Example: three tickets on two channels, two strangers, a call put through

| ticket | when             | who      | what           | customer | topic   | channel |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         | Ada      | billing | email   |
| T2     | 2026-03-02 12:00 | customer | writes         | Ada      | billing | chat    |
| T1     | 2026-03-03 10:00 | agent    | status: solved |          |         |         |
| T2     | 2026-03-03 11:00 | agent    | status: solved |          |         |         |
| T3     | 2026-03-05 12:00 | customer | writes         | Ada      | billing | email   |
| T4     | 2026-03-02 09:00 | customer | writes         | Bob      | billing | email   |
| T5     | 2026-03-02 10:00 | agent    | writes         | Cyd      | billing | phone   |
| T5     | 2026-03-02 10:05 | agent    | status: solved |          |         |         |
| T6     | 2026-03-02 10:10 | agent    | writes         | Cyd      | billing | phone   |
| T7     | 2026-03-04 10:00 | agent    | writes         | Dee      | billing | email   |
| T7     | 2026-03-04 11:00 | customer | writes         |          |         |         |

| value: ticket | issue_contacts | issue_channels |
| ------------- | -------------- | -------------- |
| T1            | 3              | 2              |
| T2            |                |                |
| T3            |                |                |
| T4            | 1              | 1              |
| T5            | 1              | 1              |
| T6            |                |                |
| T7            |                |                |

## Example: a call put through, and a ticket that was deleted

| ticket | when             | who      | what           | customer | topic   | channel |
| ------ | ---------------- | -------- | -------------- | -------- | ------- | ------- |
| T1     | 2026-03-02 10:00 | agent    | writes         | Ada      | billing | phone   |
| T1     | 2026-03-02 10:05 | agent    | status: solved |          |         |         |
| T2     | 2026-03-02 10:10 | agent    | writes         | Ada      | billing | phone   |
| T3     | 2026-03-02 10:00 | customer | writes         | Bob      | billing | email   |
| T3     | 2026-03-02 11:00 | agent    | deletes        |          |         |         |

| value: ticket | issue_contacts |
| ------------- | -------------- |
| T1            | 1              |
| T2            |                |
| T3            |                |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="Tickets that a customer needed for one issue",
    leg="outcome",
    unit="count",
    columns={"issue_contacts": {"of": "contacts"}, "issue_channels": {"of": "channels"}},
    sentences={
        "issue_contacts": "Tickets that the customer needed for the issue that began with this one; NULL for others.",
        "issue_channels": "Channels on which the customer brought up the issue that it began; NULL for others.",
    },
    figures=(
        Figure(
            name="contacts_per_issue",
            column="issue_contacts",
            statistics=("p50", "p90"),
            title="Tickets needed for one issue",
            better="lower",
        ),
        Figure(
            name="issues_of_3_contacts",
            column="issue_contacts",
            statistics=("rate",),
            at_least=3,
            title="Issues that took three tickets or more",
            better="lower",
        ),
        Figure(
            name="issues_of_5_contacts",
            column="issue_contacts",
            statistics=("rate",),
            at_least=5,
            title="Issues that took five tickets or more",
            better="lower",
        ),
        Figure(
            name="issues_on_2_channels",
            column="issue_channels",
            statistics=("rate",),
            at_least=2,
            title="Issues that took two channels or more",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, of: str) -> np.ndarray:
    is_contact = t.is_contact & t.is_in_scope & (t.forwarded_from < 0)
    several = t.different_in_issue(t.tickets["channel"], is_contact) if of == "channels" else t.in_issue(is_contact)
    return np.where(t.begins_issue & is_contact, several, np.nan)
