"""what learners write to free-text tasks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Moment

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """One row for each text, with the points that its author gave."""
    op.create_table(
        "written_texts",
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("points", sa.JSON(none_as_null=True), nullable=False, server_default="{}"),
        sa.Column("rubric", sa.Text(), nullable=False, server_default=""),
        sa.Column("saved", Moment(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_texts")),
        sa.UniqueConstraint("learner", "task", name=op.f("uq_written_texts_learner_task")),
    )
