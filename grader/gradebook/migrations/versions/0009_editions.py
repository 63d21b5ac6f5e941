"""which edition of the exercise a grading was made with"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Nobody wrote down the edition of older gradings: it is not known."""
    op.add_column("gradings", sa.Column("edition", sa.Text(), nullable=True))
