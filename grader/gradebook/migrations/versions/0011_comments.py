"""comments beside lines; kinds of causes; a batch's problems; feedback after the deadline"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Of older gradings, only the misconceptions are known of what cost points."""
    op.add_column("assignments", sa.Column("feedback_after", sa.Text(), nullable=True))
    op.create_table(
        "noted_problems",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("assignment", "kind", "place", "text", "student")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_problems")),
    )
    op.create_index(op.f("ix_noted_problems_assignment"), "noted_problems", ["assignment"])
    op.add_column("gradings", sa.Column("cause_kinds", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.Column("removed_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_comments_attempt_id_attempts")),
    )
    op.create_index(op.f("ix_comments_attempt_id"), "comments", ["attempt_id"])
    op.create_index(op.f("ix_comments_cause"), "comments", ["cause"])
