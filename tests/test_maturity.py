"""What is too young to say: the latest week looks better than it is, unless waiting is part of the estimate.

Cases are solved evenly over some weeks; some customers come back, with a delay. Seen from the end of the
last week, the share that came back so far is too small. The mature figure, and one minus Kaplan and Meier's
curve at the end of the window, are not. Two kinds of coming back: with a constant hazard, and in bursts.
"""

import dataclasses

import numpy as np
import pytest

from auditlib.figures.estimates import grouped, within
from auditlib.figures.members import Members
from auditlib.figures.survival import curves
from auditlib.metrics.repeat import came_back, came_back_after
from auditlib.span import NEVER, State
from auditlib.worked_examples import Example, timelines

WEEKS, A_WEEK, WINDOW = 8, 250, 7.0
SEEDS = 200


def exponential(rng, n):
    """A customer who comes back does so after two and a half days on average, at any moment alike."""
    return rng.exponential(2.5, n)


def bursty(rng, n):
    """Most who come back do so within hours; the others when an invoice comes, six days later."""
    soon = rng.random(n) < 0.7
    return np.where(soon, rng.gamma(2.0, 0.15, n), rng.normal(6.0, 0.4, n).clip(0.1))


def estimates(rng, delays):
    """(truth, naive, Kaplan–Meier) of the last week, and (truth, figure) of the mature weeks, in one world."""
    n = WEEKS * A_WEEK
    solved_at = np.sort(rng.random(n)) * WEEKS * 7
    delay = np.where(rng.random(n) < 0.22, delays(rng, n), np.inf)
    known = WEEKS * 7 - solved_at
    followed = delay <= WINDOW
    is_last = solved_at >= (WEEKS - 1) * 7
    is_mature = known >= WINDOW
    seen = delay <= known
    naive = (followed & seen)[is_last].mean()
    estimated = came_back_within(WINDOW, np.minimum(delay, known)[is_last], seen[is_last])
    return followed[is_last].mean(), naive, estimated, followed[is_mature].mean(), (followed & seen)[is_mature].mean()


def came_back_within(window, waited, observed):
    """One minus the share that Kaplan and Meier's curve leaves at the end of the window."""
    order = np.argsort(waited, kind="stable")
    n = len(waited)
    found = curves(np.zeros(n, np.int64), waited[order], observed[order], np.ones(n), 1)
    point = found.by(window)
    return 1 - found.lasting[point[0]] if point[0] >= 0 else 0.0


@pytest.fixture(scope="module", params=[exponential, bursty], ids=["exponential", "bursty"])
def worlds(request):
    """Estimates of 200 worlds: one row a seed."""
    return np.array([estimates(np.random.default_rng(seed), request.param) for seed in range(SEEDS)])


def bias(estimated, truth):
    """Mean difference and its Monte-Carlo error."""
    difference = estimated - truth
    return difference.mean(), difference.std(ddof=1) / np.sqrt(SEEDS)


def test_the_naive_share_of_the_last_week_is_too_small(worlds):
    truth, naive = worlds[:, 0], worlds[:, 1]
    mean, error = bias(naive, truth)
    assert mean < -10 * error
    assert naive.mean() < 0.85 * truth.mean()


def test_the_estimate_of_the_last_week_is_unbiased(worlds):
    mean, error = bias(worlds[:, 2], worlds[:, 0])
    assert abs(mean) < 3 * error
    assert error < 0.005, "the Monte-Carlo error is too large to see a bias"


def test_a_wrong_estimator_would_be_seen():
    """Whoever leaves out what still waits, or counts it as gone for good, is far off: this test can fail."""
    found = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        since, delay = rng.random(A_WEEK) * 7, np.where(rng.random(A_WEEK) < 0.22, exponential(rng, A_WEEK), np.inf)
        known, truth = 7 - since, (delay <= WINDOW).mean()
        seen = delay <= known
        forgets_who_waits = came_back_within(WINDOW, delay[seen], seen[seen])
        never_ends = came_back_within(WINDOW, np.where(seen, delay, np.inf), seen)
        found.append((truth, forgets_who_waits, never_ends))
    told = np.array(found)
    for wrong, is_too_large in ((told[:, 1], True), (told[:, 2], False)):
        mean, error = bias(wrong, told[:, 0])
        assert abs(mean) > 10 * error
        assert (mean > 0) == is_too_large


@pytest.mark.parametrize("delays", [exponential, bursty])
def test_intervals_of_the_youngest_weeks_hold_the_truth_as_often_as_they_say(delays):
    """Three days after a week's end, when a part of it has been seen for the whole window."""
    truth = 0.22 * (delays(np.random.default_rng(0), 1_000_000) <= WINDOW).mean()
    held, wide = [], []
    for seed in range(1, SEEDS + 1):
        rng = np.random.default_rng(seed)
        known = 3 + rng.random(A_WEEK) * 7
        delay = np.where(rng.random(A_WEEK) < 0.22, delays(rng, A_WEEK), np.inf)
        found = within(one_cell(np.minimum(delay, known), delay <= known), WINDOW, 10, is_kept=False)
        held.append(found.low[0] <= truth <= found.high[0])
        wide.append(found.high[0] - found.low[0])
    # Of 200 intervals of 95 %, between 179 and 199 hold the truth, in 999 of 1000 such trials.
    assert 179 <= sum(held) <= 199
    assert np.mean(wide) < 0.14, "an interval that says nothing always holds the truth"


