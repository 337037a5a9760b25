"""The pairs of tickets about one issue, by hand."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from auditlib.span import NEVER
from auditlib.timelines.links import Links

PAIRS = ("ticket", "later", "kind", "is_competing_cause", "solved_at", "came_back_at")


def test_where_nobody_tells_of_any_there_are_no_pairs_and_each_ticket_is_an_issue_of_its_own():
    links = Links.none()
    assert {name: len(getattr(links, name)) for name in PAIRS} == dict.fromkeys(PAIRS, 0)
    assert links.issue is None


def test_of_chosen_pairs_everything_is_kept_and_so_are_the_issues():
    told = Links(
        ticket=np.array([0, 1, 0]), later=np.array([1, 2, 3]), kind=np.array(["repeat", "parallel", "repeat"], object),
        is_competing_cause=np.array([False, False, True]), solved_at=np.array([50, NEVER, 60]),
        came_back_at=np.array([100, 200, 300]), issue=np.array([0, 0, 0, 0]),
    )  # fmt: skip
    chosen = told.at(np.array([True, False, True]))
    columns = [getattr(chosen, field.name).tolist() for field in fields(chosen)]
    assert columns == [[0, 0], [1, 3], ["repeat", "repeat"], [False, True], [50, 60], [100, 300], [0, 0, 0, 0]]
