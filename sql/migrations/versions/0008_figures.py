"""How sure changes are, and the segments of each ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0008_figures"
down_revision = "0007_edited_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_changes",
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("previous_figure_id", sa.Text(), nullable=False),
        sa.Column("publication_run", sa.BigInteger(), nullable=False),
        sa.Column("change_ci_low", sa.Double(), nullable=True),
        sa.Column("change_ci_high", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("figure_id", "previous_figure_id"),
    )
    op.add_column("ticket_versions", sa.Column("segments", sa.Text(), nullable=True))
