"""The steps of a night, each repeatable: what DAGs and the command line call, and nothing else.

begin → collect → translate → gate_source (per source) → link → measure (per family and bucket)
→ gate_measures → figures → gate_figures → publish → write_page. Every step finds what it needs
in the store; steps hand each other numbers and names, never data. `night` takes them all.
"""

from auditlib.pipeline.afterwards import alert, informed, upkeep, write_leaders_file, write_page
from auditlib.pipeline.gating import Refused
from auditlib.pipeline.nights import night
from auditlib.pipeline.steps import (
    begin,
    begin_as_of,
    collect,
    figures,
    gate_figures,
    gate_measures,
    gate_source,
    link,
    mark_failed,
    measure,
    missing,
    publish,
    translate,
)

__all__ = [
    "Refused",
    "alert",
    "begin",
    "begin_as_of",
    "collect",
    "figures",
    "gate_figures",
    "gate_measures",
    "gate_source",
    "informed",
    "link",
    "mark_failed",
    "measure",
    "missing",
    "night",
    "publish",
    "translate",
    "upkeep",
    "write_leaders_file",
    "write_page",
]
