"""Indexes by what a night asks: what changed since a night, which days, which periods."""

import sqlalchemy as sa
from alembic import op

revision = "0015_what_a_night_asks"
down_revision = "0014_status_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ticket_versions_from", "ticket_versions", ["from_run"])
    replaced = sa.text("to_run IS NOT NULL")
    op.create_index(
        "ix_ticket_versions_to", "ticket_versions", ["to_run"], sqlite_where=replaced, postgresql_where=replaced
    )
    days = ["created_on", "first_reply_on", "last_solved_on", "judged_solved_on"]
    op.create_index("ix_ticket_versions_days", "ticket_versions", ["ticket_key", *days, "from_run", "to_run"])
    op.create_index("ix_repeat_links_versions_from", "repeat_links_versions", ["from_run"])
    op.create_index("ix_figures_period", "figures", ["period_start", "cell_id", "publication_run"])
