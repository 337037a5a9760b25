"""`docs/helpdesks.md`: what each kind of helpdesk tells, what cannot be measured there, what is asked of it."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterable, Mapping
from types import ModuleType

from auditlib import sources
from auditlib.metric import facts
from auditlib.sources import NIGHTLY, Capabilities, Requests

Families = Mapping[str, Mapping[str, ModuleType]]

TOLD = {True: "yes", False: "–", NIGHTLY: "solves only, by our nightly looks"}
SAYS = {
    "status_history": "when each status began",
    "solve_history": "when a ticket was solved and opened again",
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
    "due_dates": "its own due dates and what they were before, for reconciliation only",
}
HEAD = """# Helpdesks

Generated from the sources: what each tells (its `CAPABILITIES`), what therefore cannot be measured there and why,
how much it is asked (its `REQUESTS`, to 1.1 times of which tests hold it), and which account it needs (its own page).
A metric that needs what a helpdesk does not tell is *unmeasurable, with the reason*, in measures, figures, `coverage`
and on the page; it is never guessed. What your own account can tell, `auditlib connect KIND` says.
"""
MANY = 10_000


def page(families: Families) -> str:
    """The whole page."""
    kinds = {kind: sources.load(kind) for kind in sources.kinds()}
    parts = [HEAD, "## What each tells\n", *_told(kinds), "\n## What each metric needs\n", *_needs(kinds, families)]
    parts += ["\n## What cannot be measured where\n", *_unmeasured(kinds, families)]
    parts += ["\n## How much is asked\n", *_asked(kinds), *_pages(kinds)]
    return "\n".join(parts) + "\n"


def _told(kinds: Mapping[str, ModuleType]) -> Iterable[str]:
    yield _row("it tells", *kinds)
    yield _line(len(kinds) + 1)
    for field in dataclasses.fields(Capabilities):
        told = (TOLD[getattr(module.CAPABILITIES, field.name)] for module in kinds.values())
        yield _row(SAYS[field.name], *told)


def _needs(kinds: Mapping[str, ModuleType], families: Families) -> Iterable[str]:
    yield _row("metric", "needs", "not measured on")
    yield _line(3)
    for family, modules in sorted(families.items()):
        for name, metric in sorted(modules.items()):
            needs = facts(metric).needs
            without = [kind for kind, module in kinds.items() if module.CAPABILITIES.missing(needs)]
            page = f"[{family}/{name}](metrics/{family}/{name}.md)"
            yield _row(page, "; ".join(SAYS[n] for n in needs) or "nothing but messages", ", ".join(without) or "–")


def _unmeasured(kinds: Mapping[str, ModuleType], families: Families) -> Iterable[str]:
    yield _row("helpdesk", "it does not tell", "so not measured")
    yield _line(3)
    metrics = {(family, name): facts(m).needs for family, modules in families.items() for name, m in modules.items()}
    for kind, module in kinds.items():
        for field in dataclasses.fields(Capabilities):
            if getattr(module.CAPABILITIES, field.name) is not True:
                names = sorted({name for (_, name), needs in metrics.items() if field.name in needs})
                yield _row(kind, SAYS[field.name], ", ".join(names) or "nothing: it is inferred, or only less is known")


def _asked(kinds: Mapping[str, ModuleType]) -> Iterable[str]:
    yield _row("helpdesk", "a changed ticket", "records in a page", "besides, each night", f"{MANY:,} changed tickets")
    yield _line(5)
    for kind, module in kinds.items():
        told: Requests | None = getattr(module, "REQUESTS", None)
        if told is None:
            yield _row(kind, "–", "–", "–", "no requests: files are read")
        else:
            most = f"{told.at_most(MANY, 0):,} at most"
            yield _row(kind, f"{told.a_ticket:g}", f"{told.a_page}", f"{told.besides}", most)


def _pages(kinds: Mapping[str, ModuleType]) -> Iterable[str]:
    for kind, module in kinds.items():
        yield f"\n## {kind}\n\n{inspect.cleandoc(module.__doc__ or '').rstrip()}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _line(columns: int) -> str:
    return f"|{' --- |' * columns}"
