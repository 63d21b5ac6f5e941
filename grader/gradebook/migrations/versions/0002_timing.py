"""whether speed and memory were measured"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

UNTIMED = "Nothing is timed with --no-timing."  # version 0001 stored no flag: this message is the only trace of it


def upgrade() -> None:
    """Old gradings were not timed if a check of theirs has this message. No other code reads the text of messages."""
    op.add_column("gradings", sa.Column("timing", sa.Boolean(), nullable=False, server_default=sa.true()))
    gradings = sa.table("gradings", sa.column("id"), sa.column("timing"))
    checks = sa.table("checks", sa.column("grading_id"), sa.column("verdict"), sa.column("message"))
    untimed = sa.select(checks.c.grading_id).where(checks.c.verdict == "not_run", checks.c.message == UNTIMED)
    op.execute(sa.update(gradings).where(gradings.c.id.in_(untimed)).values(timing=sa.false()))
