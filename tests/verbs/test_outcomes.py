"""What speaks for an outcome, and since when a ticket is judged, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE
from auditlib.timelines.outcomes import HORIZON
from tests.verbs.made import ANN, CUSTOMER, created, made, status

DAY, WEEK = 86_400, 7 * 86_400
THEIRS = {"actor": CUSTOMER, "actor_class": ActorClass.customer}
BOT = {"actor": 9, "actor_class": ActorClass.bot}
THANKS, SURE, FORGET_IT, NO = Marker.gratitude, Marker.confirmation, Marker.withdrawal, Marker.refusal


def said(at, *markers, **more):
    return 0, at, Kind.message, THEIRS | {"markers": sum(map(int, markers))} | more


def replied(at, *markers, **more):
    return 0, at, Kind.message, {"markers": sum(map(int, markers))} | more


def by_bot(at, kind=Kind.message, **more):
    return 0, at, kind, BOT | more


def survey(at, answer=None):
    if answer is None:
        return 0, at, Kind.rating_offered, {}
    return 0, at, Kind.rating, THEIRS | {"new": ratings.code(answer)}


OPENED_BY_BOT = created(0, 0, **BOT)
OPENED_BY_RULE = created(0, 0, actor=0, actor_class=ActorClass.automation)
SOLVED = status(1000, Status.solved)


def told(*rows, known=CUSTOMER * 10**6, **columns):
    n = columns.get("n", 1)
    return replace(made(*rows, **{"customer": np.arange(1, n + 1)} | columns), mature_until=known)


@pytest.mark.parametrize(("more", "is_known"), [(-1, False), (0, True)])
def test_a_solve_holds_once_nobody_took_it_back_for_the_whole_window(more, is_known):
    t = told(created(0, 0), SOLVED, known=1000 + WEEK + more)
    assert t.has_settled.tolist() == [is_known]
    assert t.settles_at.tolist() == [NEVER if is_known else 1000 + WEEK]
    still_open = told(created(0, 0), known=1000 + WEEK + more)
    assert (still_open.has_settled.tolist(), still_open.settles_at.tolist()) == ([False], [NEVER])


@pytest.mark.parametrize(("more", "is_old_enough"), [(-1, False), (0, True)])
def test_a_ticket_is_judged_once_it_had_its_time_and_never_without_a_history(more, is_old_enough):
    old_enough = HORIZON + WEEK
    t = told(created(0, 0), created(1, 0), n=2, has_history=[True, False], known=old_enough + more)
    assert t.is_judged.tolist() == [is_old_enough, False]
    assert t.judgement_changes_at.tolist()[0] == (NEVER if is_old_enough else old_enough)


def test_nobody_answered_where_no_human_wrote_before_or_after_thanks():
    assert told(OPENED_BY_BOT, replied(500), SOLVED).is_unanswered.tolist() == [False]
    assert told(OPENED_BY_BOT, SOLVED).is_unanswered.tolist() == [True]


def test_a_bots_answer_is_a_message_and_its_last_one_stands_unless_the_customer_asks_again():
    assert told(created(0, 0), by_bot(100), by_bot(200)).bot_answer.tolist() == [2]
    assert told(created(0, 0), by_bot(100), said(150), by_bot(200)).bot_answer.tolist() == [3]
    assert told(created(0, 0), by_bot(100), said(150)).bot_answer.tolist() == [NOWHERE]
    assert told(created(0, 0), by_bot(100), said(150, THANKS)).bot_answer.tolist() == [1]
    moved = by_bot(200, Kind.group, new=3)
    assert told(created(0, 0), by_bot(100), said(150), moved).bot_answer.tolist() == [NOWHERE]
    assert told(OPENED_BY_BOT, by_bot(100), replied(200)).bot_answer.tolist() == [NOWHERE]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ((created(0, 0), by_bot(100), said(200, THANKS)), 2),
        ((created(0, 0), by_bot(100, is_public=0), said(200, THANKS)), NOWHERE),
        ((created(0, 0), by_bot(100, Kind.group, new=3), said(200, THANKS)), NOWHERE),
        ((OPENED_BY_BOT, said(200, THANKS)), 1),
        ((OPENED_BY_RULE, replied(100), said(200, THANKS)), 2),
        ((created(0, 0), said(200, THANKS)), NOWHERE),
        ((created(0, 0), replied(100), said(200, SURE), said(300, THANKS), said(400)), 3),
        ((created(0, 0), replied(100), replied(200, SURE)), NOWHERE),
        ((created(0, 0), (0, 500, Kind.status, THEIRS | {"new": Status.solved})), 1),
        ((created(0, 0), SOLVED), NOWHERE),
    ],
)
def test_a_customer_says_that_all_is_well_once_somebody_helped(rows, where):
    assert told(*rows).confirmation.tolist() == [where]


def test_of_ratings_the_last_one_counts_and_only_after_the_first_solve():
    opened = created(0, 0), survey(500), survey(600, "good")
    assert told(*opened, SOLVED).confirmation.tolist() == [NOWHERE]
    rows = created(0, 0), SOLVED, survey(1100), survey(1200, "good")
    reopened = status(1300, Status.open), status(1400, Status.solved)
    assert told(*rows, *reopened).confirmation.tolist() == [3]
    assert told(*rows, survey(1500), survey(1600, "bad")).confirmation.tolist() == [NOWHERE]


def test_the_last_reopening_counts():
    again = said(2000), status(2000, Status.open), status(3000, Status.solved), said(4000), status(4000, Status.open)
    assert told(created(0, 0), SOLVED, *again).reopened.tolist() == [6]


def test_what_an_agent_writes_is_no_withdrawal_and_who_withdraws_last_has_withdrawn():
    assert told(created(0, 0), replied(100, FORGET_IT)).withdrawal.tolist() == [NOWHERE]
    assert told(created(0, 0), said(100, FORGET_IT), said(200, FORGET_IT)).withdrawal.tolist() == [2]
    assert told(created(0, 0), said(100, FORGET_IT), said(200, THANKS)).withdrawal.tolist() == [1]
    assert told(created(0, 0), said(100, FORGET_IT), said(200)).withdrawal.tolist() == [NOWHERE]


def test_who_closes_a_case_that_somebody_answered_has_not_given_up():
    closes = status(200, Status.solved, **THEIRS)
    unasked = created(0, 0, markers=int(THANKS))  # nothing is asked, and nobody waits for an answer
    assert told(unasked, closes).withdrawal.tolist() == [1]
    assert told(unasked, replied(100), closes).withdrawal.tolist() == [NOWHERE]
    assert told(OPENED_BY_RULE, replied(100), closes).withdrawal.tolist() == [NOWHERE]


def test_a_refusal_answers_the_customers_last_message_or_stands_where_there_is_none():
    assert told(created(0, 0), replied(100, NO)).refusal.tolist() == [1]
    assert told(created(0, 0), replied(100, NO), said(200)).refusal.tolist() == [NOWHERE]
    assert told(OPENED_BY_BOT, replied(100, NO)).refusal.tolist() == [1]
    in_a_row = created(0, 0), replied(100), replied(200, NO)
    assert told(*in_a_row, channel=np.array(["chat"], object)).refusal.tolist() == [2]
    assert told(created(0, 0), (0, 100, Kind.message, {"is_public": 0, "markers": NO})).refusal.tolist() == [NOWHERE]


def test_a_follow_up_names_a_ticket_that_was_solved_at_most_so_long_before():
    opened = [created(ticket, at) for ticket, at in enumerate((0, 0, 5000, 6000))]
    solves = [status(1000, Status.solved, 0), status(2000, Status.solved, 1)]
    rows = opened[0], solves[0], opened[1], solves[1], opened[2], opened[3]

    def found(*follows, window=4000, rows=rows, **columns):
        t = told(*rows, n=4, key=np.array([40, 10, 30, 20]), follow_up_of=np.array([0, 0, *follows]), **columns)
        return t.is_followed_up(window).tolist()

    assert found(40, 10) == [True, True, False, False]
    assert found(40, 10, window=3999) == [False, False, False, False]
    assert found(10, 0) == [False, True, False, False]
    assert found(99, 30) == [False] * 4, "one that is not here, and one that was not solved"
    by_agent = created(2, 5000, actor=ANN, actor_class=ActorClass.agent)
    theirs = (*rows[:4], by_agent, rows[5])
    assert found(40, 0, rows=theirs) == [False] * 4
    call = np.array(["email", "email", "phone", "email"], object)
    assert found(40, 0, rows=theirs, channel=call) == [True, False, False, False]


def test_a_follow_up_of_what_was_solved_only_later_follows_no_solve():
    rows = (
        created(0, 0),
        status(1000, Status.solved, 0),
        created(1, 0),
        status(9000, Status.solved, 1),
        created(2, 5000),
    )
    t = told(*rows, n=3, follow_up_of=np.array([0, 0, 2]))
    assert t.is_followed_up(WEEK).tolist() == [False] * 3
    first = told(created(0, 0), status(9000, Status.solved, 0), created(1, 5000), n=2, follow_up_of=np.array([0, 1]))
    assert first.is_followed_up(WEEK).tolist() == [False] * 2


def decided(*rows):
    found = told(*rows).outcome
    return found.code[0], int(found.decided[0])


def test_what_nobody_answered_is_decided_by_the_last_question_or_by_the_solve_where_nothing_was_asked():
    assert decided(created(0, 0), said(100), said(200, THANKS), SOLVED) == ("O6", 1)
    assert decided(OPENED_BY_RULE, said(100, THANKS), SOLVED) == ("O6", 2)


def test_a_reopening_in_the_second_of_a_confirmation_is_not_behind_it():
    rows = created(0, 0), replied(500), SOLVED, said(2000, SURE), status(2000, Status.open), replied(2500)
    assert decided(*rows, status(3000, Status.solved))[0] == "O1"
