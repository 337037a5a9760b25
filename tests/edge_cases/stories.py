"""Tickets as stories: who did what when, in lines that anybody can write; and many more, made up at random.

A story begins with `# title`, perhaps with `| channel=phone requester=Ann`. Each line is an update: a moment
in Berlin (or in UTC with a Z), who, and what they did, in order:

    2026-03-02 09:00 Cleo: writes; status open; group Support

`writes` and `notes` are a public message and an internal note, `mutters` a note of fewer than 20 letters,
`thanks` a message that only thanks, `acknowledges` one that only says that the request was received; `merged`
means into the story before. A `rule!` before a change makes it a trigger's within somebody's update.
"""

from __future__ import annotations

import dataclasses
import datetime
import pathlib
import random
import re
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
WRITTEN = pathlib.Path(__file__).with_name("stories.txt")
LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)(Z?) (\w+): (.*)")
SAYS = ("writes", "thanks", "acknowledges", "notes", "mutters")
AGENTS = ("Ann", "Bob", "Dan", "Eve", "Fay")


@dataclasses.dataclass(frozen=True)
class Act:
    """One thing done in an update: `writes`, or `status` with `solved`; by a rule, or by whoever made the update."""

    what: str
    word: str = ""
    by_rule: bool = False


@dataclasses.dataclass(frozen=True)
class Update:
    at: int
    who: str
    acts: tuple[Act, ...]


@dataclasses.dataclass(frozen=True)
class Story:
    number: int
    title: str
    updates: tuple[Update, ...]
    channel: str = "email"
    requester: str = "Cleo"

    @property
    def created_at(self) -> int:
        return self.updates[0].at

    def told(self) -> str:
        """The story in lines, as they are written."""
        lines = [f"# {self.number} {self.title} | channel={self.channel} requester={self.requester}"]
        for update in self.updates:
            acts = "; ".join(f"{'rule!' * act.by_rule}{act.what} {act.word}".strip() for act in update.acts)
            when = datetime.datetime.fromtimestamp(update.at, datetime.UTC)
            lines.append(f"{when:%Y-%m-%d %H:%M:%S}Z {update.who}: {acts}")
        return "\n".join(lines)

    def until(self, moment: int) -> Story:
        """What has happened of it before a moment."""
        return dataclasses.replace(self, updates=tuple(u for u in self.updates if u.at < moment))

    @property
    def merged_into(self) -> int | None:
        """The number of the story before, if it was merged into that."""
        return self.number - 1 if any(a.what == "merged" for u in self.updates for a in u.acts) else None

    @property
    def deleted_at(self) -> int | None:
        """When it was deleted for good."""
        return next((u.at for u in self.updates if u.acts[0].what == "vanishes"), None)


def written(first_number: int = 1) -> list[Story]:
    """The stories of stories.txt."""
    found = []
    for number, part in enumerate(WRITTEN.read_text().split("\n# ")[1:], first_number):
        head, *lines = [line for line in part.splitlines() if line.strip()]
        title, _, more = head.partition(" | ")
        updates = tuple(_update(line) for line in lines if not line.startswith("--"))
        assert list(updates) == sorted(updates, key=lambda u: u.at), title
        found.append(Story(number, title, updates, **dict(pair.split("=") for pair in more.split())))
    return found


def _update(line: str) -> Update:
    found = LINE.fullmatch(line.strip())
    assert found, f"not a line of a story: {line!r}"
    when, utc, who, acts = found.groups()
    at = datetime.datetime.fromisoformat(when).replace(tzinfo=datetime.UTC if utc else BERLIN)
    return Update(int(at.timestamp()), who, tuple(_act(act.strip()) for act in acts.split(";")))


def _act(text: str) -> Act:
    by_rule = text.startswith("rule!")
    what, _, word = text.removeprefix("rule!").partition(" ")
    return Act(what, word, by_rule)


def made_up(count: int, seed: int, first_number: int, begins: int, ends: int) -> list[Story]:
    """Random stories: short and long, with updates in the same second, and with everything that can happen."""
    chance = random.Random(seed)
    return [_random(chance, first_number + i, begins, ends) for i in range(count)]


def _random(chance: random.Random, number: int, begins: int, ends: int) -> Story:
    channel = chance.choice(["email", "email", "web", "phone_call_inbound", "chat"])
    requester = chance.choice(["Cleo"] * 9 + ["Ann"])
    opener = chance.choice(["Cleo"] * 6 + ["Ann", "Bob", "Carl", "Robo"])
    at = chance.randrange(begins, ends)
    step = chance.choice([60, 3600, 20_000, 86_400, 500_000])
    first = [Act("writes")]
    for what, words in (("status", ["open", "new"]), ("group", ["Support"]), ("priority", ["normal", "urgent"])):
        if chance.random() < 0.5:
            first.append(Act(what, chance.choice(words)))
    if chance.random() < 0.6:
        first.append(Act("policy", chance.choice(["Gold", "Silver"]), by_rule=True))
    updates = [Update(at, opener, tuple(first))]
    for _ in range(chance.randrange(0, 14)):
        at += chance.choice([0, 1, 30, chance.randrange(2 * step), chance.randrange(2 * step)])
        updates.append(Update(at, *_something(chance)))
    kept = _without_idle([update for update in updates if update.at < ends])
    return Story(number, "made up", kept, channel, requester)


def _without_idle(updates: list[Update]) -> tuple[Update, ...]:
    """The updates without changes to what is there already, which no helpdesk notes down; but for statuses."""
    held = dict.fromkeys(("group", "assignee", "policy"), "nobody")
    found = []
    for update in updates:
        acts = []
        for act in update.acts:
            if act.what in SAYS or act.what == "status" or held.get(act.what) != act.word:
                acts.append(act)
                held[act.what] = act.word
        if acts:
            found.append(dataclasses.replace(update, acts=tuple(acts)))
    return tuple(found)


def _something(chance: random.Random) -> tuple[str, tuple[Act, ...]]:
    who = chance.choice(
        ["Cleo"] * 5 + ["Carl", "Ann", "Ann", "Bob", "Bob", "Dan", "Eve", "Fay", "Robo", "Rule", "Ghost"]
    )
    acts: list[Act] = []
    if who in AGENTS:
        acts += [Act(chance.choice(["writes", "writes", "writes", "acknowledges", "notes", "mutters"]))] * (
            chance.random() < 0.7
        )
    elif who in ("Cleo", "Carl"):
        acts += [Act(chance.choice(["writes", "writes", "writes", "thanks"]))]
    else:
        acts += [Act("writes")] * (chance.random() < 0.4)
    for what, words, often in (
        ("status", ["open", "pending", "hold", "solved", "solved", "closed"], 0.4),
        ("group", ["Support", "Billing", "Returns", "nobody"], 0.2),
        ("assignee", ["Ann", "Bob", "Dan", "nobody"], 0.2),
        ("priority", ["normal", "urgent", "low"], 0.12),
        ("schedule", ["Office", "Night", "Always"], 0.05),
        ("policy", ["Gold", "Silver", "nobody"], 0.06),
    ):
        if chance.random() < often and (what == "status" or who not in ("Cleo", "Carl", "Ghost")):
            by_rule = what in ("policy", "schedule") or (who in AGENTS and chance.random() < 0.1)
            acts.append(Act(what, chance.choice(words), by_rule))
    return who, tuple(acts or [Act("notes" if who in AGENTS else "writes")])
