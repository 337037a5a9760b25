"""The figures that were published, why one changed, and how sure a change is."""

import sqlalchemy as sa

from auditlib.store.columns import number, small, table, text, whole

FIGURES = table(
    "figures",
    "Every figure ever published, append-only: a changed one is a new row that supersedes the old.",
    text("figure_id", "Hash of cell and publication.", primary_key=True),
    text("cell_id", "Hash of what the figure is about; the same in every publication.", nullable=False),
    whole("publication_run", "The run that computed it; visible once that run is published.", nullable=False),
    text("metric", "The metric's name.", nullable=False),
    text("version", "Version of its definition.", nullable=False),
    text("statistic", "p50, p90, rate, count …", nullable=False),
    text("weighting", "ticket or customer.", nullable=False),
    text(
        "date_basis",
        "created, solved, replied or at: which moment puts a ticket into a period.",
        nullable=False,
    ),
    text("segment", "all, or a segment of audit.toml.", nullable=False),
    text("period", "week, month or day.", nullable=False),
    text("period_start", "First local date.", nullable=False),
    text("period_end", "Last local date.", nullable=False),
    text("breakdown", "all, team, source …", nullable=False),
    text("breakdown_value", "The team, source …; empty for all.", nullable=False),
    text("breakdown_2", "Second breakdown; empty if there is none.", nullable=False),
    text("breakdown_value_2", "Its value; empty if there is none.", nullable=False),
    whole("n", "Members that the value rests on.", nullable=False),
    number("numerator", "For rates and counts."),
    number("denominator", "For rates."),
    number("value", "The figure; NULL with the reason in suppressed_reason."),
    number("ci_low", "Lower end of the 95 % interval."),
    number("ci_high", "Upper end of the 95 % interval."),
    text("ci_method", "How the interval was made and what it speaks of."),
    text("maturity", "final or provisional.", nullable=False),
    text("reliability", "sufficient, limited or undetermined.", nullable=False),
    number("coverage", "Share of the tickets in scope that could be measured."),
    text("sources", "Sources that it rests on, comma between.", nullable=False),
    text("missing_sources", "Sources that were missing, comma between.", nullable=False),
    text("suppressed_reason", "Why there is no value; NULL if there is one."),
    number("target", "The target of that time; NULL if none."),
    text("meets_target", "yes, no or too close to tell; NULL without a target."),
    text(
        "members_hash",
        "Hash over the sorted surrogates of the members, what each contributed, and how.",
        nullable=False,
    ),
    text("supersedes", "figure_id of the value that it replaces; NULL for the first."),
    sa.Index("ix_figures_cell", "cell_id", "publication_run"),
    sa.Index("ix_figures_period", "period_start", "cell_id", "publication_run"),
)

RESTATEMENT_PARTS = table(
    "restatement_parts",
    "Why a figure changed: reason by reason, adding up to the change exactly.",
    text("figure_id", "The new figure.", primary_key=True),
    small("position", "Order in which the reasons were applied.", primary_key=True),
    text("reason", "LATE_EVENT, MATURATION, source_returned …", nullable=False),
    whole("tickets", "Members that this reason added, removed or changed.", nullable=False),
    number("part", "How much of the change it explains; NULL if one of the two values is none."),
)

FIGURE_CHANGES = table(
    "figure_changes",
    "How sure the change between two figures is, one of a period and one of the period before.",
    text("figure_id", "The later period's figure.", primary_key=True),
    text("previous_figure_id", "The earlier period's figure.", primary_key=True),
    whole(
        "publication_run", "The run that compared them: the one that computed the younger of the two.", nullable=False
    ),
    number("change_ci_low", "Lower end of the 95 % interval of the change."),
    number("change_ci_high", "Upper end of the 95 % interval of the change."),
)
