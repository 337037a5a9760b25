"""What is out of every figure, and why: one reason per ticket, the first that matches.

Excluded tickets are still measured; the exclusion is a column beside their measures, and the
counts are published beside the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditlib.caselog.words import Status
from auditlib.timelines import Timelines

QUARANTINED = "quarantined"
KINDS = {"internal": "X1", "spam": "X2", "machine": "X6"}
"""What an `[[exclude]]` of audit.toml can call its tickets, and their code."""


@dataclass(frozen=True)
class Chosen:
    """What audit.toml says of each ticket: the code and the reason of its first matching `[[exclude]]`, or None."""

    code: np.ndarray
    reason: np.ndarray

    @classmethod
    def none(cls, n: int) -> Chosen:
        """Nothing is excluded by audit.toml."""
        return cls(np.full(n, None, object), np.full(n, None, object))


def exclusions(t: Timelines, chosen: Chosen, quarantined: np.ndarray, in_groups: np.ndarray) -> tuple:
    """Code and reason per ticket, as two object arrays; None for tickets in scope.

    `quarantined` and `in_groups` (the ticket is in a group that the source's `scope` names): flags per ticket.
    """
    nothing = np.full(t.n, None, object)
    found = {
        "X3": ((t.status == Status.deleted) | (t.tickets["status"] == Status.deleted), "deleted in the helpdesk"),
        "X4": (t.tickets["merged_into"] != 0, "merged into another ticket"),
        "X5": (t.is_outbound, "outbound: an agent wrote and the customer never did"),
        "X6": (t.is_by_machine, "written by a machine, and no customer ever wrote"),
        "X7": (~in_groups, "out of the audited groups"),
    }
    code, reason = nothing.copy(), nothing.copy()
    # Later rows win, so the list runs from the weakest reason to the strongest.
    for its_code in ("X7", "X6", "X5", "X4", "X3", "X2", "X1"):
        where, its_reason = found.get(its_code, (np.zeros(t.n, bool), ""))
        is_chosen = chosen.code == np.full((), its_code, object)
        code[where | is_chosen] = its_code
        reason[where] = its_reason
        reason[is_chosen] = chosen.reason[is_chosen]
    code[quarantined], reason[quarantined] = "Q", QUARANTINED
    return code, reason
