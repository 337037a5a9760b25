"""Topic, priority, tier, region and people as of the moments that metrics are charged to."""

import sqlalchemy as sa
from alembic import op

revision = "0006_as_of"
down_revision = "0005_signatures"
branch_labels = None
depends_on = None

DESCRIBED = ("topic", "priority", "tier", "region")
MOMENTS = ("created", "reply", "solve")
PEOPLE = ("first_assignee", "replier", "solver")


def upgrade() -> None:
    for name in (*(f"{name}_{moment}" for name in DESCRIBED for moment in MOMENTS), *PEOPLE):
        op.add_column("ticket_versions", sa.Column(name, sa.Text(), nullable=True))
