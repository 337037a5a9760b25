"""Orders and quoted tickets, kinds of links, issues that ended, and the solve that coming back is charged to."""

import sqlalchemy as sa
from alembic import op

from auditlib.store.columns import Moment

revision = "0004_repeat_contact"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("order_key", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("quoted", sa.Text(), nullable=True))
    op.add_column("repeat_links_versions", sa.Column("kind", sa.Text(), nullable=False, server_default="repeat"))
    op.add_column(
        "repeat_links_versions",
        sa.Column("is_competing_cause", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("repeat_links_versions") as links:
        links.alter_column("solved_at", existing_type=sa.BigInteger(), nullable=True)
    op.add_column("episodes_versions", sa.Column("came_back", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("episodes_versions", sa.Column("parallels", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("episodes_versions", sa.Column("ended_at", Moment(), nullable=True))
    op.add_column("ticket_versions", sa.Column("judged_solved_at", Moment(), nullable=True))
    op.add_column("ticket_versions", sa.Column("judged_solved_on", sa.Text(), nullable=True))
    op.add_column("ticket_versions", sa.Column("team_judged_solve", sa.Text(), nullable=True))
    op.add_column("ticket_versions", sa.Column("judged_solver", sa.Text(), nullable=True))
