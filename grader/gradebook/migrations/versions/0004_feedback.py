"""how much students are told, for each assignment; what was found out about a lost check"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Assignments told everything but lines; they go on as they did."""
    op.add_column("assignments", sa.Column("feedback", sa.Text(), nullable=False, server_default="case"))
    op.add_column("checks", sa.Column("explanation", sa.JSON(none_as_null=True), nullable=True))
