"""
# Outcome

How a case ended: exactly one outcome for every ticket, and what decided it.

The first that fits holds, in this order:

- **X…, Q** out of scope, or in quarantine;
- **O0** open;
- **O5** failed: after the customer's last word that all is well, if there was one, they reopened it,
  or came back with another ticket about the same issue within seven days of a solve;
- **O7** withdrawn: the customer's last word is that nothing is needed any more, or they closed it
  themselves before anybody had answered what they asked last, and asked nothing after that;
- **O9** resolved by a bot only: no human replied, the bot answered the last question, and nobody
  came back for seven days (until then O3);
- **O6** closed without a human answer to the customer's last message, or to anything;
- **O8** declined in the replies to the customer's last message, with an alternative or without;
- **O4** closed by a rule or by the helpdesk itself, waiting on the customer;
- **O1** resolved and confirmed: the customer thanked or said that it works, rated it good, or
  solved it themselves, and asked nothing after that;
- **O3** solved, but within the last seven days: too young to say;
- **O2** resolved: seven days have passed in silence.

A bad rating alone makes no failure: it may be about the tone. A ticket of which the helpdesk tells
no history is open, or *U*, unknown.

## Example: solved, in silence or confirmed, as of 2026-03-20 00:00

| ticket | when             | who      | what                 |
| ------ | ---------------- | -------- | -------------------- |
| T1     | 2026-03-02 09:00 | customer | writes               |
| T2     | 2026-03-02 09:00 | customer | writes               |
| T2     | 2026-03-02 10:00 | agent    | writes               |
| T2     | 2026-03-12 23:59 | agent    | status: solved       |
| T3     | 2026-03-02 09:00 | customer | writes               |
| T3     | 2026-03-02 10:00 | agent    | writes               |
| T3     | 2026-03-13 00:01 | agent    | status: solved       |
| T4     | 2026-03-02 09:00 | customer | writes               |
| T4     | 2026-03-02 10:00 | agent    | writes               |
| T4     | 2026-03-19 10:00 | agent    | status: solved       |
| T4     | 2026-03-19 11:00 | customer | thanks               |
| T4     | 2026-03-19 11:00 | system   | status: open         |
| T4     | 2026-03-19 11:05 | agent    | status: solved       |
| T5     | 2026-03-02 09:00 | customer | writes               |
| T5     | 2026-03-02 10:00 | agent    | writes               |
| T5     | 2026-03-02 11:00 | customer | writes: confirmation |
| T5     | 2026-03-02 11:30 | agent    | writes               |
| T5     | 2026-03-19 10:00 | agent    | status: solved       |
| T6     | 2026-03-02 09:00 | customer | writes               |
| T6     | 2026-03-02 10:00 | agent    | writes               |
| T6     | 2026-03-02 11:00 | customer | thanks               |
| T6     | 2026-03-02 12:00 | customer | writes               |
| T6     | 2026-03-02 13:00 | agent    | writes               |
| T6     | 2026-03-19 10:00 | agent    | status: solved       |
| T7     | 2026-03-02 09:00 | customer | writes               |
| T7     | 2026-03-02 10:00 | agent    | writes               |
| T7     | 2026-03-19 10:00 | customer | status: solved       |
| T8     | 2026-03-02 09:00 | customer | writes               |
| T8     | 2026-03-02 09:01 | customer | thanks               |
| T8     | 2026-03-02 10:00 | agent    | writes               |
| T8     | 2026-03-19 10:00 | agent    | status: solved       |
| T9     | 2026-03-02 09:00 | customer | writes               |
| T9     | 2026-03-02 10:00 | agent    | writes               |
| T9     | 2026-03-13 00:00 | agent    | status: solved       |
| T10    | 2026-03-02 09:00 | customer | writes               |
| T10    | 2026-03-02 10:00 | agent    | writes               |
| T10    | 2026-03-02 10:00 | agent    | status: solved       |
| T10    | 2026-03-18 10:00 | agent    | status: open         |
| T10    | 2026-03-18 12:00 | agent    | status: solved       |

| value: ticket | outcome_code | outcome                  | outcome_evidence                |
| ------------- | ------------ | ------------------------ | ------------------------------- |
| T1            | O0           | open                     | not solved                      |
| T2            | O2           | resolved, silent         | solved, and nobody took it back |
| T3            | O3           | solved, too young to say | solved, and the window is open  |
| T4            | O1           | resolved, confirmed      | the customer said so            |
| T5            | O1           | resolved, confirmed      | the customer said so            |
| T6            | O3           | solved, too young to say | solved, and the window is open  |
| T7            | O1           | resolved, confirmed      | the customer said so            |
| T8            | O3           | solved, too young to say | solved, and the window is open  |
| T9            | O2           | resolved, silent         | solved, and nobody took it back |
| T10           | O3           | solved, too young to say | solved, and the window is open  |

## Example: failed, unless the customer said afterwards that all is well

| ticket | when             | who      | what           | customer | topic   |
| ------ | ---------------- | -------- | -------------- | -------- | ------- |
| T1     | 2026-03-02 09:00 | customer | writes         |          |         |
| T1     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T1     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T1     | 2026-03-03 11:00 | customer | writes         |          |         |
| T1     | 2026-03-03 11:00 | system   | status: open   |          |         |
| T1     | 2026-03-03 12:00 | agent    | writes         |          |         |
| T1     | 2026-03-03 12:00 | agent    | status: solved |          |         |
| T2     | 2026-03-02 09:00 | customer | writes         |          |         |
| T2     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T2     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T2     | 2026-03-03 11:00 | customer | writes         |          |         |
| T2     | 2026-03-03 11:00 | system   | status: open   |          |         |
| T2     | 2026-03-03 12:00 | agent    | writes         |          |         |
| T2     | 2026-03-03 12:00 | agent    | status: solved |          |         |
| T2     | 2026-03-03 13:00 | customer | thanks         |          |         |
| T3     | 2026-03-02 09:00 | customer | writes         | Ada      | billing |
| T3     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T3     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T4     | 2026-03-09 09:00 | customer | writes         | Ada      | billing |
| T5     | 2026-03-02 09:00 | customer | writes         | Bob      | billing |
| T5     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T5     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T6     | 2026-03-09 10:01 | customer | writes         | Bob      | billing |
| T7     | 2026-03-02 09:00 | customer | writes         |          |         |
| T7     | 2026-03-02 10:00 | agent    | writes         |          |         |
| T7     | 2026-03-02 10:00 | agent    | status: solved |          |         |
| T7     | 2026-03-02 11:00 | agent    | status: open   |          |         |
| T7     | 2026-03-02 12:00 | agent    | status: solved |          |         |

| value: ticket | outcome_code | outcome_evidence                           |
| ------------- | ------------ | ------------------------------------------ |
| T1            | O5           | the customer reopened it                   |
| T2            | O1           | the customer said so                       |
| T3            | O5           | the customer came back with another ticket |
| T4            | O0           | not solved                                 |
| T5            | O2           | solved, and nobody took it back            |
| T7            | O2           | solved, and nobody took it back            |

## Example: closed without an answer, or by a bot, as of 2026-03-20 00:00

| ticket | when             | who        | what                    | channel |
| ------ | ---------------- | ---------- | ----------------------- | ------- |
| T1     | 2026-03-02 09:00 | customer   | writes                  |         |
| T1     | 2026-03-02 10:00 | agent      | notes                   |         |
| T1     | 2026-03-02 10:00 | agent      | status: solved          |         |
| T2     | 2026-03-02 09:00 | customer   | writes                  |         |
| T2     | 2026-03-02 10:00 | agent      | writes                  |         |
| T2     | 2026-03-02 11:00 | customer   | writes                  |         |
| T2     | 2026-03-02 12:00 | agent      | status: solved          |         |
| T3     | 2026-03-02 09:00 | customer   | thanks                  |         |
| T3     | 2026-03-02 10:00 | agent      | status: solved          |         |
| T4     | 2026-03-02 09:00 | agent      | notes                   | phone   |
| T4     | 2026-03-02 09:05 | agent      | status: solved          |         |
| T5     | 2026-03-02 09:00 | customer   | writes                  |         |
| T5     | 2026-03-02 09:01 | bot        | writes                  |         |
| T5     | 2026-03-03 09:00 | automation | status: solved          |         |
| T6     | 2026-03-02 09:00 | customer   | writes                  |         |
| T6     | 2026-03-02 09:01 | bot        | writes: acknowledgement |         |
| T6     | 2026-03-03 09:00 | automation | status: solved          |         |
| T7     | 2026-03-02 09:00 | customer   | writes                  |         |
| T7     | 2026-03-02 09:01 | bot        | writes                  |         |
| T7     | 2026-03-02 09:02 | customer   | writes                  |         |
| T7     | 2026-03-03 09:00 | automation | status: solved          |         |
| T8     | 2026-03-19 09:00 | customer   | writes                  |         |
| T8     | 2026-03-19 09:01 | bot        | writes                  |         |
| T8     | 2026-03-19 12:00 | automation | status: solved          |         |
| T9     | 2026-03-02 09:00 | customer   | writes                  |         |
| T9     | 2026-03-02 09:01 | bot        | writes                  |         |
| T9     | 2026-03-02 10:00 | agent      | writes                  |         |
| T9     | 2026-03-07 09:00 | automation | status: solved          |         |
| T10    | 2026-03-02 09:00 | customer   | writes                  |         |
| T10    | 2026-03-02 09:01 | bot        | notes                   |         |
| T10    | 2026-03-03 09:00 | automation | status: solved          |         |
| T11    | 2026-03-02 09:00 | customer   | thanks                  |         |
| T11    | 2026-03-02 09:01 | bot        | writes                  |         |
| T11    | 2026-03-03 09:00 | automation | status: solved          |         |

| value: ticket | outcome_code |
| ------------- | ------------ |
| T1            | O6           |
| T2            | O6           |
| T3            | O6           |
| T4            | O2           |
| T5            | O9           |
| T6            | O6           |
| T7            | O6           |
| T8            | O3           |
| T9            | O4           |
| T10           | O6           |
| T11           | O9           |

## Example: withdrawn and declined

| ticket | when             | who      | what                        |
| ------ | ---------------- | -------- | --------------------------- |
| T1     | 2026-03-02 09:00 | customer | writes                      |
| T1     | 2026-03-02 10:00 | customer | writes: withdrawal          |
| T1     | 2026-03-02 11:00 | agent    | status: solved              |
| T2     | 2026-03-02 09:00 | customer | writes                      |
| T2     | 2026-03-02 10:00 | customer | writes: withdrawal          |
| T2     | 2026-03-02 10:30 | customer | writes                      |
| T2     | 2026-03-02 11:00 | agent    | writes                      |
| T2     | 2026-03-02 11:00 | agent    | status: solved              |
| T3     | 2026-03-02 09:00 | customer | writes                      |
| T3     | 2026-03-02 10:00 | customer | status: solved              |
| T4     | 2026-03-02 09:00 | customer | writes                      |
| T4     | 2026-03-02 10:00 | agent    | writes: refusal             |
| T4     | 2026-03-02 10:01 | agent    | writes                      |
| T4     | 2026-03-02 10:02 | agent    | status: solved              |
| T5     | 2026-03-02 09:00 | customer | writes                      |
| T5     | 2026-03-02 10:00 | agent    | writes: refusal alternative |
| T5     | 2026-03-02 10:02 | agent    | status: solved              |
| T6     | 2026-03-02 09:00 | customer | writes                      |
| T6     | 2026-03-02 10:00 | agent    | writes: refusal alternative |
| T6     | 2026-03-02 11:00 | customer | writes                      |
| T6     | 2026-03-02 12:00 | agent    | writes                      |
| T6     | 2026-03-02 12:00 | agent    | status: solved              |
| T7     | 2026-03-02 09:00 | customer | writes                      |
| T7     | 2026-03-02 10:00 | agent    | writes                      |
| T7     | 2026-03-02 10:00 | agent    | status: solved              |
| T7     | 2026-03-02 11:00 | customer | writes: withdrawal          |
| T7     | 2026-03-02 11:00 | system   | status: open                |
| T7     | 2026-03-02 12:00 | agent    | status: solved              |
| T8     | 2026-03-02 09:00 | customer | writes                      |
| T8     | 2026-03-02 10:00 | agent    | writes: refusal             |
| T8     | 2026-03-02 11:00 | customer | writes                      |
| T8     | 2026-03-02 12:00 | agent    | writes: refusal alternative |
| T8     | 2026-03-02 13:00 | customer | thanks                      |
| T8     | 2026-03-02 14:00 | agent    | status: solved              |
| T9     | 2026-03-02 09:00 | agent    | writes: refusal             |
| T9     | 2026-03-02 09:05 | agent    | status: solved              |
| T10    | 2026-03-02 09:00 | customer | writes                      |
| T10    | 2026-03-02 10:00 | customer | status: solved              |
| T10    | 2026-03-02 11:00 | agent    | writes                      |
| T11    | 2026-03-02 09:00 | customer | writes                      |
| T11    | 2026-03-02 10:00 | agent    | writes                      |
| T11    | 2026-03-02 11:00 | customer | writes                      |
| T11    | 2026-03-02 12:00 | customer | status: solved              |
| T12    | 2026-03-02 09:00 | customer | writes                      |
| T12    | 2026-03-02 10:00 | customer | status: solved              |
| T12    | 2026-03-02 11:00 | customer | writes                      |
| T13    | 2026-03-02 09:00 | customer | thanks                      |
| T13    | 2026-03-02 10:00 | agent    | writes                      |
| T13    | 2026-03-02 11:00 | customer | status: solved              |
| T14    | 2026-03-02 09:00 | agent    | notes                       |
| T14    | 2026-03-02 10:00 | customer | thanks                      |
| T14    | 2026-03-02 11:00 | customer | status: solved              |

| value: ticket | outcome_code | outcome                          |
| ------------- | ------------ | -------------------------------- |
| T1            | O7           | withdrawn by the customer        |
| T2            | O2           | resolved, silent                 |
| T3            | O7           | withdrawn by the customer        |
| T4            | O8           | declined, without an alternative |
| T5            | O8           | declined, with an alternative    |
| T6            | O2           | resolved, silent                 |
| T7            | O7           | withdrawn by the customer        |
| T8            | O8           | declined, with an alternative    |
| T9            | X5           | out of scope: outbound           |
| T10           | O7           | withdrawn by the customer        |
| T11           | O7           | withdrawn by the customer        |
| T12           | O6           | closed without a human answer    |
| T13           | O1           | resolved, confirmed              |
| T14           | O1           | resolved, confirmed              |

## Example: out of scope

| ticket | when             | who        | what       | channel |
| ------ | ---------------- | ---------- | ---------- | ------- |
| T1     | 2026-03-02 09:00 | automation | writes     |         |
| T2     | 2026-03-02 09:00 | system     | writes     | phone   |
| T3     | 2026-03-02 09:00 | bot        | writes     |         |
| T3     | 2026-03-02 09:05 | customer   | writes     |         |
| T4     | 2026-03-02 09:00 | agent      | writes     |         |
| T5     | 2026-03-02 09:00 | agent      | writes     |         |
| T5     | 2026-03-02 09:05 | customer   | writes     |         |
| T6     | 2026-03-02 09:00 | customer   | writes     |         |
| T6     | 2026-03-02 09:05 | agent      | deletes    |         |
| T7     | 2026-03-02 09:00 | system     | writes     |         |
| T7     | 2026-03-02 09:05 | agent      | writes     |         |
| T8     | 2026-03-02 09:00 | bot        | writes     |         |
| T9     | 2026-03-02 09:00 | unknown    | writes     |         |

| value: ticket | outcome_code | outcome                            |
| ------------- | ------------ | ---------------------------------- |
| T1            | X6           | out of scope: written by a machine |
| T2            | O0           | open                               |
| T3            | O0           | open                               |
| T4            | X5           | out of scope: outbound             |
| T5            | O0           | open                               |
| T6            | X3           | out of scope: deleted              |
| T7            | X6           | out of scope: written by a machine |
| T8            | X6           | out of scope: written by a machine |
| T9            | O0           | open                               |

## Example: rated

| ticket | when             | who      | what            |
| ------ | ---------------- | -------- | --------------- |
| T1     | 2026-03-02 09:00 | customer | writes          |
| T1     | 2026-03-02 10:00 | agent    | writes          |
| T1     | 2026-03-02 10:00 | agent    | status: solved  |
| T1     | 2026-03-03 10:00 | system   | rating: offered |
| T1     | 2026-03-03 11:00 | customer | rating: good    |
| T2     | 2026-03-02 09:00 | customer | writes          |
| T2     | 2026-03-02 10:00 | agent    | writes          |
| T2     | 2026-03-02 10:00 | agent    | status: solved  |
| T2     | 2026-03-03 11:00 | customer | rating: good    |
| T2     | 2026-03-03 12:00 | customer | rating: bad     |
| T3     | 2026-03-02 09:00 | customer | writes          |
| T3     | 2026-03-02 10:00 | agent    | writes          |
| T3     | 2026-03-02 11:00 | customer | rating: good    |
| T3     | 2026-03-02 12:00 | agent    | status: solved  |
| T4     | 2026-03-02 09:00 | customer | writes          |
| T4     | 2026-03-02 10:00 | agent    | writes          |
| T4     | 2026-03-02 10:00 | agent    | status: solved  |
| T4     | 2026-03-03 11:00 | customer | rating: good    |
| T4     | 2026-03-04 11:00 | customer | writes          |
| T4     | 2026-03-04 11:00 | system   | status: open    |
| T4     | 2026-03-04 12:00 | agent    | writes          |
| T4     | 2026-03-04 12:00 | agent    | status: solved  |

| value: ticket | outcome_code |
| ------------- | ------------ |
| T1            | O1           |
| T2            | O2           |
| T3            | O2           |
| T4            | O5           |
"""