def test_a_week_of_which_nobody_was_seen_for_the_whole_window_has_no_estimate():
    known = np.random.default_rng(1).random(A_WEEK) * 7
    found = within(one_cell(known, np.zeros(A_WEEK, bool)), WINDOW, 10, is_kept=False)
    assert np.isnan(found.value[0])
    assert found.reason[0].startswith("not mature")


def one_cell(waited, observed):
    """Cases of as many customers, all in one cell of a figure."""
    n = len(waited)
    yes, no, nobody = np.ones(n, bool), np.zeros(n, bool), np.full(n, "", object)
    whole, day = np.arange(n), np.full(n, "2026-03-02", "datetime64[D]")
    it = Members(
        key=whole, number=np.zeros(n, np.int64), contribution=waited, is_known=yes, is_unmeasurable=no,
        observed=observed, is_waiting=~observed, customer=whole, day=day, until=day, belongs={}, segments=nobody,
        causes=nobody,
    )  # fmt: skip
    return grouped(it, whole, np.zeros(n, np.int64), 1)


def test_the_mature_figure_is_exact(worlds):
    assert (worlds[:, 3] == worlds[:, 4]).all()


def test_weeks_of_which_only_the_last_is_young():
    """Four weeks of 2,800 solves: the first three read alike either way, the last only by the estimate."""
    rng = np.random.default_rng(7)
    solved_at = np.sort(rng.random(11_200)) * 28
    delay = np.where(rng.random(11_200) < 0.22, exponential(rng, 11_200), np.inf)
    known, followed = 28 - solved_at, delay <= WINDOW
    week, seen = (solved_at // 7).astype(int), delay <= known
    naive = [(followed & seen)[week == number].mean() for number in range(4)]
    truth = [followed[week == number].mean() for number in range(4)]
    assert naive[:3] == truth[:3]
    assert naive[3] < truth[3] - 0.05
    last = week == 3
    estimated = came_back_within(WINDOW, np.minimum(delay, known)[last], seen[last])
    assert estimated == pytest.approx(truth[3], abs=0.02)
    assert (known >= WINDOW).sum() == (week < 3).sum() == pytest.approx(8_400, rel=0.02)


def test_a_source_that_is_three_days_behind_withholds_what_could_have_come_through_it():
    """Known to the 20th here and to the 17th elsewhere: what is not known elsewhere is neither silence nor a return."""
    rows = [("T1", "10 10:00"), ("T2", "13 10:00"), ("T3", "05 10:00"), ("T4", "10 10:00"), ("T5", "18 10:00")]
    happened = []
    for name, when in rows:
        about = {"customer": name, "topic": "billing"}
        asked_at = f"2026-03-{when[:2]} 09:00"
        happened.append({"ticket": name, "when": asked_at, "who": "customer", "what": "writes", **about})
        happened.append({"ticket": name, "when": f"2026-03-{when}", "who": "agent", "what": "status: solved"})
    # T2's customer came back on the 18th, T4's on the 12th.
    for name, of, when in (("T6", "T2", "18 10:00"), ("T7", "T4", "12 10:00")):
        about = {"customer": of, "topic": "billing"}
        happened.append({"ticket": name, "when": f"2026-03-{when}", "who": "customer", "what": "writes", **about})
    level = timelines(Example("Example: as of 2026-03-20 00:00", tuple(happened), ()))
    behind = dataclasses.replace(level, mature_until=level.mature_until - 3 * 86400)

    def said(t):
        span = came_back_after.value(t, "calendar")
        days = t.running_minutes(span, "calendar") / 1440
        within = came_back.value(t, 7)
        return [
            (State(int(state)).name, round(float(np.where(np.isnan(minutes), running, minutes / 1440)), 2), in_window)
            for state, minutes, running, in_window in zip(span.state, span.minutes, days, within, strict=True)
        ][:5]

    unknown = pytest.approx(np.nan, nan_ok=True)
    assert said(level) == [
        ("waiting", 9.58, 0), ("observed", 5.0, unknown), ("waiting", 14.58, 0), ("observed", 2.0, 1),
        ("waiting", 1.58, unknown),
    ]  # fmt: skip
    # T1 was silent for nine days here, but only six and a half are known everywhere: nothing is said of its week.
    assert said(behind) == [
        ("waiting", 6.58, unknown), ("waiting", 3.58, unknown), ("waiting", 11.58, 0), ("observed", 2.0, unknown),
        ("waiting", 0.0, unknown),
    ]  # fmt: skip
    changes = came_back_after.changes_at(behind, "calendar")
    assert changes[1] == level.tickets["created_at"][5] + 1
    assert (changes[[0, 2, 3, 4]] == NEVER).all()
    for second, state in ((0, "waiting"), (1, "observed")):
        known = dataclasses.replace(level, mature_until=int(level.tickets["created_at"][5]) + second)
        assert said(known)[1][0] == state
