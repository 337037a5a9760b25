"""What a ticket was, and whose, at the moments that metrics are charged to: its beginning, first reply, last solve,
and the first time that its customer asked again.

Topic and priority are those of the events that had set them; tier and region too, where the helpdesk tells
their changes of the ticket itself. What was filled in later for the first time holds from the beginning: it
describes the case, it does not change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from auditlib.caselog.words import Kind
from auditlib.pipeline import topics
from auditlib.pipeline.columns import named, teams
from auditlib.pipeline.setting import Setting
from auditlib.pipeline.timelines import Bucket
from auditlib.store import lives
from auditlib.store.engine import Connection
from auditlib.timelines import NOWHERE, Timelines

OF_WORDS = {"topic": Kind.topic, "priority": Kind.priority}
OF_FIELDS = ("tier", "region")
UNKNOWN = "unknown agent"
NOTHING = np.full((), None, object)


def moments_of(t: Timelines) -> dict[str, np.ndarray]:
    """Moment → each ticket's position then; the last event of a ticket that has not come so far."""
    last, chased = np.maximum(t.starts[1:] - 1, 0), t.chased_from
    return {
        "created": t.creation_ends,
        "reply": np.where(t.first_reply == NOWHERE, last, t.first_reply),
        "solve": np.where(t.last_solve == NOWHERE, last, t.last_solve),
        "judged_solve": np.where(t.judged_solve == NOWHERE, last, t.judged_solve),
        "chase": np.where(chased == NOWHERE, np.where(t.first_reply == NOWHERE, last, t.first_reply), chased),
    }


def charged(c: Connection, setting: Setting, b: Bucket, agents: Mapping[int, str]) -> dict[str, np.ndarray]:
    """Columns of `ticket_versions`: team, topic, priority, tier and region at each moment, and whose it was."""
    t, found = b.timelines, {}
    at = moments_of(t)
    found["team_created"] = teams(b, t.first_group, t.began_at)
    for moment in ("reply", "solve", "judged_solve", "chase"):
        found[f"team_{moment}"] = teams(b, t.group_at(at[moment]), t.at(at[moment]))
    for name, changes in described(c, setting, b).items():
        present = b.tickets[name].to_numpy(object)
        found |= {f"{name}_{moment}": changes.at(t, position, present) for moment, position in at.items()}
    return found | {
        "first_assignee": named(t.first_assignee, agents, UNKNOWN),
        "replier": named(t.value_at("actor", t.first_reply), agents, UNKNOWN),
        "solver": named(_solver(t, t.last_solve), agents, UNKNOWN),
        "judged_solver": named(_solver(t, t.judged_solve), agents, UNKNOWN),
        "chased": named(_chased(t), agents, UNKNOWN),
    }


def _solver(t: Timelines, solve: np.ndarray) -> np.ndarray:
    """Who made a solve, or who had the ticket when a rule or the customer did; 0 without one."""
    made_by_human = t.is_at(t.by_agent, solve)
    whose = t.assignee_at(np.where(solve == NOWHERE, 0, solve))
    return np.where(solve == NOWHERE, 0, np.where(made_by_human, t.value_at("actor", solve), whose))


def _chased(t: Timelines) -> np.ndarray:
    """Who had a ticket when the customer first asked again (0 for nobody); where they never did, who replied first."""
    chased = t.chased_from
    whose = t.assignee_at(np.where(chased == NOWHERE, 0, chased))
    return np.where(chased == NOWHERE, t.value_at("actor", t.first_reply), whose)


class Changes:
    """What changes of one attribute say: where they stand, and the words before and after (None for none)."""

    def __init__(self, where: np.ndarray, old: np.ndarray, new: np.ndarray) -> None:
        self.where, self.old, self.new = where, old, new

    def at(
        self, t: Timelines, position: np.ndarray, present: np.ndarray, ticket: np.ndarray | None = None
    ) -> np.ndarray:
        """The word that held just after each ticket's position (or each position of a ticket).

        `present` has each ticket's present word: it holds where nothing ever changed.
        """
        of = np.arange(t.n) if ticket is None else ticket
        present = present[of]
        if not len(self.where):
            return present
        starts, ends = t.starts[:-1][of], t.starts[1:][of]
        first, filled = self._first(self.where, starts), self._first(self.where[self.new != NOTHING], starts)
        # What has not come yet is as of the ticket's last event, and never of the next ticket's.
        latest = np.searchsorted(self.where, np.minimum(position, ends - 1), side="right") - 1
        is_set = self.where[np.maximum(latest, 0)] >= starts
        is_set &= latest >= 0
        before = self.old[self._index(first)]
        later = np.where(filled < ends, self.new[self._index(filled)], None)
        found = np.where(before != NOTHING, before, later)
        found = np.where(is_set, self.new[np.maximum(latest, 0)], found)
        return np.where(first < ends, found, present)

    def _first(self, where: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """The first of these positions from each start on; NOWHERE behind the last."""
        return np.append(where, NOWHERE)[np.searchsorted(where, starts)]

    def _index(self, position: np.ndarray) -> np.ndarray:
        return np.minimum(np.searchsorted(self.where, position), len(self.where) - 1)


def described(c: Connection, setting: Setting, b: Bucket) -> dict[str, Changes]:
    """What changed in a bucket's tickets, by attribute."""
    return dict(_described(c, setting, b))


def _described(c: Connection, setting: Setting, b: Bucket) -> Iterator[tuple[str, Changes]]:
    t = b.timelines
    old, new, of = t.events["old"], t.events["new"], t.events["ticket"]
    for name, kind in OF_WORDS.items():
        where = np.flatnonzero(t.kind(kind))
        words = lives.words(c, np.unique(np.concatenate([old[where], new[where]])))
        was, became = (named(column[where], words, None) for column in (old, new))
        if name == "topic":
            source = b.tickets.source.to_numpy(object)[of[where]]
            was, became = (topics.named(setting, source, words_of) for words_of in (was, became))
        yield name, Changes(where, was, became)
    fields = np.flatnonzero(t.kind(Kind.field))
    words = lives.words(c, np.unique(np.concatenate([old[fields], new[fields]])))
    source = b.tickets.source.to_numpy(object)[of[fields]]
    for name in OF_FIELDS:
        was, became = np.full(len(fields), None, object), np.full(len(fields), None, object)
        is_told = np.zeros(len(fields), bool)
        for of_source, settings in setting.sources.items():
            # The helpdesk's own name of it is what audit.toml maps.
            values = _values(words, name, settings.fields.get(name, name))
            mine = (source == of_source) & (np.isin(old[fields], [*values]) | np.isin(new[fields], [*values]))
            was[mine], became[mine] = (_told(column[fields][mine], values) for column in (old, new))
            is_told |= mine
        yield name, Changes(fields[is_told], was[is_told], became[is_told])


def _values(words: Mapping[int, str], *names: str) -> dict[int, str]:
    """The values of words such as tier=premium, of these fields only."""
    parted = {key: word.partition("=") for key, word in words.items()}
    return {key: value for key, (field, _, value) in parted.items() if field in names}


def _told(keys: np.ndarray, values: Mapping[int, str]) -> np.ndarray:
    said = named(keys, values, None)
    said[said == ""] = None
    return said
