"""Run by alembic, with the connection that `grader.gradebook.migrate` gives it."""

from __future__ import annotations

from alembic import context

from grader.gradebook import comments, runs, tables  # noqa: F401 (all tables are known once they are imported)

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
