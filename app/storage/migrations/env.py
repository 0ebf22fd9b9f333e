"""What Alembic runs: our metadata on the connection that `app.storage.migration` hands over."""

from alembic import context

from app.storage.history_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