import datetime

import numpy as np

from auditlib.metric import Metric
from auditlib.timelines import Timelines

CODES = ("X1", "X2", "X3", "X4", "X5", "X6", "X7", "Q", "U", *(f"O{number}" for number in range(10)))

METRIC = Metric(
    title="How the case ended",
    leg="outcome",
    unit="word",
    columns={
        "outcome_code": {"told": "code"},
        "outcome": {"told": "words"},
        "outcome_evidence": {"told": "evidence"},
    },
    sentences={
        "outcome_code": "How the case ended: X1 to X7 and Q out of scope, U unknown, O0 open; O1 to O9 on its page.",
        "outcome": "The same in words.",
        "outcome_evidence": "What decided it, in a few words.",
    },
    figures=(),
    date_basis="created",
    attributed_at="solve",
    without_history=True,
    needs=("status_history",),
    owner="support-quality",
    checked_by="head-of-support",
    review_by=datetime.date(2027, 5, 1),
    expectations=(
        {
            "id": "OUT-001",
            "type": "expect_column_values_to_not_be_null",
            "kwargs": {"column": "outcome_code"},
            "severity": "critical",
            "notes": "A ticket without an outcome: outcomes and exclusions would not add up to the tickets.",
        },
        {
            "id": "OUT-002",
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "outcome_code", "value_set": list(CODES)},
            "severity": "critical",
            "notes": "An outcome that no page explains: a rule of timelines/outcomes.py or of scope.py is new.",
        },
        {
            "id": "OUT-003",
            "type": "expect_column_values_to_not_be_in_set",
            "kwargs": {"column": "outcome_code", "value_set": ["U"], "mostly": 0.95},
            "severity": "warning",
            "notes": "Of more than one ticket in twenty nobody can say how it ended: its helpdesk tells no history.",
        },
    ),
)


def value(t: Timelines, told: str) -> np.ndarray:
    found: np.ndarray = getattr(t.outcome, told)
    return found


def evidence(t: Timelines, told: str) -> np.ndarray:
    """Positions of the events that decided it."""
    return t.outcome.decided


def changes_at(t: Timelines, told: str) -> np.ndarray:
    """When a solve has held for long enough, without any new event."""
    return t.settles_at
