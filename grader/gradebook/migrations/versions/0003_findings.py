"""what went wrong, as data beside the messages of older gradings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Rows without findings keep the words that were stored with them."""
    op.add_column("gradings", sa.Column("unloaded", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("gradings", sa.Column("causes", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("checks", sa.Column("findings", sa.JSON(none_as_null=True), nullable=True))
