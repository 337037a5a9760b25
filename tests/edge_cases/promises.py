"""What service levels come to by the definitions: every target of a story, in plain loops."""

from __future__ import annotations

import dataclasses
import math

from tests.edge_cases import hours
from tests.edge_cases.company import POLICIES
from tests.edge_cases.oracle import DONE, Case, _held

FOREVER = 1 << 40
RUNS_IN = {
    "requester_wait": ("new", "open", "hold"),
    "agent_work": ("new", "open"),
    "resolution": ("new", "open", "hold", "pending"),
    "pausable_update": ("new", "open", "hold"),
    "periodic_update": ("new", "open", "hold", "pending"),
}


@dataclasses.dataclass
class Run:
    """A wait or a work that may be limited: when it began and ended, how, and when its clock ran."""

    promises: str
    opened: int
    ended: int
    kept: bool
    pieces: list[tuple[int, int]]


def targets(case: Case, merged_at: int = FOREVER) -> list[tuple[str, str, float, str, bool]]:
    """(what is promised, at which priority, minutes, what became of it, whether lowered late), in no order."""
    found = []
    for run in _runs(case):
        held: list[tuple[str, str, float, str, bool]] = []
        replaced, before = [], None
        is_merged = run.ended >= merged_at != FOREVER
        if run.opened >= merged_at:
            continue
        run.ended = min(run.ended, merged_at)
        spells = _spells(case)
        for (began, policy, priority), (ended, _, _) in zip(spells, [*spells[1:], (FOREVER, "", "")], strict=True):
            target = POLICIES.get(policy, (0, {}))[1].get((run.promises, priority))
            meets = (began <= run.opened or began < run.ended) and ended > run.opened
            if target is None or not meets:
                continue
            minutes, on_hours = target
            due = _due(case, run, minutes * 60, on_hours)
            stopped = min(run.ended, ended, case.cut)
            if due < stopped:
                state = "breached"
            elif ended < run.ended or is_merged:
                state = "cancelled"
            elif run.ended == FOREVER:
                state = "active"
            else:
                state = "achieved" if run.kept else "fulfilled_without_reply"
            late = before is not None and before[0] != priority and due > before[1] and began >= before[2]
            before = priority, due, _due(case, run, math.ceil(minutes * 60 * 0.9), on_hours)
            held.append((run.promises, priority, minutes, state, late))
            replaced.append(ended < run.ended and state != "breached")
        # A target that was replaced before it was due was decided by the one in its place.
        found += [one for n, one in enumerate(held) if not replaced[n] or n == len(held) - 1]
    return found


def _spells(case: Case) -> list[tuple[int, str, str]]:
    """(since, policy, priority) whenever either changed; of one second only the last word."""
    policy, priority, found = "nobody", "nothing", {case.created_at: ("nobody", "nothing")}
    for e in case.events:
        if e.what == "policy":
            # One that goes and one that comes in the same second: the one that came.
            same = [x.word for x in case.events if x.at == e.at and x.what == "policy" and x.word != "nobody"]
            policy = same[-1] if same else "nobody"
        if e.what == "priority":
            priority = e.word
        if e.what in ("policy", "priority"):
            found[e.at] = (policy, priority)
    told = [(at, *words) for at, words in sorted(found.items())]
    return [one for i, one in enumerate(told) if i == 0 or one[1:] != told[i - 1][1:]]


def _runs(case: Case) -> list[Run]:
    runs = []
    for number, (opened, closed, answered) in enumerate(case.turns, 1):
        began, ended = case.events[opened].at, FOREVER if closed is None else case.events[closed].at
        promised = "first_reply" if number == 1 else "next_reply"
        runs.append(Run(promised, began, ended, answered, [(began, ended)]))
    done = case.events[case.solves[-1]].at if case.is_done and case.solves else FOREVER
    for promised in () if case.is_outbound else ("requester_wait", "agent_work", "resolution"):
        runs.append(Run(promised, case.began_at, done, case.is_done, _pieces(case, promised, case.began_at, done)))
    for promised in ("pausable_update", "periodic_update"):
        for begun, ended, kept in _updates(case):
            pieces = _pieces(case, promised, begun, ended)
            runs += [Run(promised, begun, ended, kept, pieces)] if pieces else []
    return runs


def _updates(case: Case) -> list[tuple[int, int, bool]]:
    """From each public human message to the next in a later second, or to the solve."""
    found, status = [], case.stays[0][0]
    ends = []
    for i, e in enumerate(case.events):
        if e.is_reply or (e.what == "status" and e.word in DONE and e.word != status):
            ends.append(i)
        status = e.word if e.what == "status" else status
    for i, e in enumerate(case.events):
        if e.is_reply:
            end = next((j for j in ends if j > i), None)
            ended = FOREVER if end is None else case.events[end].at
            if ended > e.at:
                found.append((e.at, ended, end is not None and case.events[end].is_reply))
    return found


def _pieces(case: Case, promised: str, opened: int, ended: int) -> list[tuple[int, int]]:
    last = len(case.stays) - 1
    stays = [(s, a, FOREVER if n == last else z) for n, (s, a, z) in enumerate(case.stays)]
    cut = [(max(a, opened, case.began_at), min(z, ended)) for s, a, z in stays if s in RUNS_IN[promised]]
    return [(a, z) for a, z in cut if a < z]


def _due(case: Case, run: Run, seconds: int, on_hours: bool) -> int:
    """The first moment at which the clock has used it up; FOREVER while it pauses before that."""
    left = seconds
    for n, (began, ended) in enumerate(run.pieces):
        goes_on = n == len(run.pieces) - 1 and ended == run.ended
        due = _after(case, began, left, on_hours)
        if due <= ended or goes_on:
            return due
        left -= round(case.passed(began, ended, "business" if on_hours else "calendar") * 60)
    return FOREVER


def _after(case: Case, began: int, seconds: int, on_hours: bool) -> int:
    if not on_hours:
        return began + seconds
    kept = case.schedules()
    since = sorted({began, *(s for s, _ in kept if s > began)})
    for a, z in zip(since, [*since[1:], None], strict=True):
        name = _held(kept, a)
        opened = 0 if z is None else hours.until(name, z) - hours.until(name, a)
        if z is None or opened >= seconds:
            return hours.reached(name, a, seconds)
        seconds -= opened
    raise AssertionError("the last schedule has no end")
