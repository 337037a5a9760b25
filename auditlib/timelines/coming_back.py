"""Customers who came back about the same issue, by the links between tickets."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.events import NOWHERE
from auditlib.timelines.links import Links
from auditlib.timelines.talk import Talk

WINDOW = 7 * 24 * 60 * 60
"""In which coming back counts, where audit.toml says nothing else of a topic."""


class ComingBack(Talk):
    """What the links between tickets say of both."""

    @cached_property
    def repeat_window(self) -> np.ndarray:
        """Per ticket the seconds after its solve in which coming back counts: those of its topic in audit.toml."""
        return self.tickets.get("repeat_window", np.full(self.n, WINDOW))

    def followed_solve_at(self, window: int | np.ndarray) -> np.ndarray:
        """Per ticket the first solve after which the customer came back about it within the window; else NEVER.

        `window`: seconds, one number or one a ticket. Somebody whom an incident brought back is not counted.
        """
        return self._first_solve_of(self._soon(window))

    def returned_after(self, solved_at: np.ndarray) -> np.ndarray:
        """Per ticket when the customer first came back about it after its solve at this moment; NEVER if never."""
        links = self.comings_back
        after = links.solved_at == solved_at[links.ticket]
        found = np.full(self.n, NEVER)
        np.minimum.at(found, links.ticket[after], links.came_back_at[after])
        return found

    @cached_property
    def settled_at(self) -> np.ndarray:
        """When a ticket that is done now was solved last; NEVER while it is open."""
        return np.where(self.is_done, self.at(self.last_solve), NEVER)

    def judged_solve_at(self, window: int | np.ndarray) -> np.ndarray:
        """Per ticket the solve that coming back is charged to: the first that was followed, else the one that
        holds now; NEVER while it is open and nobody came back."""
        followed_at = self.followed_solve_at(window)
        return np.where(followed_at != NEVER, followed_at, self.settled_at)

    @cached_property
    def judged_solve(self) -> np.ndarray:
        """Position of the solve that coming back within the topic's window is charged to; NOWHERE without any."""
        at = self.judged_solve_at(self.repeat_window)
        solves = np.flatnonzero(self.solves)
        of = self.events["ticket"][solves]
        judged = solves[self.events["occurred_at"][solves] == at[of]]
        found = np.full(self.n, NOWHERE)
        found[self.events["ticket"][judged][::-1]] = judged[::-1]
        return found

    @cached_property
    def repeats(self) -> np.ndarray:
        """Per ticket the row of the earlier one about which it came back, within that one's window; -1 for none."""
        links = self.links
        return self._earlier(self._soon(self.repeat_window, counts=np.ones(len(links.ticket), bool)))

    @cached_property
    def parallel_to(self) -> np.ndarray:
        """Per ticket the row of the one about the same issue that was still open when it was created; -1 for none."""
        return self._earlier(self.links.kind == "parallel")

    @cached_property
    def forwarded_from(self) -> np.ndarray:
        """Per call the row of the call that was put through to it; -1 for none."""
        return self._earlier(self.links.kind == "forwarded")

    @cached_property
    def parallels(self) -> Links:
        """The tickets that were opened while an earlier one about the same issue was open: they chase it."""
        return self.links.at(self.links.kind == "parallel")

    @cached_property
    def has_parallel(self) -> np.ndarray:
        """Whether the customer opened another ticket about it while it was open."""
        return np.bincount(self.parallels.ticket, minlength=self.n) > 0

    @cached_property
    def comings_back(self) -> Links:
        """The links that are charged to somebody: after a solve, and no incident brought them."""
        return self.links.at((self.links.kind == "repeat") & ~self.links.is_competing_cause)

    @cached_property
    def next_contact_at(self) -> np.ndarray:
        """Per ticket when its customer next brought up anything with another ticket in scope; NEVER if never."""
        counts = self.is_contact & (self.tickets["customer"] != 0) & self.is_in_scope
        customer, created = self.tickets["customer"], self.tickets["created_at"]
        rows = np.flatnonzero(counts)
        rows = rows[np.lexsort((self.tickets["key"][rows], created[rows], customer[rows]))]
        found = np.full(self.n, NEVER)
        same = customer[rows][1:] == customer[rows][:-1]
        found[rows[:-1][same]] = created[rows[1:][same]]
        return found

    @cached_property
    def is_in_scope(self) -> np.ndarray:
        """Whether nothing excludes a ticket, where that is known."""
        excluded = self.tickets.get("exclusion")
        return np.ones(self.n, bool) if excluded is None else excluded == np.full((), None, object)

    # issues

    @cached_property
    def issue(self) -> np.ndarray:
        """Per ticket the row of the first ticket of its issue."""
        return np.arange(self.n) if self.links.issue is None else self.links.issue

    @cached_property
    def begins_issue(self) -> np.ndarray:
        return self.issue == np.arange(self.n)

    def in_issue(self, mask: np.ndarray) -> np.ndarray:
        """Per ticket, how many tickets of its issue have this."""
        return np.bincount(self.issue[mask], minlength=self.n)[self.issue]

    def different_in_issue(self, words: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Per ticket, how many different words the tickets of its issue that have this show."""
        known = {word: number for number, word in enumerate(sorted(set(words[mask].tolist()), key=str))}
        number = np.array([known[word] for word in words[mask].tolist()], np.int64)
        pairs = np.unique(self.issue[mask] * max(len(known), 1) + number)
        return np.bincount(pairs // max(len(known), 1), minlength=self.n)[self.issue]

    def _soon(self, window: int | np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
        """Which links are comings back within the window after the solve; by default those charged to anybody."""
        links = self.links
        of = np.broadcast_to(window, self.n)[links.ticket]
        chosen = ~links.is_competing_cause if counts is None else counts
        return (links.kind == "repeat") & chosen & (links.came_back_at - links.solved_at <= of)

    def _first_solve_of(self, chosen: np.ndarray) -> np.ndarray:
        found = np.full(self.n, NEVER)
        np.minimum.at(found, self.links.ticket[chosen], self.links.solved_at[chosen])
        return found

    def _earlier(self, chosen: np.ndarray) -> np.ndarray:
        found = np.full(self.n, -1)
        found[self.links.later[chosen]] = self.links.ticket[chosen]
        return found
