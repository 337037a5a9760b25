"""What was measured, by which definition, and what each source can tell: as every run found it."""

import sqlalchemy as sa

from auditlib.store.columns import flag, table, text, versions

DEFINITIONS = table(
    "definition_versions",
    "Every measure and figure with its definition, from the run on that first used it.",
    text("metric", "The figure's name in the scorecard, or the measure's in ticket_audit.", primary_key=True),
    text("version", "Version of its definition.", nullable=False),
    text("title", "What leaders call it.", nullable=False),
    text("sentence", "What it is, in one sentence.", nullable=False),
    text("family", "The family that it is measured with.", nullable=False),
    text("page", "Its page in the documentation.", nullable=False),
    text("leg", "attitude, process or outcome.", nullable=False),
    text("unit", "minutes, share or count.", nullable=False),
    text("better", "lower, higher or neither; empty for a measure that is no figure.", nullable=False),
    text("statistics", "Statistics that it is published as, comma between; empty if it is no figure.", nullable=False),
    text("date_basis", "Which moment puts a ticket into a period.", nullable=False),
    text("attributed_at", "Whose team it is charged to: the one at created, reply or solve.", nullable=False),
    text("counter_metric", "What gets worse when it is improved on paper only; NULL if nothing is named."),
    text("owner", "Who answers for the definition.", nullable=False),
    text("checked_by", "Who checked it.", nullable=False),
    text("former_of", "The figure or measure of which this is the former version; NULL for those of today."),
    text("review_by", "Until when it is to be looked at again.", nullable=False),
    *versions(),
)

AVAILABILITY = table(
    "availability_versions",
    "What each source can tell, metric by metric, as every run found it.",
    text("metric", "The figure's or measure's name.", primary_key=True),
    text("source", "The source's name.", primary_key=True),
    flag("is_available", "Whether the source can tell what the metric needs.", nullable=False),
    text("lacking", "What the source cannot tell, comma between; NULL if nothing is lacking."),
    text("because", "Why it cannot, where its helpdesk could; NULL otherwise."),
    flag(
        "is_by_looks",
        "Whether it is measured with solves and reopenings that our own nightly looks show.",
        nullable=False,
        server_default=sa.false(),
    ),
    *versions(),
)
