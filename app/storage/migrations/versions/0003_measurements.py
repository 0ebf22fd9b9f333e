"""Measurements of a child."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables as this revision wants them."""
    op.create_table(
        "measurements",
        sa.Column("municipality", sa.String, primary_key=True, nullable=False),
        sa.Column("id", sa.String, primary_key=True, nullable=False),
        sa.Column("subject_id", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False),
        sa.Column("noted_at", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        _to("person", "person_id"),
        _to("subject", "subject_id"),
    )
    op.create_index("ix_measurements_subject_id", "measurements", ["subject_id"])


def downgrade() -> None:
    """The tables as they were before; what was measured is lost."""
    op.drop_table("measurements")


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["municipality", column], [f"{table}.municipality", f"{table}.id"])
