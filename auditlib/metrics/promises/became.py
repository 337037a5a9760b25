"""
# What became of promises

What a promise came to: kept, late, broken, superseded, withdrawn or pending.

A promise is a public message in which a human of ours says what will be done and by when: *I
will get back to you by Friday*. It is **kept** by the next public message of a human that says
something, up to the due moment; a receipt, another promise or a machine's mail keeps nothing,
unless a human solves the case with it. It is **late** if that message comes later, **broken** if
none has come, **superseded** if a new promise came before it was due, **withdrawn** if the
customer needed nothing any more, and **pending** until every source is known beyond its due
moment. One message makes one promise, the first that names a time. A message that promises
without one (*soon*, *as soon as we hear*) is vague, one whose time can be read in two ways
(*by 3/4*) ambiguous: neither is decided.

**Due** is what a customer may expect at the latest. *Within 24 hours* is the calendar's; *within two
business days*, *by Friday*, *tomorrow* and *by the end of the day* mean the close of that day on
the opening hours that hold for the case, or its midnight if nobody works on it. *Two to three
days* are three, *this week* and *next week* end with their Friday, *next Friday* is that of next
week. Days are those of the schedule's own time zone. Where nobody knows any hours, a day ends at
midnight and Monday to Friday are worked. [How often the rules are right](../../text-rules.md).

## Example: kept, late, broken

| ticket | when             | who      | what                      |
| ------ | ---------------- | -------- | ------------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                    |
| T1     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T1     | 2026-03-03 10:00 | agent    | writes                    |
| T2     | 2026-03-02 09:00 | customer | writes                    |
| T2     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T2     | 2026-03-03 10:01 | agent    | writes                    |
| T3     | 2026-03-02 09:00 | customer | writes                    |
| T3     | 2026-03-02 10:00 | agent    | promises: within 24 hours |
| T3     | 2026-03-02 11:00 | agent    | notes                     |
| T3     | 2026-03-02 12:00 | bot      | writes                    |
| T3     | 2026-03-02 13:00 | agent    | writes: acknowledgement   |
| T3     | 2026-03-02 14:00 | agent    | promises: soon            |
| T3     | 2026-03-02 15:00 | customer | writes                    |
| T3     | 2026-03-02 16:00 | agent    | status: solved            |

| value: ticket | promise | promise_state |
| ------------- | ------- | ------------- |
| T1            | 1       | kept          |
| T2            | 1       | late          |
| T3            | 1       | broken        |
| T3            | 2       |               |

## Example: solved with a few words, superseded, withdrawn

| ticket | when             | who      | what                    |
| ------ | ---------------- | -------- | ----------------------- |
| T1     | 2026-03-02 10:00 | agent    | promises: by Friday     |
| T1     | 2026-03-03 10:00 | agent    | writes: acknowledgement |
| T1     | 2026-03-03 10:00 | agent    | status: solved          |
| T2     | 2026-03-02 10:00 | agent    | promises: by Friday     |
| T2     | 2026-03-03 10:00 | agent    | promises: by Monday     |
| T2     | 2026-03-09 10:00 | agent    | writes                  |
| T3     | 2026-03-02 10:00 | agent    | promises: by Friday     |
| T3     | 2026-03-03 10:00 | customer | writes: withdrawal      |
| T3     | 2026-03-04 10:00 | agent    | writes                  |
| T4     | 2026-03-02 10:00 | agent    | promises: by Friday     |
| T4     | 2026-03-06 18:00 | agent    | promises: by Monday     |
| T5     | 2026-03-02 10:00 | agent    | promises: by Friday     |
| T5     | 2026-03-03 10:00 | agent    | writes: acknowledgement |
| T5     | 2026-03-03 10:00 | system   | status: solved          |

| value: ticket | promise | promise_state |
| ------------- | ------- | ------------- |
| T1            | 1       | kept          |
| T2            | 1       | superseded    |
| T2            | 2       | kept          |
| T3            | 1       | withdrawn     |
| T4            | 1       | broken        |
| T4            | 2       | broken        |
| T5            | 1       | broken        |

## Example: due on opening hours, as of 2026-03-05 17:01

| ticket | when             | who   | what                            |
| ------ | ---------------- | ----- | ------------------------------- |
| T1     | 2026-03-03 10:00 | agent | promises: within 2 business days |
| T2     | 2026-03-03 10:00 | agent | promises: within 3 business days |
| T3     | 2026-03-05 10:00 | agent | promises: by end of day         |
| T4     | 2026-03-05 17:00 | agent | promises: by end of day         |
| T5     | 2026-03-05 10:00 | agent | promises: by Friday             |
| T6     | 2026-03-05 10:00 | agent | promises: by 3/4                |
| T7     | 2026-03-05 13:00 | agent | promises: within 4 business hours |
| T8     | 2026-03-05 13:01 | agent | promises: within 4 business hours |

| value: ticket | promise | promise_state |
| ------------- | ------- | ------------- |
| T1            | 1       | broken        |
| T2            | 1       | pending       |
| T3            | 1       | broken        |
| T4            | 1       | pending       |
| T5            | 1       | pending       |
| T6            | 1       |               |
| T7            | 1       | broken        |
| T8            | 1       | pending       |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.span import NEVER
from auditlib.timelines import Kept, Timelines

METRIC = Metric(
    title="What became of the promise",
    leg="process",
    unit="word",
    of="promise",
    columns={"promise_state": {}},
    sentences={
        "promise_state": "kept, late, broken, superseded, withdrawn or pending; NULL if it is vague or ambiguous.",
    },
    figures=(),
    date_basis="due",
    attributed_at="reply",
    needs=("message_text",),
    counter_metric="vague_promise_rate",
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "PRM-010",
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "promise_state", "value_set": [kept.name for kept in Kept if kept]},
            "severity": "critical",
            "notes": "A promise is kept, late, broken, superseded, withdrawn or pending.",
        },
    ),
)


def value(t: Timelines) -> np.ndarray:
    words = np.array([kept.name if kept else None for kept in Kept], object)
    return words[t.promises.state]


def changes_at(t: Timelines) -> np.ndarray:
    """A pending promise becomes a broken one once its due moment is known to be over."""
    return np.where(t.promises.state == Kept.pending, t.promises.due_at + 1, NEVER)
