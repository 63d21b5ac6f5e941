"""how questions went"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact, Moment

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    """One row for each question that a student answered in a marked paper."""
    op.create_table(
        "item_answers",
        sa.Column("exam", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("generator", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("share", Exact(), nullable=False),
        sa.Column("rest", Exact(), nullable=False),
        sa.Column("marked", Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_answers")),
        sa.UniqueConstraint("exam", "student", "place", name=op.f("uq_item_answers_exam_student_place")),
    )
    op.create_index(op.f("ix_item_answers_generator"), "item_answers", ["generator"])
