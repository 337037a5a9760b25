"""Service levels of the instance: what was attached to each incident and how it went, and the schedules that they keep.

An incident has one for the response and one for the resolution, on the hours of its group; another group cancels them
and attaches its own. Whoever gets it from another group has an agreement with that one, which binds nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from auditlib.sandbox.company import Schedule
from auditlib.sandbox.hours import MINUTES_A_DAY
from auditlib.sandbox.instants import HOUR
from auditlib.sandbox.past import acts_until
from auditlib.sandbox.plan import Act, Plan
from auditlib.sandbox.servicenow.settings import sys_id, when
from auditlib.sandbox.view import View

Row = dict[str, str]
TARGETS = {"Response": 8 * HOUR, "Resolution": 40 * HOUR}
BETWEEN = "Taken over by another group"
DONE = ("solved", "closed")
FLOATING = "London engineering"
"""It has no zone of its own: its service levels say in which it is kept."""


def attached(view: View) -> list[Row]:
    """Every service level of every incident that is there."""
    return [row for plan in view.plans if not plan.is_deleted(view.now) for row in _of(view, plan)]


def _of(view: View, plan: Plan) -> Iterator[Row]:
    acts = acts_until(plan, view.now)
    kept = [(act.at, change.new) for act in acts for change in act.changes if change.field == "schedule"]
    ends = {
        "Response": next((a.at for a in acts if _answers(view, a)), None),
        "Resolution": next((a.at for a in acts if any(c.field == "status" and c.new in DONE for c in a.changes)), None),
    }
    for target, ended in ends.items():
        for i, (at, number) in enumerate(kept):
            replaced = kept[i + 1][0] if i + 1 < len(kept) else None
            if ended is not None and ended < at and target == "Response":
                continue
            yield _row(view, plan, view.world.company.schedule(number), target, at, ended, replaced)
    for i, (at, change) in enumerate((a.at, c) for a in acts for c in a.changes if c.field == "group_id" and c.old):
        always = view.world.company.schedules["Always open"]
        yield {
            **_row(view, plan, always, "Resolution", at, at + 60, None, f"{BETWEEN} {i} {change.new}"),
            "sla.name": BETWEEN, "sla.type": "OLA", "sla.target": "",
        }  # fmt: skip


def _answers(view: View, act: Act) -> bool:
    agents = {agent.id for agent in view.world.company.agents}
    public = act.message is not None and act.message.is_public
    return public and act.actor in agents and not act.via.startswith("rule")


def _row(
    view: View, plan: Plan, schedule: Schedule, target: str, at: int, ended: int | None, replaced: int | None,
    name: str = "",
) -> Row:  # fmt: skip
    cancelled = replaced is not None and (ended is None or replaced < ended)
    over = ended if not cancelled else replaced
    due = schedule.open.after(plan.created_at, TARGETS[target])
    stage = "cancelled" if cancelled else "completed" if ended is not None else "in_progress"
    return {
        "sys_id": sys_id("task_sla", f"{plan.id}-{target}-{at}-{name}"), "task": sys_id("incident", plan.id),
        "sla": sys_id("contract_sla", f"{target}-{schedule.id}"), "sla.name": f"{target}, {schedule.name}",
        "sla.type": "SLA", "sla.target": target.lower(), "stage": stage,
        "active": "false" if over is not None else "true",
        "has_breached": "true" if due < (view.now if over is None else over) else "false",
        "schedule": sys_id("cmn_schedule", schedule.id), "timezone": schedule.iana,
        "start_time": when(plan.created_at), "end_time": when(over) if over is not None else "",
        "planned_end_time": when(due), "pause_duration": "", "sys_created_on": when(at),
    }  # fmt: skip


def definitions(view: View) -> list[Row]:
    """What is attached to incidents."""
    return [
        {"sys_id": sys_id("contract_sla", f"{target}-{schedule.id}"), "name": f"{target}, {schedule.name}",
         "collection": "incident", "active": "true", "type": "SLA", "target": target.lower(),
         "schedule": sys_id("cmn_schedule", schedule.id), "schedule.name": schedule.name}
        for target in TARGETS for schedule in view.world.company.schedules.values()
    ]  # fmt: skip


def _holidays(schedule: Schedule) -> str:
    return sys_id("cmn_schedule", f"{schedule.id}-holidays")


def schedules(view: View) -> list[Row]:
    """The hours of the groups, and of each the days on which nobody works as a schedule of its own."""
    found, made = [], when(view.world.company.since)
    for schedule in view.world.company.schedules.values():
        zone = "" if schedule.name == FLOATING else schedule.iana
        for number, name in (
            (sys_id("cmn_schedule", schedule.id), schedule.name),
            (_holidays(schedule), f"{schedule.name}: holidays"),
        ):
            found.append({"sys_id": number, "name": name, "time_zone": zone, "parent": "", "sys_created_on": made})
    return found


def within(view: View) -> list[Row]:
    """That holidays stand within hours."""
    return [
        {"sys_id": sys_id("cmn_other_schedule", schedule.id), "schedule": sys_id("cmn_schedule", schedule.id),
         "child_schedule": _holidays(schedule), "type": "include"}
        for schedule in view.world.company.schedules.values()
    ]  # fmt: skip


def spans(view: View) -> list[Row]:
    """The entries of schedules as they are at that moment."""
    return [row for schedule in view.world.company.schedules.values() for row in _spans(view, schedule)]


def _spans(view: View, schedule: Schedule) -> Iterator[Row]:
    today, first = datetime.fromtimestamp(view.now, UTC).date(), view.world.company.since
    in_force = ([w for w in schedule.weeks if w.since <= today] or [schedule.weeks[0]])[-1]
    edited = datetime.combine(in_force.since, datetime.min.time(), UTC)
    is_edited = in_force is not schedule.weeks[0]
    begun = datetime.fromtimestamp(first, UTC).strftime("%Y%m%dT")
    days: dict[tuple[int, int], str] = {}
    for begin, end in in_force.intervals:
        midnight = begin // MINUTES_A_DAY * MINUTES_A_DAY
        day = str((begin // MINUTES_A_DAY - 1) % 7 + 1)
        days[begin - midnight, end - midnight] = days.get((begin - midnight, end - midnight), "") + day
    for (begin, end), some in days.items():
        repeats = {"12345": "weekdays", "1234567": "daily"}.get("".join(sorted(some)), "weekly")
        yield {
            **_span(schedule, f"{begin}-{end}", begun + _clock(begin), begun + _clock(end)),
            "schedule": sys_id("cmn_schedule", schedule.id), "repeat_type": repeats,
            "days_of_week": some if repeats == "weekly" else "",
            "sys_updated_on": when(int(edited.timestamp()) if is_edited else first),
        }  # fmt: skip
    for holiday in {holiday.name: holiday for holiday in reversed(schedule.holidays)}.values():
        begins, ends = holiday.first.strftime("%Y%m%dT000000"), holiday.last.strftime("%Y%m%dT235959")
        yield {
            **_span(schedule, holiday.name, begins, ends), "schedule": _holidays(schedule), "type": "exclude",
            "repeat_type": "yearly", "yearly_type": "doy", "sys_updated_on": when(first),
        }  # fmt: skip


def _span(schedule: Schedule, name: str, begins: str, ends: str) -> Row:
    return {
        "sys_id": sys_id("cmn_schedule_span", f"{schedule.id}-{name}"), "name": name, "type": "",
        "start_date_time": begins, "end_date_time": ends, "repeat_count": "1", "repeat_until": "", "days_of_week": "",
        "yearly_type": "", "month": "", "float_week": "", "float_day": "",
    }  # fmt: skip


def _clock(minute: int) -> str:
    return "235959" if minute == MINUTES_A_DAY else f"{minute // 60:02d}{minute % 60:02d}00"
