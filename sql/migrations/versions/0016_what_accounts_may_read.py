"""What each source's account turned out to be able to tell, and what of it metrics lack."""

import sqlalchemy as sa
from alembic import op

revision = "0016_what_accounts_may_read"
down_revision = "0015_what_a_night_asks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run_sources", sa.Column("abilities", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("windows", sa.Column("is_again", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("availability_versions", sa.Column("because", sa.Text()))
