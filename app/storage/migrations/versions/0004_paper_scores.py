"""Scores of licensed papers, one row each."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "paper_scores"


def upgrade() -> None:
    """The table is there."""
    op.create_table(
        TABLE,
        sa.Column("municipality", sa.String, primary_key=True),
        sa.Column("visit_id", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["municipality", "visit_id"], ["visit.municipality", "visit.id"]),
        sa.UniqueConstraint("municipality", "visit_id", "key_hash"),
    )


def downgrade() -> None:
    """The table and every score are gone."""
    op.drop_table(TABLE)
