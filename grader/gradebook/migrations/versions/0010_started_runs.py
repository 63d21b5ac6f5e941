"""batches that were begun, before they have graded anything"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Of older batches, only what they graded is known."""
    op.create_table(
        "started_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_started_runs")),
        sa.UniqueConstraint("assignment", "number", name=op.f("uq_started_runs_assignment_number")),
    )
