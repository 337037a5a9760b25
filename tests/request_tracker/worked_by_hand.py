"""What the audit must say about the named tickets of `history.py`, worked out by hand.

Moments are UTC in 2026; the business hours are Mon–Fri 09:00–17:00 in Europe/London without holidays
(so 08:00–16:00 UTC from 29 March on), read at 20 April 09:00. Minutes are calendar minutes unless their
name says otherwise. `None` is "does not apply" or "not yet", and the state says which; 0 is a real zero.
`story` is the ticket's life as the source must tell it, in the order in which the tracker knew of it.
"""

from __future__ import annotations

import dataclasses

from tests.request_tracker.history import ENDS_AT

BUSINESS_HOURS = "Mon-Fri 09:00-17:00 Europe/London"
READ_AT = ENDS_AT

OBSERVED, WAITING, NOT_APPLICABLE = "observed", "waiting", "not_applicable"
CLOSED_UNANSWERED = "closed_unanswered"

Turn = tuple[str, str | None, str]
"""Opened, closed, state."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Audited:
    """The audit of one ticket."""

    story: tuple[str, ...]
    first_reply_minutes: float | None
    first_reply_business_minutes: float | None
    first_reply_state: str = OBSERVED
    full_resolution_minutes: float | None
    full_resolution_state: str = OBSERVED
    turns: tuple[Turn, ...]
    reopens: int = 0
    customer_reopens: int = 0
    is_one_touch: bool | None
    came_back_within_7d: bool | None
    channel: str = "email"
    exclusion: str | None = None


TICKETS = {
    "invoice": Audited(
        story=(
            "03-16 10:00 zoe opens",
            "03-16 10:00 zoe writes",
            "03-16 10:20 ana: nobody > ana",
            "03-16 10:25 ana notes",
            "03-16 11:30 ana writes",
            "03-16 11:30 tracker: new > open",
            "03-17 09:13 ana: topic Billing error",
            "03-17 09:14 ana: rating 1-5:5",
            "03-17 09:15 ana: open > solved",
        ),
        first_reply_minutes=90,  # Mon 10:00 to the reply at 11:30; neither the note nor RT's mail is one
        first_reply_business_minutes=90,  # all of it between 09:00 and 17:00
        full_resolution_minutes=1395,  # Mon 10:00 to Tue 09:15: 23 h 15 min
        turns=(("03-16 10:00", "03-16 11:30", OBSERVED),),  # one question, one answer
        is_one_touch=True,  # solved by a human, exactly one public reply, never reopened
        came_back_within_7d=True,  # "invoice again": same customer, same topic, 2 days after the solve
    ),
    "invoice again": Audited(
        story=(
            "03-19 14:00 zoe opens",
            "03-19 14:00 zoe writes",
            "03-20 16:30 bo writes",
            "03-20 16:30 tracker: new > open",
            "03-20 16:40 bo: topic Billing error",
            "03-20 16:45 bo: open > solved",
            "03-21 08:00 zoe writes",
            "03-21 08:00 tracker: solved > open",
            "03-23 09:05 bo: open > solved",
        ),
        first_reply_minutes=1590,  # Thu 14:00 to Fri 16:30: 26 h 30 min
        first_reply_business_minutes=630,  # Thu 14:00-17:00 is 180, Fri 09:00-16:30 is 450
        full_resolution_minutes=5465,  # Thu 14:00 to the last solve, Mon 09:05: 3 days 19 h 05 min
        turns=(("03-19 14:00", "03-20 16:30", OBSERVED),),  # a message that only thanks opens no turn
        reopens=1,  # the status did go from solved to open
        customer_reopens=0,  # but the message only thanks
        is_one_touch=True,  # one reply, and thanks break nothing
        came_back_within_7d=False,  # no later ticket by then, and more than 7 days have passed
    ),
    "colleague": Audited(
        story=(
            "03-17 10:00 ana opens",
            "03-17 10:00 ana writes",
            "03-17 10:30 bo writes",
            "03-17 10:30 tracker: new > open",
            "03-17 10:31 bo: open > solved",
        ),
        first_reply_minutes=30,  # an agent who asks is the customer of that ticket
        first_reply_business_minutes=30,
        full_resolution_minutes=31,
        turns=(("03-17 10:00", "03-17 10:30", OBSERVED),),
        is_one_touch=True,  # bo's reply is the only one
        came_back_within_7d=False,
    ),
    "outbound": Audited(
        story=(
            "03-18 15:00 bo opens",
            "03-18 15:00 bo writes",
            "03-18 15:05 bo: new > solved",
        ),
        first_reply_minutes=None,  # nobody asked anything
        first_reply_business_minutes=None,
        first_reply_state=NOT_APPLICABLE,
        full_resolution_minutes=5,  # excluded tickets are measured all the same
        turns=(),
        is_one_touch=None,  # does not apply to outbound tickets
        came_back_within_7d=False,
        channel="unknown",
        exclusion="outbound",
    ),
    "outbound, answered": Audited(
        story=(
            "04-10 09:00 bo opens",
            "04-10 09:00 bo writes",
            "04-13 08:30 pavel writes",
            "04-13 08:30 tracker: new > open",
            "04-13 09:15 bo writes",
            "04-13 09:30 bo: open > solved",
        ),
        first_reply_minutes=45,  # the clocks start when the customer writes, Mon 08:30, to 09:15
        first_reply_business_minutes=45,  # 09:30 to 10:15 in London
        full_resolution_minutes=60,  # Mon 08:30 to 09:30: it too starts at the customer's message
        turns=(("04-13 08:30", "04-13 09:15", OBSERVED),),
        is_one_touch=True,  # in scope since the customer wrote; the opening is no reply, so there is one
        came_back_within_7d=None,  # 7 days after the solve are 30 minutes after the reading: not yet known
        channel="unknown",
    ),
    "weekend": Audited(
        story=(
            "03-21 11:00 rosa opens",
            "03-21 11:00 rosa writes",
            "03-22 10:00 ana writes",
            "03-22 10:00 tracker: new > open",
            "03-23 09:00 ana: open > solved",
        ),
        first_reply_minutes=1380,  # Sat 11:00 to Sun 10:00
        first_reply_business_minutes=0,  # asked and answered while closed: a real zero, not an unknown
        full_resolution_minutes=2760,  # Sat 11:00 to Mon 09:00: 46 h
        turns=(("03-21 11:00", "03-22 10:00", OBSERVED),),
        is_one_touch=True,
        came_back_within_7d=False,
    ),
    "login, merged": Audited(
        story=(
            "03-24 09:00 mira opens",
            "03-24 09:00 mira writes",
            "03-24 10:10 ana: merged into login",
        ),
        first_reply_minutes=None,  # its question was answered on the ticket that it became part of
        first_reply_business_minutes=None,
        first_reply_state=WAITING,  # its own history has no reply, and it was never solved itself
        full_resolution_minutes=None,
        full_resolution_state=WAITING,
        turns=(("03-24 09:00", None, WAITING),),
        is_one_touch=None,
        came_back_within_7d=None,
        exclusion="merged_secondary",
    ),
    "login": Audited(
        story=(
            "03-24 09:00 mira opens",
            "03-24 09:00 mira writes",
            "03-24 09:40 mira writes",
            "03-24 11:00 ana writes",
            "03-24 11:00 tracker: new > open",
            "03-24 11:30 ana: open > solved",
        ),
        first_reply_minutes=120,  # from 09:00, when its oldest member was opened, not from its own 09:40
        first_reply_business_minutes=120,
        full_resolution_minutes=150,  # likewise from 09:00
        turns=(("03-24 09:00", "03-24 11:00", OBSERVED),),  # the second message does not reset the wait
        is_one_touch=True,
        came_back_within_7d=False,
    ),
    "unanswered": Audited(
        story=(
            "03-25 09:00 petra opens",
            "03-25 09:00 petra writes",
            "03-25 15:00 ana: new > solved",
        ),
        first_reply_minutes=None,  # never: a solve is no answer
        first_reply_business_minutes=None,
        first_reply_state=CLOSED_UNANSWERED,
        full_resolution_minutes=360,
        turns=(("03-25 09:00", "03-25 15:00", CLOSED_UNANSWERED),),
        is_one_touch=False,  # needs exactly one reply; there is none
        came_back_within_7d=False,
    ),
    "rejected": Audited(
        story=(
            "03-26 08:00 prize opens",
            "03-26 08:00 prize writes",
            "03-26 09:00 bo: new > closed",
        ),
        first_reply_minutes=None,
        first_reply_business_minutes=None,
        first_reply_state=CLOSED_UNANSWERED,
        full_resolution_minutes=60,  # closed without ever being solved counts as the solve
        turns=(("03-26 08:00", "03-26 09:00", CLOSED_UNANSWERED),),
        is_one_touch=False,
        came_back_within_7d=False,
    ),
    "printer": Audited(
        story=(
            "03-27 16:00 kim opens",
            "03-27 16:00 kim writes",
            "03-30 08:20 ana: nobody > ana",
            "03-30 08:30 ana writes",
            "03-30 08:30 tracker: new > open",
            "03-30 09:00 ana: open > solved",
            "03-31 10:00 kim writes",
            "03-31 10:00 tracker: solved > open",
            "03-31 10:30 bo: ana > bo",
            "03-31 12:00 bo writes",
            "03-31 12:05 bo: open > solved",
        ),
        first_reply_minutes=3870,  # Fri 16:00 to Mon 08:30 UTC: 64 h 30 min, whatever the clocks showed
        first_reply_business_minutes=90,  # Fri 16:00-17:00 is 60; Mon 08:30 UTC is 09:30 in London, so 30
        full_resolution_minutes=5525,  # to the last solve, Tue 12:05: 3 days 20 h 05 min
        turns=(
            ("03-27 16:00", "03-30 08:30", OBSERVED),
            ("03-31 10:00", "03-31 12:00", OBSERVED),  # the complaint that reopened it, answered after 2 h
        ),
        reopens=1,
        customer_reopens=1,  # by RT_System's name, but in the second of the customer's mail
        is_one_touch=False,
        came_back_within_7d=False,  # a reopening is not another ticket
    ),
    "robot": Audited(
        story=(
            "04-02 09:00 tess opens",
            "04-02 09:00 tess writes",
            "04-02 09:00 tracker writes",
            "04-02 09:00 tracker: new > open",
            "04-02 09:30 bo writes",
            "04-02 09:35 bo: open > solved",
        ),
        first_reply_minutes=30,  # to bo: the script's message opened the ticket, but is no reply
        first_reply_business_minutes=30,  # 10:00 to 10:30 in London
        full_resolution_minutes=35,
        turns=(("04-02 09:00", "04-02 09:30", OBSERVED),),
        is_one_touch=True,  # exactly one reply by a human
        came_back_within_7d=False,
    ),
    "phone": Audited(
        story=(
            "04-07 10:00 ana opens",
            "04-07 10:00 ana writes",
            "04-07 10:05 ana: new > solved",
            "04-08 09:01 nina writes",
            "04-08 09:01 tracker: solved > open",
            "04-08 09:41 ana writes",
            "04-08 10:01 ana: open > solved",
        ),
        first_reply_minutes=40,  # did not apply to the call; once she writes, from 09:01 to 09:41
        first_reply_business_minutes=40,
        full_resolution_minutes=60,  # from her message at 09:01 to the last solve at 10:01
        turns=(("04-08 09:01", "04-08 09:41", OBSERVED),),
        reopens=1,
        customer_reopens=1,
        is_one_touch=False,  # the customer reopened it with more than thanks
        came_back_within_7d=False,
        channel="phone",
    ),
    "bounced": Audited(
        story=(
            "04-08 07:00 lukasz opens",
            "04-08 07:00 lukasz writes",
            "04-08 08:10 cy: Support > Billing",
            "04-08 08:40 ana: Billing > Support",
            "04-08 09:00 ana writes",
            "04-08 09:00 tracker: new > open",
            "04-08 09:30 ana: open > pending_customer",
            "04-09 10:00 lukasz writes",
            "04-09 10:45 ana writes",
            "04-09 10:46 ana: pending_customer > solved",
        ),
        first_reply_minutes=120,  # Wed 07:00 to 09:00
        first_reply_business_minutes=60,  # London opens at 08:00 UTC by then
        full_resolution_minutes=1666,  # Wed 07:00 to Thu 10:46: 27 h 46 min, the stalled time included
        turns=(
            ("04-08 07:00", "04-08 09:00", OBSERVED),
            ("04-09 10:00", "04-09 10:45", OBSERVED),  # a mail does not open a stalled ticket, yet he waits
        ),
        reopens=0,  # it was never solved before
        is_one_touch=False,  # two replies
        came_back_within_7d=False,
    ),
    "never answered": Audited(
        story=(
            "04-14 13:00 omar opens",
            "04-14 13:00 omar writes",
            "04-16 09:00 omar writes",
            "04-16 09:00 tracker: new > open",
        ),
        first_reply_minutes=None,  # RT sent its own mail and set Started by the second mail: neither answers
        first_reply_business_minutes=None,
        first_reply_state=WAITING,
        full_resolution_minutes=None,
        full_resolution_state=WAITING,
        turns=(("04-14 13:00", None, WAITING),),  # asking again does not reset the wait
        is_one_touch=None,  # not solved yet
        came_back_within_7d=None,
    ),
    "still waiting": Audited(
        story=(
            "04-15 08:00 sami opens",
            "04-15 08:00 sami writes",
            "04-15 08:30 ana writes",
            "04-15 08:30 tracker: new > open",
            "04-17 12:00 sami writes",
        ),
        first_reply_minutes=30,
        first_reply_business_minutes=30,  # 09:00 to 09:30 in London
        full_resolution_minutes=None,
        full_resolution_state=WAITING,
        turns=(
            ("04-15 08:00", "04-15 08:30", OBSERVED),
            ("04-17 12:00", None, WAITING),
        ),
        is_one_touch=None,
        came_back_within_7d=None,
    ),
}

DELETED = (
    "04-01 08:00 junk opens",
    "04-01 08:00 junk writes",
    "04-02 09:10 bo deletes",
)
RESTORED = (
    "04-02 10:00 umi opens",
    "04-02 10:00 umi writes",
    "04-02 10:30 bo deletes",
    "04-02 11:00 bo restores",
    "04-02 11:00 bo: deleted > open",
    "04-02 11:10 bo writes",
    "04-02 11:11 bo: open > solved",
)
