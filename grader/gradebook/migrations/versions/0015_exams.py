"""exams that are sat in the browser"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact, Moment

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """A paper with its clock, and what stands at each question that was looked at."""
    op.create_table(
        "exam_sittings",
        sa.Column("learner", sa.Text(), nullable=False, server_default=""),
        sa.Column("paper", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("factor", Exact(), nullable=False),
        sa.Column("decimal_comma", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("made", Moment(timezone=True), nullable=False),
        sa.Column("started", Moment(timezone=True), nullable=True),
        sa.Column("ended", Moment(timezone=True), nullable=True),
        sa.Column("ending", sa.Text(), nullable=False, server_default=""),
        sa.Column("at", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_sittings")),
    )
    op.create_index(op.f("ix_exam_sittings_learner"), "exam_sittings", ["learner"])
    op.create_table(
        "exam_answers",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, server_default=""),
        sa.Column("marked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("writer", sa.Text(), nullable=False, server_default=""),
        sa.Column("base", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("turn", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("late", sa.Text(), nullable=True),
        sa.Column("saved", Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["exam_sittings.id"], name=op.f("fk_exam_answers_sitting_id_exam_sittings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_answers")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_exam_answers_sitting_id_number")),
    )
