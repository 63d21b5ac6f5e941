"""Run by alembic, with the connection that `grader.gradebook.migrate` gives it."""

from __future__ import annotations

from alembic import context

from grader.gradebook import comments, item_tables, kept_try, runs, sitting_tables, tables, written

# Each adds its own to the one metadata.
TABLES = (tables, comments, item_tables, kept_try, runs, sitting_tables, written)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Student.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="",
)
with context.begin_transaction():
    context.run_migrations()
