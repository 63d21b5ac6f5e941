"""the names that a platform's download has for each student's files; which checks are a bonus"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from grader.gradebook.types import Exact

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing is known of earlier downloads, until a batch reads them again; nor of bonuses that were not won."""
    op.add_column("checks", sa.Column("max_bonus", Exact(), nullable=True))
    op.create_table(
        "downloads",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("participant", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_downloads_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["student_id"], ["students.id"], name=op.f("fk_downloads_student_id_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_downloads")),
        sa.UniqueConstraint(
            "assignment_id", "student_id", "name", name=op.f("uq_downloads_assignment_id_student_id_name")
        ),
    )
