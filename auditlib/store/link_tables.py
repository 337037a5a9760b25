"""Which tickets belong together: those of one customer, those of one issue, and what links them."""

import sqlalchemy as sa

from auditlib.store.columns import epoch, flag, key, moment, number, table, text, versions, whole

COMPONENTS = table(
    "components",
    "Tickets tied by customer, merge or follow-up: they are always measured together.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    whole("component", "Smallest surrogate among the tickets that are tied.", nullable=False, index=True),
    whole("customer", "Smallest surrogate among the people who are one customer; 0 if nobody.", nullable=False),
    *versions(),
)

REPEAT_LINKS = table(
    "repeat_links_versions",
    "A later ticket of the same customer about the same issue as an earlier one.",
    key("earlier", "Surrogate of the ticket that failed them.", primary_key=True),
    key("later", "Surrogate of the ticket with which they came back.", primary_key=True),
    text(
        "kind",
        "repeat after a solve, parallel while the earlier one was open, or forwarded on the phone.",
        nullable=False,
    ),
    text(
        "layer", "explicit (follow-up, order or ticket quoted), topic, words (similar texts) or said.", nullable=False
    ),
    number("score", "How sure the link is, 0 to 1.", nullable=False),
    flag(
        "is_competing_cause",
        "True if both belong to one incident: the outage, not the answer, brought them back.",
        nullable=False,
    ),
    text("rule_version", "Version of the rules that linked them.", nullable=False),
    epoch("solved_at", "The solve after which they came back; NULL for a parallel ticket"),
    epoch("came_back_at", "When they came back", nullable=False),
    *versions(),
    sa.Index("ix_repeat_links_versions_from", "from_run"),
)

MEMBERSHIPS = table(
    "memberships_versions",
    "Which issue (episode) each ticket belongs to.",
    key("ticket_key", "Surrogate of the ticket.", primary_key=True),
    whole("episode", "Surrogate of the issue's first ticket.", nullable=False, index=True),
    *versions(),
)

EPISODES = table(
    "episodes_versions",
    "Issues across tickets and channels: from the first contact to the last.",
    key("episode", "Surrogate of the issue's first ticket.", primary_key=True),
    whole("customer", "Surrogate of the customer; 0 if nobody.", nullable=False),
    whole("contacts", "Tickets of the customer about it.", nullable=False),
    whole("channels", "Channels on which they came.", nullable=False),
    whole("came_back", "How often they came back after a solve.", nullable=False),
    whole("parallels", "Tickets that they opened while an earlier one was open.", nullable=False),
    moment("first_contact_at", "When the first of them was created."),
    moment("last_contact_at", "When the last of them was created."),
    moment("ended_at", "The solve that ended it, once nobody came back within the window; NULL before."),
    *versions(),
)
