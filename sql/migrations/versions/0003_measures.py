"""Measures, links, figures and their definitions; the tables of families come from the metrics themselves."""

import sqlalchemy as sa
from alembic import op

from auditlib.store.columns import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability_versions",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_available", sa.Boolean(), nullable=False),
        sa.Column("lacking", sa.Text(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("metric", "source", "from_run"),
    )
    op.create_table(
        "components",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("component", sa.BigInteger(), nullable=False),
        sa.Column("customer", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "from_run"),
    )
    op.create_index(("ix_components_component"), "components", ["component"], unique=False)
    op.create_table(
        "definition_versions",
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("leg", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("statistics", sa.Text(), nullable=False),
        sa.Column("date_basis", sa.Text(), nullable=False),
        sa.Column("attributed_at", sa.Text(), nullable=False),
        sa.Column("counter_metric", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("review_by", sa.Text(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("metric", "from_run"),
    )
    op.create_table(
        "episodes_versions",
        sa.Column("episode", sa.BigInteger(), nullable=False),
        sa.Column("customer", sa.BigInteger(), nullable=False),
        sa.Column("contacts", sa.BigInteger(), nullable=False),
        sa.Column("channels", sa.BigInteger(), nullable=False),
        sa.Column("first_contact_at", Moment(), nullable=True),
        sa.Column("last_contact_at", Moment(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("episode", "from_run"),
    )
    op.create_table(
        "figures",
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("cell_id", sa.Text(), nullable=False),
        sa.Column("publication_run", sa.BigInteger(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text(), nullable=False),
        sa.Column("weighting", sa.Text(), nullable=False),
        sa.Column("date_basis", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("period_end", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("breakdown_value", sa.Text(), nullable=False),
        sa.Column("breakdown_2", sa.Text(), nullable=False),
        sa.Column("breakdown_value_2", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("ci_low", sa.Double(), nullable=True),
        sa.Column("ci_high", sa.Double(), nullable=True),
        sa.Column("ci_method", sa.Text(), nullable=True),
        sa.Column("maturity", sa.Text(), nullable=False),
        sa.Column("reliability", sa.Text(), nullable=False),
        sa.Column("coverage", sa.Double(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("missing_sources", sa.Text(), nullable=False),
        sa.Column("suppressed_reason", sa.Text(), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("meets_target", sa.Text(), nullable=True),
        sa.Column("members_hash", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("figure_id"),
    )
    op.create_index("ix_figures_cell", "figures", ["cell_id", "publication_run"], unique=False)
    op.create_table(
        "memberships_versions",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("episode", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "from_run"),
    )
    op.create_index(("ix_memberships_versions_episode"), "memberships_versions", ["episode"], unique=False)
    op.create_table(
        "repeat_links_versions",
        sa.Column("earlier", sa.BigInteger(), nullable=False),
        sa.Column("later", sa.BigInteger(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("solved_at", sa.BigInteger(), nullable=False),
        sa.Column("came_back_at", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("earlier", "later", "from_run"),
    )
    op.create_table(
        "restatement_parts",
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tickets", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("figure_id", "position"),
    )
    op.create_table(
        "ticket_versions",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("created_at", Moment(), nullable=True),
        sa.Column("first_solved_at", Moment(), nullable=True),
        sa.Column("last_solved_at", Moment(), nullable=True),
        sa.Column("first_reply_at", Moment(), nullable=True),
        sa.Column("created_on", sa.Text(), nullable=True),
        sa.Column("last_solved_on", sa.Text(), nullable=True),
        sa.Column("first_reply_on", sa.Text(), nullable=True),
        sa.Column("waiting_since", Moment(), nullable=True),
        sa.Column("status_since", Moment(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("team_created", sa.Text(), nullable=True),
        sa.Column("team_reply", sa.Text(), nullable=True),
        sa.Column("team_solve", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("is_reopened_now", sa.Boolean(), nullable=True),
        sa.Column("exclusion_code", sa.Text(), nullable=True),
        sa.Column("exclusion_reason", sa.Text(), nullable=True),
        sa.Column("reliability", sa.Text(), nullable=True),
        sa.Column("causes", sa.Text(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "from_run"),
    )
