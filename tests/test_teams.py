"""An old week keeps the team of its time."""

import datetime
import types

import numpy as np
import pandas as pd

from auditlib.clocks import zone
from auditlib.config.shape import Team
from auditlib.pipeline.columns import teams
from auditlib.pipeline.teams import dated
from auditlib.span import NEVER

DAY = datetime.date(2026, 3, 29)
MIDNIGHT = int(datetime.datetime(2026, 3, 28, 23, tzinfo=datetime.UTC).timestamp())
TEAMS = (
    Team(name="Billing", groups=("desk:Money",), since=None, until=DAY),
    Team(name="Accounts", groups=("desk:Money",), since=DAY, until=None),
    Team(name="Later", groups=("desk:Doors",), since=datetime.date(2027, 1, 1), until=None),
)
SETTING = types.SimpleNamespace(config=types.SimpleNamespace(teams=TEAMS), zone=zone("Europe/Berlin"))
GROUPS = pd.DataFrame({"group_key": [1, 2], "source": "desk", "name": ["Money", "Doors"], "id": ["11", "12"]})
MONEY, DOORS = 1, 2


def bucket():
    held = dated(SETTING, GROUPS, MIDNIGHT + 86400)
    return types.SimpleNamespace(teams=held.of_group[-1], dated_teams=held)


def test_a_group_belongs_to_the_team_that_had_it_at_that_second():
    at = np.array([MIDNIGHT - 1, MIDNIGHT, NEVER])
    assert teams(bucket(), np.full(3, MONEY), at).tolist() == ["Billing", "Accounts", "Accounts"]


def test_without_a_moment_it_is_the_team_of_now():
    assert teams(bucket(), np.array([MONEY, DOORS, 0])).tolist() == ["Accounts", "Doors", None]


def test_a_team_that_begins_later_has_no_groups_yet():
    assert teams(bucket(), np.array([DOORS]), np.array([MIDNIGHT])).tolist() == ["Doors"]
