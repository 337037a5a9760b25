"""The policies and agreements of a metric's worked examples: what each promises, as the pages write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from auditlib.caselog.words import Status
from auditlib.metric import MetricError
from auditlib.timelines.agreements import NONE, Agreements, Within
from auditlib.timelines.policies import Policies, Promised

COLUMNS = ("policy", "promises", "priority", "minutes", "clock")
SINCE = "since"
PARTS = ("agreement", "within", "business", "real", "later business", "later real", "not while", "put off while")
"""Of an agreement's deadline: minutes, those added outside opening hours, and statuses without it."""
CLOCKS = {"business": True, "calendar": False}


def policies(rows: Sequence[Mapping[str, str]], named: Callable[[str], int], moment: Callable[[str], int]) -> Policies:
    """Policies out of rows such as Gold, first_reply, urgent, 30, business; `since` dates a later version."""
    targets = []
    for row in rows:
        if set(row) - {SINCE} != set(COLUMNS) or row["promises"] not in Promised.__members__:
            raise MetricError(
                f"a policy of an example says {dict(row)}; its columns are {', '.join(COLUMNS)} and perhaps {SINCE}, "
                f"and it promises {', '.join(Promised.__members__)}"
            )
        since = moment(row[SINCE]) if row.get(SINCE) else 0
        seconds = round(float(row["minutes"]) * 60)
        limited, priority = int(Promised[row["promises"]]), named(row["priority"])
        targets.append((named(row["policy"]), since, limited, priority, seconds, CLOCKS[row["clock"]]))
    return Policies.of(targets)


def agreements(rows: Sequence[Mapping[str, str]], named: Callable[[str], int]) -> Agreements:
    """Agreements out of rows such as Gold, response, 120: minutes of opening hours, of the calendar, …"""
    for row in rows:
        if set(row) - set(PARTS) or row["within"] not in Within.__members__:
            known = f"{', '.join(PARTS)}; within is one of {', '.join(Within.__members__)}"
            raise MetricError(f"an agreement of an example says {dict(row)}; its columns are among {known}")
    return Agreements.of(
        (
            named(row["agreement"]),
            int(Within[row["within"]]),
            *(int(row[name]) * 60 if row.get(name) else NONE for name in ("business", "real")),
            *(int(row.get(name) or 0) * 60 for name in ("later business", "later real")),
            sum(1 << int(Status[word]) for word in (row.get("not while") or row.get("put off while") or "").split()),
            int(bool(row.get("put off while"))),
        )
        for row in rows
    )
