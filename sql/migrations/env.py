"""How Alembic reaches the store: through the connection that `auditlib.store.migrating` hands over."""

from alembic import context

import auditlib.store  # noqa: F401  (defines the tables)
from auditlib.store.columns import METADATA

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run migrations with `auditlib check`, or open the store: it migrates itself")
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
