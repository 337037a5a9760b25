"""When hours were last edited, where the helpdesk does not tell what they were before."""

import sqlalchemy as sa
from alembic import op

revision = "0007_edited_hours"
down_revision = "0006_as_of"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("schedules", sa.Column("edited_at", sa.BigInteger(), server_default="0", nullable=False))
