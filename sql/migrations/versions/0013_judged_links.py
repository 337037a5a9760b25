"""What people said of linked pairs."""

import sqlalchemy as sa
from alembic import op

from auditlib.store.columns import Moment

revision = "0013_judged_links"
down_revision = "0012_former_definitions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judged_link_log",
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("later", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("is_same_issue", sa.Boolean(), nullable=False),
        sa.Column("judged_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("earlier", "later", "rule_version"),
    )
