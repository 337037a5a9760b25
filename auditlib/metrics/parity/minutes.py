"""
# Durations as Zendesk counts them

What Zendesk would say, by its documented rules: for comparison with what it does say, and nothing else.

Whole minutes, half a minute up, from the ticket's creation. A duration exists only once both its
events have happened, so the unanswered have none. The reply is the first public comment by an
agent; the second one if an agent opened the ticket with the first. The full resolution is the last
solve, also while the ticket is open again. Times in statuses are added up as each stay ends.
Business minutes are all counted on the schedule that the ticket has now.

## Example: half a minute up, notes and robots do not reply

| ticket | when                | who      | what           |
| ------ | ------------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00:00 | customer | writes         |
| T1     | 2026-03-02 09:10:00 | agent    | notes          |
| T1     | 2026-03-02 09:20:00 | bot      | writes         |
| T1     | 2026-03-02 09:30:29 | agent    | writes         |
| T1     | 2026-03-02 09:40:00 | agent    | writes         |
| T2     | 2026-03-06 16:30:00 | customer | writes         |
| T2     | 2026-03-09 09:30:30 | agent    | writes         |
| T3     | 2026-03-02 09:00:00 | customer | writes         |
| T3     | 2026-03-02 10:00:00 | agent    | status: solved |

| value: ticket | first_reply_minutes__zendesk | first_reply_business_minutes__zendesk |
| ------------- | ---------------------------- | ------------------------------------- |
| T1            | 30                           | 30                                    |
| T2            | 3901                         | 61                                    |
| T3            |                              |                                       |

## Example: opened by an agent, the second public comment is the reply

| ticket | when             | who      | what   |
| ------ | ---------------- | -------- | ------ |
| T1     | 2026-03-02 09:00 | agent    | writes |
| T1     | 2026-03-02 09:20 | customer | writes |
| T1     | 2026-03-02 09:50 | agent    | writes |
| T2     | 2026-03-02 09:00 | agent    | writes |
| T3     | 2026-03-02 09:00 | agent    | notes  |
| T3     | 2026-03-02 09:30 | agent    | writes |
| T3     | 2026-03-02 09:50 | agent    | writes |

| value: ticket | first_reply_minutes__zendesk |
| ------------- | ---------------------------- |
| T1            | 50                           |
| T2            |                              |
| T3            | 30                           |

## Example: first and last solve, also while open again

| ticket | when             | who      | what           |
| ------ | ---------------- | -------- | -------------- |
| T1     | 2026-03-02 09:00 | customer | writes         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |
| T1     | 2026-03-02 16:00 | system   | status: open   |
| T1     | 2026-03-03 10:00 | agent    | status: solved |
| T1     | 2026-03-03 11:00 | system   | status: open   |
| T2     | 2026-03-02 09:00 | customer | writes         |
| T2     | 2026-03-02 10:00 | agent    | status: closed |
| T3     | 2026-03-02 09:00 | customer | writes         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |
| T3     | 2026-03-06 10:00 | system   | status: closed |
| T4     | 2026-03-02 09:00 | customer | writes         |

| value: ticket | first_resolution_minutes__zendesk | full_resolution_minutes__zendesk |
| ------------- | --------------------------------- | -------------------------------- |
| T1            | 60                                | 1500                             |
| T2            | 60                                | 60                               |
| T3            | 60                                | 60                               |
| T4            |                                   |                                  |

| value: ticket | full_resolution_business_minutes__zendesk |
| ------------- | ----------------------------------------- |
| T1            | 540                                       |
| T2            | 60                                        |
| T3            | 60                                        |
| T4            |                                           |

## Example: times in statuses, each stay once it has ended as of 2026-03-03 00:00

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 09:10 | agent    | status: open             |
| T1     | 2026-03-02 09:30 | agent    | status: pending_customer |
| T1     | 2026-03-02 10:30 | system   | status: open             |
| T1     | 2026-03-02 10:40 | agent    | status: on_hold          |
| T1     | 2026-03-02 10:45 | agent    | status: open             |
| T2     | 2026-03-02 09:00 | customer | writes                   |

| value: ticket | customer_wait_by_status_minutes__zendesk | waiting_on_customer_minutes__zendesk |
| ------------- | ---------------------------------------- | ------------------------------------ |
| T1            | 45                                       | 60                                   |
| T2            | 0                                        | 0                                    |

| value: ticket | on_hold_minutes__zendesk |
| ------------- | ------------------------ |
| T1            | 5                        |
| T2            | 0                        |
"""

import datetime

import numpy as np

from auditlib.caselog.words import Status
from auditlib.metric import Metric
from auditlib.timelines import Timelines

MEASURED = {
    "first_reply": "First reply",
    "first_resolution": "First resolution",
    "full_resolution": "Full resolution",
    "customer_wait_by_status": "New, open and on hold",
    "waiting_on_customer": "Pending",
    "on_hold": "On hold",
}
IN = {
    "customer_wait_by_status": (Status.new, Status.open, Status.on_hold),
    "waiting_on_customer": (Status.pending_customer,),
    "on_hold": (Status.on_hold,),
}

METRIC = Metric(
    title="Durations as Zendesk counts them",
    leg="process",
    unit="count",
    columns={
        f"{measured}{part}__zendesk": {"measured": measured, "clock": clock}
        for measured in MEASURED
        for part, clock in (("_minutes", "calendar"), ("_business_minutes", "business"))
    },
    sentences={
        f"{measured}{part}__zendesk": f"{title} in whole {words}minutes by Zendesk's own rules, to compare with it."
        for measured, title in MEASURED.items()
        for part, words in (("_minutes", ""), ("_business_minutes", "business "))
    },
    figures=(),
    date_basis="created",
    attributed_at="created",
    needs=("status_history", "detailed_statuses", "vendor_metrics"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, measured: str, clock: str) -> np.ndarray:
    if measured in IN:
        return t.whole_minutes_in(IN[measured], clock)
    solves = t.zendesk_solves
    ended = {"first_reply": t.zendesk_reply, "first_resolution": t.first(solves), "full_resolution": t.last(solves)}
    return t.whole_minutes(t.tickets["created_at"], t.at(ended[measured]), clock)
