"""What is too young to say: the latest week looks better than it is, unless waiting is part of the estimate.

Cases are solved evenly over some weeks; some customers come back, with a delay. Seen from the end of the
last week, the share that came back so far is too small. The mature figure, and one minus Kaplan and Meier's
curve at the end of the window, are not. Two kinds of coming back: with a constant hazard, and in bursts.
"""

import numpy as np
import pytest

from auditlib.figures.survival import curves

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
