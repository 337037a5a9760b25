"""Waits, time by status, unattended time, resolutions and the backlog are what the sandbox meant, to the second."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest

from auditlib.caselog.rows import moment
from tests.answer_key import AS_OF, happened

CUT = moment(AS_OF)
ZONE = ZoneInfo("Europe/Berlin")
DONE = ("solved", "closed")
BY_STATUS = {
    "customer_wait_by_status_minutes": ("new", "open", "hold"),
    "waiting_on_customer_minutes": ("pending",),
    "new_or_open_minutes": ("new", "open"),
    "new_minutes": ("new",),
    "on_hold_minutes": ("hold",),
}
AGES = {
    "days_0_to_1": (0, 1), "days_1_to_3": (1, 3), "days_3_to_7": (3, 7), "days_7_to_14": (7, 14),
    "days_14_to_30": (14, 30), "days_30_and_more": (30, 10**6),
}  # fmt: skip


def turns(answer):
    """(opened, closed or the watermark, state) of every turn that had begun."""
    found = []
    for turn in answer["turns"]:
        if happened(turn["opened_at"]):
            over = happened(turn["closed_at"])
            state = "waiting" if not over else "observed" if turn["state"] == "answered" else "closed_unanswered"
            found.append((moment(turn["opened_at"]), moment(turn["closed_at"]) if over else CUT, state))
    return found


def began(answer):
    """When the case began: an agent's ticket with the customer's first message."""
    asked = [opened for opened, _, _ in turns(answer)]
    return asked[0] if answer["opened_by"] == "agent" and asked else moment(answer["created_at"])


def stays(answer):
    """(status, began, ended) through the life of the ticket."""
    told = [(moment(s["at"]), s["status"]) for s in answer["statuses"] if happened(s["at"])]
    ends = [at for at, _ in told[1:]] + [CUT]
    return [(status, at, end) for (at, status), end in zip(told, ends, strict=True)]


def in_status(answer, *statuses):
    since = began(answer)
    return sum(max(0, end - max(at, since)) for status, at, end in stays(answer) if status in statuses)


def is_over(answer):
    return stays(answer)[-1][0] in (*DONE, "deleted")


def solves(answer):
    return [moment(s["at"]) for s in answer["solves"] if happened(s["at"]) and moment(s["at"]) >= began(answer)]


def spells(answer):
    """(came, went or None, how it came, how it went) of every time in the backlog."""
    found, before = [], "created"
    for status, at, _ in stays(answer):
        is_out = status in (*DONE, "deleted")
        if not is_out and (not found or found[-1][1] is not None):
            found.append([at, None, "restored" if before == "deleted" else "reopened" if found else "created", None])
        if is_out and found and found[-1][1] is None:
            merged = answer["merged_at"] is not None and moment(answer["merged_at"]) == at
            found[-1][1:] = [at, found[-1][2], "deleted" if status == "deleted" else "merged" if merged else "solved"]
        before = status
    return [tuple(spell) for spell in found]


def agree(tickets, in_scope, column, meant):
    """Each ticket's minutes and state are what `meant` gives for its answer: (seconds or None, state)."""
    seen = set()
    for name, answer in in_scope.items():
        seconds, state = meant(answer)
        row = tickets[name]
        assert row[f"{column}_state"] == state, (name, column)
        assert row[column] == (None if seconds is None else pytest.approx(seconds / 60, abs=1e-6)), (name, column)
        seen.add(state)
    return seen


def test_customers_waited_as_long_as_was_meant(tickets, in_scope):
    def meant(answer):
        told = turns(answer)
        if not told:
            return None, "not_applicable"
        seconds = sum(closed - opened for opened, closed, _ in told)
        return (None if told[-1][2] == "waiting" else seconds), told[-1][2]

    seen = agree(tickets, in_scope, "customer_wait_minutes", meant)
    assert seen == {"observed", "waiting", "closed_unanswered", "not_applicable"}


@pytest.mark.parametrize(("column", "statuses"), BY_STATUS.items())
def test_time_by_status_is_what_was_meant(tickets, in_scope, column, statuses):
    def meant(answer):
        return (in_status(answer, *statuses), "observed") if is_over(answer) else (None, "waiting")

    assert agree(tickets, in_scope, column, meant) == {"observed", "waiting"}


def test_pauses_while_the_customer_waited_are_what_was_meant(tickets, in_scope):
    def meant(answer):
        if not turns(answer):
            return None, "not_applicable"
        seconds = sum(
            max(0, min(end, closed) - max(at, opened))
            for opened, closed, _ in turns(answer)
            for status, at, end in stays(answer)
            if status in ("pending", "hold")
        )
        return (seconds, "observed") if is_over(answer) else (None, "waiting")

    agree(tickets, in_scope, "paused_while_customer_waited_minutes", meant)


def test_the_longest_time_unattended_is_what_was_meant(tickets, in_scope):
    def meant(answer):
        told = turns(answer)
        if not told or told[-1][2] == "waiting":
            return None, "waiting" if told else "not_applicable"
        acts = sorted(moment(act["at"]) for act in answer["attended"])
        marks = [[o, *(at for at in acts if o < at < c), c] for o, c, _ in told]
        return max(b - a for one in marks for a, b in itertools.pairwise(one)), "observed"

    agree(tickets, in_scope, "unattended_minutes", meant)


