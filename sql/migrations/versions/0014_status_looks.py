"""Nightly looks at the statuses of helpdesks that keep no history of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014_status_looks"
down_revision = "0013_judged_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_looks",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("reopened_at", sa.BigInteger()),
        sa.Column("solved_at", sa.BigInteger()),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_key", "looked_at", "since"),
    )
    op.create_index("ix_status_looks_source", "status_looks", ["source", "looked_at"])
    op.add_column("tickets", sa.Column("is_followed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "availability_versions", sa.Column("is_by_looks", sa.Boolean(), nullable=False, server_default=sa.false())
    )
