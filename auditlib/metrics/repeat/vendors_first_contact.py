"""
# First contact in vendors' words

What six vendors call one-touch, first contact resolution or first solution, each as its own documentation says, so
that nobody has to guess why two numbers with one name differ.

| column | resolved, and … |
| --- | --- |
| `one_touch__zendesk` | fewer than two public replies by agents, none included |
| `fcr__freshdesk` | nobody wrote between the first reply and the first solve |
| `fcr__freshservice` | the customer wrote no second time, however often agents did |
| `fcr__intercom` | solved once, by one teammate |
| `fcr__zoho` | exactly one public reply by an agent |
| `first_solution__zammad` | within fifteen minutes of its creation, reopened or not |

Zendesk's German help page and dbt's package for Zendesk call one-touch what Zoho calls first contact resolution:
exactly one public reply. None of them asks whether the customer came back with another ticket, and none waits until
that can be known. They count in the week of the last solve. A ticket that is not solved now has no value; for Zammad
one that never was.

## Example: six tickets, six opinions

| ticket | when             | who       | what           |
| ------ | ---------------- | --------- | -------------- |
| T1     | 2026-03-02 09:00 | customer  | writes         |
| T1     | 2026-03-02 09:15 | agent Ann | writes         |
| T1     | 2026-03-02 09:15 | agent Ann | status: solved |
| T2     | 2026-03-02 09:00 | customer  | writes         |
| T2     | 2026-03-02 09:16 | agent Ann | status: solved |
| T3     | 2026-03-02 09:00 | customer  | writes         |
| T3     | 2026-03-02 10:00 | agent Ann | writes         |
| T3     | 2026-03-02 11:00 | customer  | writes         |
| T3     | 2026-03-02 12:00 | agent Ann | status: solved |
| T4     | 2026-03-02 09:00 | customer  | writes         |
| T4     | 2026-03-02 10:00 | agent Ann | writes         |
| T4     | 2026-03-02 11:00 | agent Bob | writes         |
| T4     | 2026-03-02 12:00 | agent Bob | status: solved |
| T5     | 2026-03-02 09:00 | customer  | writes         |
| T5     | 2026-03-02 09:05 | agent Ann | writes         |
| T5     | 2026-03-02 09:10 | agent Ann | status: solved |
| T5     | 2026-03-02 09:20 | agent Ann | status: open   |
| T6     | 2026-03-02 09:00 | customer  | writes         |
| T6     | 2026-03-02 10:00 | agent Ann | writes         |
| T6     | 2026-03-02 10:00 | agent Ann | status: solved |
| T6     | 2026-03-02 11:00 | customer  | thanks         |
| T6     | 2026-03-02 11:00 | system    | status: open   |
| T6     | 2026-03-02 12:00 | agent Ann | status: solved |
| T7     | 2026-03-02 09:00 | customer  | writes         |

| value: ticket | one_touch__zendesk | fcr__freshdesk | fcr__freshservice |
| ------------- | ------------------ | -------------- | ----------------- |
| T1            | 1                  | 1              | 1                 |
| T2            | 1                  | 0              | 1                 |
| T3            | 1                  | 0              | 0                 |
| T4            | 0                  | 0              | 1                 |
| T5            |                    |                |                   |
| T6            | 1                  | 1              | 0                 |
| T7            |                    |                |                   |

| value: ticket | fcr__intercom | fcr__zoho | first_solution__zammad |
| ------------- | ------------- | --------- | ---------------------- |
| T1            | 1             | 1         | 1                      |
| T2            | 0             | 0         | 0                      |
| T3            | 1             | 1         | 0                      |
| T4            | 0             | 0         | 0                      |
| T5            |               |           | 1                      |
| T6            | 0             | 1         | 0                      |
| T7            |               |           |                        |

## Example: who wrote twice is one teammate, and who wrote first is one too

| ticket | when             | who       | what           |
| ------ | ---------------- | --------- | -------------- |
| T1     | 2026-03-02 09:00 | customer  | writes         |
| T1     | 2026-03-02 10:00 | agent Ann | writes         |
| T1     | 2026-03-02 11:00 | agent Ann | writes         |
| T1     | 2026-03-02 12:00 | agent Ann | status: solved |
| T2     | 2026-03-02 09:00 | agent Ann | writes         |
| T2     | 2026-03-02 10:00 | customer  | writes         |
| T2     | 2026-03-02 11:00 | agent Bob | writes         |
| T2     | 2026-03-02 12:00 | agent Bob | status: solved |

| value: ticket | one_touch__zendesk | fcr__intercom |
| ------------- | ------------------ | ------------- |
| T1            | 0                  | 1             |
| T2            | 0                  | 0             |

## Example: what counts as writing between, and which solve

| ticket | when             | who       | what           | channel |
| ------ | ---------------- | --------- | -------------- | ------- |
| T1     | 2026-03-02 09:00 | customer  | writes         | chat    |
| T1     | 2026-03-02 09:10 | agent Ann | writes         |         |
| T1     | 2026-03-02 09:11 | agent Ann | writes         |         |
| T1     | 2026-03-02 09:20 | agent Ann | status: solved |         |
| T2     | 2026-03-02 09:00 | customer  | writes         | email   |
| T2     | 2026-03-02 09:10 | agent Ann | writes         |         |
| T2     | 2026-03-02 09:11 | customer  | thanks         |         |
| T2     | 2026-03-02 09:20 | agent Ann | status: solved |         |
| T3     | 2026-03-02 09:00 | customer  | writes         | email   |
| T3     | 2026-03-02 09:10 | agent Ann | status: solved |         |
| T3     | 2026-03-02 11:00 | agent Ann | status: open   |         |
| T3     | 2026-03-02 12:00 | agent Ann | status: solved |         |

| value: ticket | fcr__freshdesk | first_solution__zammad |
| ------------- | -------------- | ---------------------- |
| T1            | 0              | 0                      |
| T2            | 0              | 0                      |
| T3            | 0              | 1                      |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.timelines import NOWHERE, Timelines

AT_ONCE = 15 * 60
VENDORS = {
    "one_touch__zendesk": "Zendesk: one-touch",
    "fcr__freshdesk": "Freshdesk: first contact resolution",
    "fcr__freshservice": "Freshservice: first contact resolution",
    "fcr__intercom": "Intercom: closed on first contact",
    "fcr__zoho": "Zoho Desk: first contact resolution",
    "first_solution__zammad": "Zammad: first solution",
}

METRIC = Metric(
    title="First contact resolution as a vendor defines it",
    leg="outcome",
    unit="share",
    columns={name: {"vendor": name.rpartition("__")[2]} for name in VENDORS},
    sentences={name: f"{title}, as that vendor defines it." for name, title in VENDORS.items()},
    figures=tuple(
        Figure(name=name, column=name, statistics=("rate",), title=title, better="higher", breakdowns=())
        for name, title in VENDORS.items()
    ),
    date_basis="solved",
    attributed_at="solve",
    needs=("status_history",),
    counter_metric="came_back_rate_7d",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines, vendor: str) -> np.ndarray:
    if vendor == "zammad":
        took = t.at(t.first_solve) - t.tickets["created_at"]
        return np.where(t.first_solve == NOWHERE, np.nan, took <= AT_ONCE)
    written = t.count(t.replies)
    holds = {
        "zendesk": written < 2,
        "freshdesk": (t.first_reply != NOWHERE) & (t.first(t.replies | t.is_said, after=t.first_reply) > t.first_solve),
        "freshservice": t.count(t.is_said) < 2,
        "intercom": (t.count(t.solves) == 1) & (t.repliers == 1),
        "zoho": written == 1,
    }
    return np.where(t.is_done, holds[vendor], np.nan)
