"""Which definitions are the former versions of others."""

import sqlalchemy as sa
from alembic import op

revision = "0012_former_definitions"
down_revision = "0011_chased"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("definition_versions", sa.Column("former_of", sa.Text(), nullable=True))
