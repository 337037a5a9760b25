"""Salesforce's own verdicts on its milestones: kept for reconciliation, never measured with.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_casemilestone.htm
When a milestone begins, stops and is completed is a matter of criteria, flows and code of the company's own; a policy
of ours could not say the same. Taken are those that are completed: an open one is violated while nothing happens, and
Salesforce changes no record then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditlib.caselog.rows import VendorMetric
from auditlib.sources._salesforce.shapes import Milestone


def verdicts(case: str, told: Iterable[Milestone], names: Mapping[str, str]) -> Iterator[VendorMetric]:
    """How often each kind of milestone was missed; one that comes again is several."""
    missed: dict[str, int] = defaultdict(int)
    for milestone in told:
        name = names.get(milestone.MilestoneTypeId or "")
        if name and milestone.CompletionDate is not None:
            missed[name] += milestone.IsViolated
    for name, times in sorted(missed.items()):
        yield VendorMetric(ticket=case, metric=f"own_sla.{name}.missed", value=float(times))
