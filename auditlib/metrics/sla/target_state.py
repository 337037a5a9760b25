"""
# State of a target

What became of each thing that a service level promised of a ticket.

A policy promises times by priority. Its version and the priority are frozen when it is applied;
the clock that it limits is the ticket's own, so a target that is applied late has run since the
beginning; what ended before it was applied, or in that second, is none. Judged is by durations, not
by what the helpdesk has stored:

* **achieved**: kept by the due moment;
* **breached**: not kept by then, whether or not it was later;
* **active**: neither kept nor due yet, running or pausing;
* **fulfilled_without_reply**: solved in time, but without the reply or update that was promised;
* **cancelled**: the ticket was merged away or deleted first, or the promise was taken back;
* **no_policy**: nothing is promised of this ticket: never counted as met;
* **unmeasurable**: it is not known which policy applies, what it says, or which hours it counts.

Every ticket has one row for each target, or one row that says why there is none, so the states add
up. A target on business hours that runs out as the office closes is due at the closing.

What can be promised: `first_reply` and `next_reply` run from the customer's message to the public
human reply; `requester_wait` runs while new, open or on hold, `agent_work` while new or open,
`resolution` in all of them and pending: a solve stops them, and a reopening lets them go on;
`pausable_update` and `periodic_update` run from one public human message to the next, the first of
them not while pending. An update whose clock never ran, because the ticket was pending or solved all the
while or the next message stands in the same second, was owed to nobody and has no row.

## Example: achieved, breached, still running, overdue as of 2026-03-02 11:30

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | business |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 10:00 | agent    | writes           |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:01 | agent    | writes           |
| T3     | 2026-03-02 10:30 | customer | writes           |
| T3     | 2026-03-02 10:30 | system   | priority: normal |
| T3     | 2026-03-02 10:30 | system   | policy: Gold     |
| T4     | 2026-03-02 10:29 | customer | writes           |
| T4     | 2026-03-02 10:29 | system   | priority: normal |
| T4     | 2026-03-02 10:29 | system   | policy: Gold     |
| T5     | 2026-03-01 20:00 | customer | writes           |
| T5     | 2026-03-01 20:00 | system   | priority: normal |
| T5     | 2026-03-01 20:00 | system   | policy: Gold     |
| T5     | 2026-03-02 10:00 | agent    | writes           |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | achieved     |
| T2            | 1      | breached     |
| T3            | 1      | active       |
| T4            | 1      | breached     |
| T5            | 1      | achieved     |

## Example: solved without a reply, deleted, merged away, and nothing promised

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 09:30 | agent    | status: solved   |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 09:30 | agent    | deletes          |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: normal |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T3     | 2026-03-02 09:30 | agent    | status: closed   |
| T3     | 2026-03-02 09:30 | agent    | merged: T1       |
| T4     | 2026-03-02 09:00 | customer | writes           |
| T4     | 2026-03-02 09:00 | system   | priority: normal |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | system   | priority: normal |
| T5     | 2026-03-02 09:00 | system   | policy: Silver   |
| T6     | 2026-03-02 09:00 | customer | writes           |
| T6     | 2026-03-02 09:00 | system   | priority: normal |
| T6     | 2026-03-02 09:00 | system   | policy: Gold     |
| T6     | 2026-03-02 10:30 | agent    | deletes          |
| T7     | 2026-03-02 09:00 | customer | writes           |
| T7     | 2026-03-02 09:00 | system   | priority: low    |
| T7     | 2026-03-02 09:00 | system   | policy: Gold     |

| value: ticket | target | target_state            |
| ------------- | ------ | ----------------------- |
| T1            | 1      | fulfilled_without_reply |
| T2            | 1      | cancelled               |
| T3            | 1      | cancelled               |
| T4            | 1      | no_policy               |
| T5            | 1      | unmeasurable            |
| T6            | 1      | breached                |
| T7            | 1      | no_policy               |

## Example: applied late, the clock still runs from the beginning

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | calendar |
| Gold   | first_reply | urgent   | 30      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:50 | system   | policy: Gold     |
| T1     | 2026-03-02 10:05 | agent    | writes           |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 09:10 | agent    | priority: urgent |
| T2     | 2026-03-02 09:40 | agent    | writes           |
| T3     | 2026-03-02 09:00 | customer | writes           |
| T3     | 2026-03-02 09:00 | system   | priority: urgent |
| T3     | 2026-03-02 09:00 | system   | policy: Gold     |
| T3     | 2026-03-02 09:35 | agent    | priority: normal |
| T3     | 2026-03-02 09:55 | agent    | writes           |
| T4     | 2026-03-02 09:00 | customer | writes           |
| T4     | 2026-03-02 09:00 | system   | priority: normal |
| T4     | 2026-03-02 09:00 | system   | policy: Gold     |
| T4     | 2026-03-02 09:10 | agent    | writes           |
| T4     | 2026-03-02 09:20 | agent    | priority: urgent |
| T5     | 2026-03-02 09:00 | customer | writes           |
| T5     | 2026-03-02 09:00 | system   | priority: normal |
| T5     | 2026-03-02 09:00 | system   | policy: Gold     |
| T5     | 2026-03-02 09:20 | system   | policy: nobody   |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | breached     |
| T2            | 1      | breached     |
| T3            | 1      | breached     |
| T3            | 2      | achieved     |
| T4            | 1      | achieved     |
| T5            | 1      | cancelled    |

## Example: of two policies in one second the later one holds

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 30      | calendar |
| Silver | first_reply | normal   | 90      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 09:00 | system   | policy: Silver   |
| T1     | 2026-03-02 10:00 | agent    | writes           |
| T2     | 2026-03-02 09:00 | customer | writes           |
| T2     | 2026-03-02 09:00 | system   | priority: normal |
| T2     | 2026-03-02 09:00 | system   | policy: Silver   |
| T2     | 2026-03-02 09:00 | system   | policy: Gold     |
| T2     | 2026-03-02 10:00 | agent    | writes           |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | achieved     |
| T2            | 1      | breached     |

## Example: what an agent wrote before the customer did owes an update from the customer's message on

| policy | promises        | priority | minutes | clock    |
| ------ | --------------- | -------- | ------- | -------- |
| Gold   | periodic_update | normal   | 60      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | agent    | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 12:00 | agent    | writes           |
| T1     | 2026-03-04 09:00 | customer | writes           |
| T1     | 2026-03-04 09:59 | agent    | writes           |
| T1     | 2026-03-04 11:00 | agent    | writes           |
| T1     | 2026-03-04 11:30 | agent    | status: solved   |

| value: ticket | target | target_state            |
| ------------- | ------ | ----------------------- |
| T1            | 1      | achieved                |
| T1            | 2      | breached                |
| T1            | 3      | fulfilled_without_reply |

## Example: a policy that is edited changes nothing that was promised before

| policy | promises    | priority | minutes | clock    | since            |
| ------ | ----------- | -------- | ------- | -------- | ---------------- |
| Gold   | first_reply | normal   | 60      | calendar |                  |
| Gold   | first_reply | normal   | 20      | calendar | 2026-03-02 09:30 |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 09:50 | agent    | writes           |
| T2     | 2026-03-02 09:30 | customer | writes           |
| T2     | 2026-03-02 09:30 | system   | priority: normal |
| T2     | 2026-03-02 09:30 | system   | policy: Gold     |
| T2     | 2026-03-02 10:00 | agent    | writes           |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | achieved     |
| T2            | 1      | breached     |

## Example: each wait for a reply has its own target

| policy | promises    | priority | minutes | clock    |
| ------ | ----------- | -------- | ------- | -------- |
| Gold   | first_reply | normal   | 60      | calendar |
| Gold   | next_reply  | normal   | 30      | calendar |

| ticket | when             | who      | what             |
| ------ | ---------------- | -------- | ---------------- |
| T1     | 2026-03-02 09:00 | customer | writes           |
| T1     | 2026-03-02 09:00 | system   | priority: normal |
| T1     | 2026-03-02 09:00 | system   | policy: Gold     |
| T1     | 2026-03-02 09:45 | agent    | writes           |
| T1     | 2026-03-02 10:00 | customer | writes           |
| T1     | 2026-03-02 10:20 | customer | writes           |
| T1     | 2026-03-02 10:35 | agent    | writes           |
| T1     | 2026-03-02 11:00 | customer | writes           |
| T1     | 2026-03-02 11:30 | agent    | writes           |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | achieved     |
| T1            | 2      | breached     |
| T1            | 3      | achieved     |

## Example: clocks that pause as of 2026-03-02 13:00

| policy | promises       | priority | minutes | clock    |
| ------ | -------------- | -------- | ------- | -------- |
| Wait   | requester_wait | normal   | 60      | calendar |
| Work   | agent_work     | normal   | 60      | calendar |
| Whole  | resolution     | normal   | 60      | calendar |

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 09:00 | system   | priority: normal         |
| T1     | 2026-03-02 09:00 | system   | policy: Wait             |
| T1     | 2026-03-02 09:20 | agent    | status: pending_customer |
| T1     | 2026-03-02 10:20 | customer | status: open             |
| T1     | 2026-03-02 11:00 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 09:00 | system   | priority: normal         |
| T2     | 2026-03-02 09:00 | system   | policy: Wait             |
| T2     | 2026-03-02 09:20 | agent    | status: on_hold          |
| T2     | 2026-03-02 10:20 | agent    | status: open             |
| T2     | 2026-03-02 10:30 | agent    | status: solved           |
| T3     | 2026-03-02 09:00 | customer | writes                   |
| T3     | 2026-03-02 09:00 | system   | priority: normal         |
| T3     | 2026-03-02 09:00 | system   | policy: Work             |
| T3     | 2026-03-02 09:20 | agent    | status: on_hold          |
| T3     | 2026-03-02 10:20 | agent    | status: open             |
| T3     | 2026-03-02 10:30 | agent    | status: solved           |
| T4     | 2026-03-02 09:00 | customer | writes                   |
| T4     | 2026-03-02 09:00 | system   | priority: normal         |
| T4     | 2026-03-02 09:00 | system   | policy: Whole            |
| T4     | 2026-03-02 09:20 | agent    | status: pending_customer |
| T4     | 2026-03-02 10:20 | agent    | status: solved           |
| T5     | 2026-03-02 09:00 | customer | writes                   |
| T5     | 2026-03-02 09:00 | system   | priority: normal         |
| T5     | 2026-03-02 09:00 | system   | policy: Wait             |
| T5     | 2026-03-02 09:30 | agent    | status: solved           |
| T5     | 2026-03-02 11:00 | customer | writes                   |
| T5     | 2026-03-02 11:00 | system   | status: open             |
| T6     | 2026-03-02 09:00 | customer | writes                   |
| T6     | 2026-03-02 09:00 | system   | priority: normal         |
| T6     | 2026-03-02 09:00 | system   | policy: Wait             |
| T6     | 2026-03-02 09:50 | agent    | status: pending_customer |

| value: ticket | target | target_state |
| ------------- | ------ | ------------ |
| T1            | 1      | achieved     |
| T2            | 1      | breached     |
| T3            | 1      | achieved     |
| T4            | 1      | breached     |
| T5            | 1      | breached     |
| T6            | 1      | active       |

## Example: updates as of 2026-03-02 13:00

| policy   | promises        | priority | minutes | clock    |
| -------- | --------------- | -------- | ------- | -------- |
| Pausable | pausable_update | normal   | 60      | calendar |
| Periodic | periodic_update | normal   | 60      | calendar |

| ticket | when             | who      | what                     |
| ------ | ---------------- | -------- | ------------------------ |
| T1     | 2026-03-02 09:00 | customer | writes                   |
| T1     | 2026-03-02 09:00 | system   | priority: normal         |
| T1     | 2026-03-02 09:00 | system   | policy: Pausable         |
| T1     | 2026-03-02 09:10 | agent    | writes                   |
| T1     | 2026-03-02 09:10 | agent    | status: pending_customer |
| T1     | 2026-03-02 11:00 | customer | writes                   |
| T1     | 2026-03-02 11:00 | system   | status: open             |
| T1     | 2026-03-02 12:00 | agent    | writes                   |
| T1     | 2026-03-02 12:00 | agent    | status: solved           |
| T2     | 2026-03-02 09:00 | customer | writes                   |
| T2     | 2026-03-02 09:00 | system   | priority: normal         |
| T2     | 2026-03-02 09:00 | system   | policy: Periodic         |
| T2     | 2026-03-02 09:10 | agent    | writes                   |
| T2     | 2026-03-02 09:10 | agent    | status: pending_customer |
| T2     | 2026-03-02 10:30 | agent    | writes                   |
| T2     | 2026-03-02 11:00 | agent    | status: solved           |
| T2     | 2026-03-02 11:30 | agent    | writes                   |

| value: ticket | target | target_state            |
| ------------- | ------ | ----------------------- |
| T1            | 1      | achieved                |
| T2            | 1      | breached                |
| T2            | 2      | fulfilled_without_reply |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

METRIC = Metric(
    title="What became of a target",
    leg="process",
    unit="word",
    of="target",
    columns={"target_state": {}},
    sentences={
        "target_state": "achieved, breached, active, cancelled, no_policy, fulfilled_without_reply or unmeasurable."
    },
    figures=(),
    date_basis="applied",
    attributed_at="reply",
    needs=("status_history", "service_levels"),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "SLA-001",
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {
                "column": "target_state",
                "value_set": [
                    "achieved", "breached", "active", "cancelled", "no_policy", "fulfilled_without_reply",
                    "unmeasurable",
                ],
            },
            "severity": "critical",
            "notes": "The states of targets no longer add up to the targets: one has a state that nobody counts.",
        },
    ),
)  # fmt: skip


def value(t: Timelines) -> np.ndarray:
    return t.targets.words


def changes_at(t: Timelines) -> np.ndarray:
    return t.targets.breaks_at
