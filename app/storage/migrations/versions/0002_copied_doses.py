"""Doses copied from paper, one row each."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = "copied_doses"


def upgrade() -> None:
    """The table is there. Subjects stay as they are: what their sealed rows do not say is a child's."""
    op.create_table(
        TABLE,
        sa.Column("municipality", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("subject_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["municipality", "subject_id"], ["subject.municipality", "subject.id"]),
        sa.UniqueConstraint("id"),
    )
    op.create_index(f"ix_{TABLE}_municipality_subject_id", TABLE, ["municipality", "subject_id"])


def downgrade() -> None:
    """The table and every copied dose are gone."""
    op.drop_table(TABLE)
