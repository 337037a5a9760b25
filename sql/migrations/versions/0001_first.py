"""The first shape of the store."""

from alembic import op

from auditlib.store.columns import METADATA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
