"""students who are one person, or have withdrawn, and who decided so"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Moment

revision = "0006"
down_revision = "0005"
MERGED = "ALTER TABLE students ADD COLUMN merged_into INTEGER CONSTRAINT {name} REFERENCES students (id)"


def upgrade() -> None:
    """Everybody is a person of their own, and takes part."""
    op.add_column("students", sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(MERGED.format(name=op.f("fk_students_merged_into_students")))  # SQLite adds no constraint otherwise
    op.create_table(
        "student_changes",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_student_changes_student_id_students")),
        sa.ForeignKeyConstraint(["into_id"], ["students.id"], name=op.f("fk_student_changes_into_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_changes")),
    )
