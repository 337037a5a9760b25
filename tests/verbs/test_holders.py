"""Who held a ticket when, by hand."""

from __future__ import annotations

import numpy as np

from auditlib.caselog.words import Kind
from tests.verbs.made import (
    created,
    made,
)


def test_who_holds_a_ticket_is_its_own_history_and_never_its_neighbours():
    rows = created(0, 1000), (0, 2000, Kind.group, {"old": 31, "new": 32}), created(1, 1000), created(2, 1000)
    t = made(*rows, (2, 3000, Kind.group, {"new": 33}), n=3, group=[32, 34, 33])
    nowhere = np.full(3, np.iinfo(np.int64).max)
    assert t.group_at(nowhere).tolist() == [32, 34, 33]
    assert t.group_at(np.array([0, 2, 3])).tolist() == [31, 34, 0]
    assert t.first_group.tolist() == [31, 34, 33]
    assert t.group_stations.tolist() == [2, 1, 1]
