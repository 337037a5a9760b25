"""What each kind of helpdesk can tell, and what that makes possible: the capability matrix."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import ModuleType

from auditlib import sources
from auditlib.metric import facts
from auditlib.sources import Capabilities

SAYS = {
    "status_history": "when each status began",
    "detailed_statuses": "whom a ticket waits for, and whether it is new",
    "assignment_history": "who had a ticket when",
    "role_history": "who was an agent when",
    "ratings": "how customers rated",
    "survey_offers": "who was asked for a rating",
    "schedules": "opening hours and holidays",
    "message_text": "what was written (read once, never kept)",
    "deletions": "which tickets were deleted",
    "merges": "which tickets were merged",
    "service_levels": "service levels and what they promise",
    "vendor_metrics": "its own figures, for reconciliation only",
}
HEAD = """# What each helpdesk can tell

Generated from the sources' `CAPABILITIES`. A metric that needs what a helpdesk cannot tell is
unavailable there, with the reason; it is never guessed from a summary field. What your own account
can tell, `auditlib connect` says.
"""


def page(families: Mapping[str, Mapping[str, ModuleType]]) -> str:
    """The matrix of kinds and capabilities, and which metrics need which."""
    kinds = {kind: sources.load(kind).CAPABILITIES for kind in sources.kinds()}
    needed: dict[str, list[str]] = {}
    for modules in families.values():
        for name, module in modules.items():
            for capability in facts(module).needs:
                needed.setdefault(capability, []).append(name)
    rows = [f"| {' | '.join(['It tells', *kinds, 'needed by'])} |", f"|{' --- |' * (len(kinds) + 2)}"]
    for field in dataclasses.fields(Capabilities):
        told = ["yes" if getattr(capabilities, field.name) else "–" for capabilities in kinds.values()]
        by = ", ".join(sorted(needed.get(field.name, []))) or "–"
        rows.append(f"| {' | '.join([SAYS[field.name], *told, by])} |")
    return HEAD + "\n" + "\n".join(rows) + "\n"
