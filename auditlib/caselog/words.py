"""The case log's own words, and the small numbers under which the store keeps them.

Vendors' words stop at the source; from there on only these are used. The numbers are part of
the stored data: add new ones at the end, never renumber.
"""

from enum import IntEnum


class Kind(IntEnum):
    """What happened to a ticket."""

    created = 1
    message = 2
    status = 3
    assignee = 4
    group = 5
    priority = 6
    tag = 7
    topic = 8
    field = 9
    schedule = 10
    sla_applied = 11
    rating_offered = 12
    rating = 13
    merged_into = 14
    deleted = 15
    restored = 16
    due = 17
    """By when the helpdesk itself wants it answered or solved, in seconds since 1970."""


class Status(IntEnum):
    """Who the ticket waits for. `deleted` is none of the six statuses: no clock runs in it."""

    new = 1
    open = 2
    pending_customer = 3
    on_hold = 4
    solved = 5
    closed = 6
    deleted = 7


class ActorClass(IntEnum):
    """Who acted, as of that moment. The requester is the customer, whatever they are elsewhere."""

    customer = 1
    customer_side = 2
    agent = 3
    bot = 4
    automation = 5
    system = 6
    unknown = 7


class Basis(IntEnum):
    """How sure an actor's class is. `assumed` lowers the reliability of what rests on it."""

    observed = 1
    inferred = 2
    assumed = 3
    told = 4
    """Of this very event by the helpdesk: no history of roles knows better."""


class Marker(IntEnum):
    """What a rule saw in a message: one bit each, so that a message may carry several."""

    gratitude = 1
    """Only thanks or confirms: it opens no turn and breaks nothing."""
    acknowledgement = 2
    """Only says that the request was received."""
    update_request = 4
    """Asks where the answer is."""
    refusal = 8
    promise = 16
    vague_promise = 32
    confirmation = 64
    """Says that it works now."""
    withdrawal = 128
    """Says that nothing is needed any more."""
    alternative = 256
    """Offers another way, as a refusal should."""
    returning = 512
    """Says that they asked about this before, or that it has come back."""


class Rating(IntEnum):
    """What a customer's answer to a survey comes to."""

    bad = 1
    neutral = 2
    good = 3


DONE = (Status.solved, Status.closed)
