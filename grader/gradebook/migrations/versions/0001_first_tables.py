"""the first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing."""
    op.create_table(
        "assignments",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("deadline", Moment(timezone=True), nullable=True),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("percent_per_day", Exact(), nullable=False),
        sa.Column("late_cap", Exact(), nullable=False),
        sa.Column("keep", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("name", name=op.f("uq_assignments_name")),
    )
    op.create_table(
        "incidents",
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incidents_assignment"), ["assignment"], unique=False)

    op.create_table(
        "sources",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("main", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("digest", name=op.f("uq_sources_digest")),
    )
    op.create_table(
        "students",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_students")),
        sa.UniqueConstraint("key", name=op.f("uq_students_key")),
    )
    op.create_table(
        "identifiers",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_identifiers_student_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifiers")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_identifiers_kind_value")),
        sa.UniqueConstraint("student_id", "kind", name=op.f("uq_identifiers_student_id_kind")),
    )
    op.create_table(
        "items",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("points", Exact(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_items_assignment_id_assignments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("assignment_id", "exercise", name=op.f("uq_items_assignment_id_exercise")),
    )
    op.create_table(
        "attempts",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("submitted_at", Moment(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_attempts_item_id_items")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_attempts_source_id_sources")),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_attempts_student_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint(
            "student_id", "item_id", "source_id", "label", name=op.f("uq_attempts_student_id_item_id_source_id_label")
        ),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_item_id"), ["item_id"], unique=False)

    op.create_table(
        "overrides",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("points", Exact(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_overrides_item_id_items")),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_overrides_student_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    with op.batch_alter_table("overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overrides_student_id"), ["student_id"], unique=False)

    op.create_table(
        "gradings",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("graded_at", Moment(timezone=True), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("isolation", sa.Text(), nullable=False),
        sa.Column("environment", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("score", Exact(), nullable=False),
        sa.Column("max_score", Exact(), nullable=False),
        sa.Column("internal_error", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("stdout", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_gradings_attempt_id_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradings")),
        sa.UniqueConstraint("attempt_id", "run", name=op.f("uq_gradings_attempt_id_run")),
    )
    op.create_table(
        "checks",
        sa.Column("grading_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("score", Exact(), nullable=False),
        sa.Column("max_score", Exact(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("misconception", sa.Text(), nullable=True),
        sa.Column("misconception_title", sa.Text(), nullable=True),
        sa.Column("misconception_hint", sa.Text(), nullable=True),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("overlay", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grading_id"], ["gradings.id"], name=op.f("fk_checks_grading_id_gradings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("grading_id", "position", name=op.f("uq_checks_grading_id_position")),
    )
    with op.batch_alter_table("checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checks_misconception"), ["misconception"], unique=False)
