"""The case log as columns: the verbs in which metrics are written.

`Timelines` holds the events of one bucket in (ticket, time, sequence) order with the ticket
boundaries, cut at the watermark: first, last, count, any, turns and solves are whole-array
operations. Nothing here loops over tickets. One module per theme; a verb that several metrics
need stands in the theme that it belongs to.
"""

from auditlib.timelines.as_others import AsOthers
from auditlib.timelines.as_request_tracker import AsRequestTracker
from auditlib.timelines.as_zendesk import AsZendesk
from auditlib.timelines.attention import Attention
from auditlib.timelines.backlog import Backlog, Spells
from auditlib.timelines.bots import Bots
from auditlib.timelines.chasing import Chases, Chasing
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.holders import Holders
from auditlib.timelines.kept_hours import KeptHours
from auditlib.timelines.links import Links
from auditlib.timelines.outcomes import Outcomes
from auditlib.timelines.promising import Kept, Promises, Promising
from auditlib.timelines.ratings import Ratings
from auditlib.timelines.spans import Spans
from auditlib.timelines.stays import UNSOLVED, Stays
from auditlib.timelines.talk import Turns
from auditlib.timelines.targets import PromisedTargets, Targets, TargetState

__all__ = [
    "NOWHERE",
    "UNSOLVED",
    "Chases",
    "Kept",
    "Links",
    "Promises",
    "Ratings",
    "Spells",
    "Stays",
    "TargetState",
    "Targets",
    "Timelines",
    "Turns",
]


class Timelines(
    AsOthers,
    AsRequestTracker,
    AsZendesk,
    Promising,
    PromisedTargets,
    Outcomes,
    Backlog,
    Attention,
    Bots,
    Chasing,
    KeptHours,
    Holders,
    Spans,
):
    """Tickets of one bucket and everything that can be asked of their events; see `Events` for its shape."""
