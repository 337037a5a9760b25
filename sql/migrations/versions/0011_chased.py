"""Whose a ticket was, and what, when its customer first asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0011_chased"
down_revision = "0010_comparisons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("team_chase", "topic_chase", "priority_chase", "tier_chase", "region_chase", "chased"):
        op.add_column("ticket_versions", sa.Column(name, sa.Text(), nullable=True))
