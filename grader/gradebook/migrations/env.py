"""Run by alembic, with the connection that `grader.gradebook.migrate` gives it."""

from __future__ import annotations

from alembic import context

from grader.gradebook.migrate import all_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    transactional_ddl=True,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="",
)
with context.begin_transaction():
    context.run_migrations()