def test_resolutions_are_what_was_meant(tickets, in_scope):
    def beforehand(answer):
        return stays(answer)[-1][0] in DONE and not solves(answer)

    def first(answer):
        if solves(answer):
            return solves(answer)[0] - began(answer), "observed"
        return None, "not_applicable" if beforehand(answer) else "waiting"

    def net(answer):
        if beforehand(answer) or stays(answer)[-1][0] not in DONE:
            return None, "not_applicable" if beforehand(answer) else "waiting"
        until, since = solves(answer)[-1], began(answer)
        counted = [(max(at, since), min(end, until)) for status, at, end in stays(answer) if status != "pending"]
        return sum(max(0, end - at) for at, end in counted), "observed"

    def full(answer):
        seconds, state = net(answer)
        return (solves(answer)[-1] - began(answer) if seconds is not None else None), state

    assert agree(tickets, in_scope, "first_resolution_minutes", first) >= {"observed", "waiting"}
    assert agree(tickets, in_scope, "full_resolution_minutes", full) >= {"observed", "waiting"}
    assert agree(tickets, in_scope, "net_resolution_minutes", net) >= {"observed", "waiting"}


def test_who_was_assigned_when_is_what_was_meant(tickets, in_scope):
    def meant(answer):
        given = [moment(a["at"]) for a in answer["assignees"] if happened(a["at"]) and a["to"] is not None]
        if given:
            return given[0] - moment(answer["created_at"]), "observed"
        return None, "not_applicable" if is_over(answer) else "waiting"

    assert agree(tickets, in_scope, "unassigned_minutes", meant) == {"observed", "waiting", "not_applicable"}


def test_times_in_the_backlog_agree_to_the_second(audited, tickets):
    store, key = audited
    ours: dict[str, list] = {name: [] for name in tickets}
    for row in store.execute(
        "SELECT v.ticket, b.opened_at, b.closed_at, b.opened_as, b.closed_as FROM backlog_versions b "
        "JOIN ticket_versions v ON v.ticket_key = b.ticket_key AND v.to_run IS NULL "
        "WHERE b.to_run IS NULL ORDER BY v.ticket, b.spell"
    ):
        closed = moment(row["closed_at"]) if row["closed_at"] else None
        ours[row["ticket"]].append((moment(row["opened_at"]), closed, row["opened_as"], row["closed_as"]))
    # What was deleted before the first night has no history: nobody knows when it was in the backlog.
    known = {name for name, row in tickets.items() if row["new_or_open_minutes_state"] != "unmeasurable"}
    assert not any(ours[name] for name in set(tickets) - known)
    invented = {name for name in known if key[name]["statuses"]}
    assert {name: ours[name] for name in invented} == {name: spells(key[name]) for name in invented}
    ways = {(spell[2], spell[3]) for name in invented for spell in ours[name]}
    assert {"created", "reopened"} <= {came for came, _ in ways}
    assert {"solved", "merged", None} <= {went for _, went in ways}


def test_the_backlog_of_every_day_adds_up_and_is_what_stood_there(audited):
    store, _ = audited
    days = store.execute("SELECT * FROM backlog ORDER BY day").fetchall()
    stood = store.execute(
        "SELECT b.opened_at, b.closed_at, v.exclusion_code FROM backlog_versions b "
        "JOIN ticket_versions v ON v.ticket_key = b.ticket_key AND v.to_run IS NULL "
        "WHERE b.to_run IS NULL AND (v.exclusion_code IS NULL OR v.exclusion_code IN ('X3', 'X4'))"
    ).fetchall()
    held = [(_day(row["opened_at"]), _day(row["closed_at"]), row["exclusion_code"]) for row in stood]
    first = datetime.date.fromisoformat(days[0]["day"])
    assert [row["day"] for row in days] == [str(first + datetime.timedelta(days=n)) for n in range(len(days))]
    assert days[-1]["day"] == "2026-10-26"
    before = 0
    for row in days:
        assert row["opened_with"] == before
        came = row["created"] + row["reopened"] + row["restored"]
        assert row["left_over"] == before + came - row["solved"] - row["merged"] - row["deleted"]
        day = datetime.date.fromisoformat(row["day"])
        there = [(opened, code) for opened, closed, code in held if opened <= day and (closed is None or closed > day)]
        assert row["left_over"] == len(there)
        assert row["counted"] == sum(code is None for _, code in there)
        for column, (low, high) in AGES.items():
            assert row[column] == sum(low <= (day - opened).days < high for opened, _ in there), (row["day"], column)
        before = row["left_over"]
    for column in ("created", "reopened", "solved", "merged", *AGES):
        assert sum(row[column] for row in days) > 0, column


def test_the_figure_is_what_the_view_left_over_at_the_end_of_its_period(audited):
    store, _ = audited
    counted = {row["day"]: row["counted"] for row in store.execute("SELECT day, counted FROM backlog")}
    figures = store.execute(
        "SELECT period, period_end, value FROM scorecard WHERE metric = 'backlog' AND breakdown = 'all' "
        "AND segment = 'all' AND weighting = 'ticket' AND period_end <= '2026-10-26'"
    ).fetchall()
    assert {row["period"] for row in figures} >= {"week", "month"}
    assert len(figures) > 20
    for row in figures:
        assert row["value"] == counted[row["period_end"]], tuple(row)


def test_the_backlog_now_is_that_of_the_last_day(audited):
    store, _ = audited
    last = store.execute("SELECT counted FROM backlog ORDER BY day DESC LIMIT 1").fetchone()
    now = store.execute("SELECT SUM(tickets) AS tickets, SUM(customers_waiting) AS waiting FROM backlog_now").fetchone()
    assert now["tickets"] == last["counted"]
    assert 0 < now["waiting"] <= now["tickets"]


def _day(at):
    return datetime.datetime.fromtimestamp(moment(at), ZONE).date() if at else None
