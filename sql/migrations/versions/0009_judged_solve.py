"""What a ticket was at the solve that coming back is charged to."""

import sqlalchemy as sa
from alembic import op

revision = "0009_judged_solve"
down_revision = "0008_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("topic", "priority", "tier", "region"):
        op.add_column("ticket_versions", sa.Column(f"{name}_judged_solve", sa.Text(), nullable=True))
