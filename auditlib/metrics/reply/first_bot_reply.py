"""
# First reply by a bot

How long it takes until a bot answers.

From the customer's first message to the first public message by a bot, as long as no human has
answered. Rules that acknowledge a request are no bots; who is one is told by the helpdesk and by
`bots` in `audit.toml`. Where no bot answers, nothing is waited for: *not applicable*.

## Example: who is a bot, and when its word is an answer

| ticket | when             | who        | what   | channel |
| ------ | ---------------- | ---------- | ------ | ------- |
| T1     | 2026-03-02 09:00 | customer   | writes | chat    |
| T1     | 2026-03-02 09:01 | automation | writes |         |
| T1     | 2026-03-02 09:02 | bot        | notes  |         |
| T1     | 2026-03-02 09:03 | bot        | writes |         |
| T1     | 2026-03-02 09:05 | bot        | writes |         |
| T2     | 2026-03-02 09:00 | customer   | writes | email   |
| T2     | 2026-03-02 09:10 | agent      | writes |         |
| T2     | 2026-03-02 09:20 | bot        | writes |         |
| T3     | 2026-03-02 09:00 | customer   | writes | email   |
| T3     | 2026-03-02 09:10 | bot        | status: open |         |
| T4     | 2026-03-02 09:00 | bot        | writes | api     |
| T4     | 2026-03-02 09:30 | customer   | writes |         |
| T4     | 2026-03-02 09:35 | bot        | writes |         |

| value: ticket | first_bot_reply_minutes | state          |
| ------------- | ----------------------- | -------------- |
| T1            | 3                       | observed       |
| T2            |                         | not_applicable |
| T3            |                         | not_applicable |
| T4            | 5                       | observed       |
"""

import datetime

import numpy as np

from auditlib.metric import Figure, Metric
from auditlib.span import NEVER, Span
from auditlib.timelines import NOWHERE, Timelines

METRIC = Metric(
    title="Time to the first reply by a bot",
    leg="process",
    unit="minutes",
    columns={"first_bot_reply_minutes": {}},
    sentences={"first_bot_reply_minutes": "Minutes until a bot answered; NULL where none did before a human."},
    figures=(
        Figure(
            name="first_bot_reply_minutes",
            column="first_bot_reply_minutes",
            statistics=("p50", "p90"),
            title="First reply by a bot",
            better="lower",
        ),
    ),
    date_basis="created",
    attributed_at="created",
    needs=("solve_history",),
    counter_metric="handoff_minutes",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
)


def value(t: Timelines) -> Span:
    replied = t.first(t.bot_replies)
    asked = np.where(replied == NOWHERE, NEVER, t.at(t.first_ask))
    return t.span(asked, t.at(replied), "calendar")
