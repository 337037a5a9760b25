"""What is out of every figure, and why: one reason per ticket, the first that matches.

Excluded tickets are still measured; the exclusion is a column beside their measures, and the
counts are published beside the figures.
"""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Status
from auditlib.timelines import Timelines

QUARANTINED = "quarantined"


def exclusions(t: Timelines, chosen: np.ndarray, quarantined: np.ndarray, in_groups: np.ndarray) -> tuple:
    """Code and reason per ticket, as two object arrays; None for tickets in scope.

    `chosen`: the reason of a matching `[[exclude]]` of audit.toml, or None; `quarantined` and
    `in_groups` (the ticket is in a group that the source's `scope` names): flags per ticket.
    """
    is_deleted = (t.status == Status.deleted) | (t.tickets["status"] == Status.deleted)
    is_secondary = t.tickets["merged_into"] != 0
    nothing = np.full(t.n, None, object)
    code, reason = nothing.copy(), nothing.copy()
    for where, its_code, its_reason in (
        (~in_groups, "X7", "out of the audited groups"),
        (t.is_outbound, "X5", "outbound: an agent wrote and the customer never did"),
        (is_secondary, "X4", "merged into another ticket"),
        (is_deleted, "X3", "deleted in the helpdesk"),
        (chosen != nothing, "X1", chosen),
        (quarantined, "Q", QUARANTINED),
    ):
        # Later rows win, so the list runs from the weakest reason to the strongest.
        code = np.where(where, its_code, code)
        reason = np.where(where, its_reason, reason)
    return code, reason
