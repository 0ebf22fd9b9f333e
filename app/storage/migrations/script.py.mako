"""${message}"""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables as this revision wants them."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """The tables as they were before."""
    ${downgrades if downgrades else "pass"}
