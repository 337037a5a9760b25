"""The policies of a metric's worked examples: what each promises, as the pages write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from auditlib.metric import MetricError
from auditlib.timelines.policies import Policies, Promised

COLUMNS = ("policy", "promises", "priority", "minutes", "clock")
SINCE = "since"
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
