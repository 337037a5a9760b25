"""Statuses, turns, gaps and backlog a second time: plain loops over one ticket's rows, without the verbs.

The rows are those of worked examples (ticket, when, who, what), so that nothing stands between what
happened and what it comes to. Moments are seconds; sums are minutes.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

UNSOLVED = ("new", "open", "pending_customer", "on_hold")
DONE = ("solved", "closed")
Row = Mapping[str, object]


@dataclass
class Life:
    """One ticket, told second by second where something happens."""

    rows: Sequence[Row]
    cut: int
    created_at: int = 0
    began_at: int = 0
    stays: list[tuple[str, int, int]] = field(default_factory=list)
    turns: list[dict] = field(default_factory=list)
    spells: list[dict] = field(default_factory=list)
    solves: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [row for row in self.rows if row["at"] < self.cut]
        self.created_at = int(self.rows[0]["at"])
        self._tell()

    def _tell(self) -> None:
        self.began_at = self._beginning()
        hidden, status, since = False, "new", self.created_at
        turn: dict | None = None
        spell: dict | None = _spell(self.created_at, "created")
        self.spells.append(spell)
        is_merged = False
        for row in self.rows:
            at, what, who = int(row["at"]), str(row["what"]), str(row["who"]).split()[0]
            before = "deleted" if hidden else status
            word, _, rest = what.partition(": ")
            if word == "status":
                if rest in DONE and status not in DONE:
                    self.solves.append(at)
                if turn and rest in DONE and rest != status:
                    turn = self._end(turn, at, "closed_unanswered")
                status, hidden, is_merged = rest, False, False
            elif word == "deletes":
                hidden = True
                if turn:
                    turn = self._end(turn, at, "closed_unanswered")
            elif word == "restores":
                hidden = False
            elif word == "merged":
                is_merged = True
            elif word == "writes" and who == "customer" and turn is None:
                turn = {"opened": at, "closed": None, "state": "waiting", "acts": []}
                self.turns.append(turn)
            elif word == "writes" and who == "agent" and turn:
                turn = self._end(turn, at, "observed")
            elif turn and who == "agent" and self._is_act(word, rest):
                turn["acts"].append(at)
            now = "deleted" if hidden else status
            if now != before:
                self.stays.append((before, since, at))
                since = at
            spell = self._in_backlog(spell, now in UNSOLVED and not is_merged, at, before, now)
        self.stays.append(("deleted" if hidden else status, since, self.cut))
        self.status = "deleted" if hidden else status

    def _beginning(self) -> int:
        """When an agent or a machine opened it, the customer's first message; otherwise the creation."""
        first = self.rows[0]
        asked = [int(r["at"]) for r in self.rows if r["who"] == "customer" and r["what"] in ("writes", "thanks")]
        ours = str(first["who"]).split()[0] in ("agent", "bot", "automation", "system")
        return asked[0] if ours and asked else self.created_at

    def _end(self, turn: dict, at: int, state: str) -> None:
        turn["closed"], turn["state"] = at, state

    def _is_act(self, word: str, rest: str) -> bool:
        handed_on = word in ("assignee", "group") and rest != "nobody"
        return handed_on or (word == "notes" and not rest.startswith("19"))

    def _in_backlog(self, spell: dict | None, is_in: bool, at: int, before: str, now: str) -> dict | None:
        if spell and not is_in:
            spell["closed"] = at
            spell["left"] = "deleted" if now == "deleted" else "solved"
            return None
        if spell is None and is_in:
            spell = _spell(at, "restored" if before == "deleted" else "reopened")
            self.spells.append(spell)
        return spell

    def in_status(self, *statuses: str) -> int:
        """Seconds in these statuses since the case began."""
        return sum(
            max(0, ended - max(began, self.began_at)) for status, began, ended in self.stays if status in statuses
        )

    def waited(self) -> int:
        """Seconds of all turns, up to the watermark."""
        return sum((turn["closed"] or self.cut) - turn["opened"] for turn in self.turns)

    def paused(self) -> int:
        """Seconds that are both of a turn and of a stay on pending or on hold."""
        return sum(
            max(0, min(ended, turn["closed"] or self.cut) - max(began, turn["opened"], self.began_at))
            for turn in self.turns
            for status, began, ended in self.stays
            if status in ("pending_customer", "on_hold")
        )

    def gaps(self) -> list[tuple[int, int]]:
        """From each act in a turn, or its beginning, to the next, or its end."""
        found = []
        for turn in self.turns:
            marks = [turn["opened"], *turn["acts"], turn["closed"] or self.cut]
            found += list(itertools.pairwise(marks))
        return found


def _spell(opened: int, came: str) -> dict:
    return {"opened": opened, "closed": None, "as": came, "left": None}
