"""The case log: what the helpdesks said, each row with the runs that knew it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("actor_class", sa.SmallInteger(), nullable=False),
        sa.Column("basis", sa.SmallInteger(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("old", sa.BigInteger(), nullable=False),
        sa.Column("new", sa.BigInteger(), nullable=False),
        sa.Column("markers", sa.BigInteger(), nullable=False),
        sa.Column("body_chars", sa.BigInteger(), nullable=False),
        sa.Column("raw_part", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "occurred_at", "seq", "from_run"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "groups",
        sa.Column("group_key", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("group_key", "from_run"),
    )
    op.create_table(
        "identities",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "fingerprint", "from_run"),
    )
    op.create_index("ix_identities_fingerprint", "identities", ["fingerprint"], unique=False)
    op.create_table(
        "markers",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("marker", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "seq", "marker", "from_run"),
    )
    op.create_table(
        "organizations",
        sa.Column("organization", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("organization", "from_run"),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=True),
        sa.Column("organization", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "from_run"),
    )
    op.create_table(
        "quarantine_versions",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raw_part", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "reason", "from_run"),
    )
    op.create_table(
        "register",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "role_history",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("basis", sa.SmallInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person", "since", "from_run"),
    )
    op.create_table(
        "schedules",
        sa.Column("schedule", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("intervals", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("schedule", "valid_from", "from_run"),
    )
    op.create_table(
        "sla_policies",
        sa.Column("policy", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("policy", "valid_from", "from_run"),
    )
    op.create_table(
        "ticket_changes",
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("first_event_at", sa.BigInteger(), nullable=False),
        sa.Column("last_event_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("run", "ticket_key"),
    )
    op.create_index("ix_ticket_changes_last", "ticket_changes", ["last_event_at"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("requester", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=False),
        sa.Column("organization", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("group_key", sa.BigInteger(), nullable=False),
        sa.Column("assignee", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("follow_up_of", sa.BigInteger(), nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=False),
        sa.Column("incident_of", sa.BigInteger(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("has_history", sa.Boolean(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "from_run"),
    )
    op.create_index("ix_tickets_merged_into", "tickets", ["merged_into"], unique=False)
    op.create_index("ix_tickets_requester", "tickets", ["requester"], unique=False)
    op.create_table(
        "unsettled_people",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "person"),
    )
    op.create_table(
        "vendor_metrics",
        sa.Column("ticket_key", sa.BigInteger(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("from_run", sa.BigInteger(), nullable=False),
        sa.Column("to_run", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_key", "metric", "from_run"),
    )
