"""what learners handed in while they worked"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Moment

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """One row for each try, with its files and its report."""
    op.create_table(
        "kept_tries",
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("made", Moment(timezone=True), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("possible", sa.Double(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("checks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_tries")),
    )
    op.create_index(op.f("ix_kept_tries_learner_exercise"), "kept_tries", ["learner", "exercise"])
