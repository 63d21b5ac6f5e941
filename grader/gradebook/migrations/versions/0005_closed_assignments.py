"""whether an assignment has the exercises that were planned, and no others"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Assignments took whatever was handed in; they go on as they did."""
    op.add_column("assignments", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()))
