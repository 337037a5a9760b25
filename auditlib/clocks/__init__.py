"""Business time, exact to the second: which hours were open, and how much of them passed.

A moment is open when the wall clock of the schedule's zone shows an opening time and no
holiday. So an hour that daylight saving skips is not worked, and an hour that comes twice is
worked twice; wall times that do not exist, or exist twice, need no further rule.
"""

from auditlib.clocks.hours import BeyondHorizon, OpenHours
from auditlib.clocks.reading import read_holidays, read_hours
from auditlib.clocks.roster import Roster
from auditlib.clocks.zones import zone

__all__ = ["BeyondHorizon", "OpenHours", "Roster", "read_holidays", "read_hours", "zone"]
