"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SHORT_LIVED = ("kept_form", "login_transaction", "stand_in_code")
NEWEST_FIRST = (
    "tries", "stand_in_spent", *SHORT_LIVED, "session", "audit_head", "audit", "pass", "submission",
    "draft", "visit", "guardianship", "subject", "binding", "person", "terminal", "staff", "clinic",
    "municipality",
)  # fmt: skip


def upgrade() -> None:
    """The tables as this revision wants them."""
    _places()
    _people()
    _visits()
    _audit()
    _short_lived()


def downgrade() -> None:
    """No tables."""
    for name in NEWEST_FIRST:
        op.drop_table(name)


def _text(name: str, *, primary_key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=primary_key, nullable=nullable)


def _bytes(name: str, *, primary_key: bool = False, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, primary_key=primary_key, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _owned() -> tuple[sa.Column[str], sa.Column[str]]:
    return _text("municipality", primary_key=True), _text("id", primary_key=True)


def _of_visit() -> tuple[sa.Column[str], sa.Column[str]]:
    return _text("municipality", primary_key=True), _text("visit_id", primary_key=True)


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["municipality", column], [f"{table}.municipality", f"{table}.id"])


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _places() -> None:
    op.create_table(
        "municipality", _text("id", primary_key=True), _text("name"), _text("phone"), _text("required_review")
    )
    op.create_table(
        "clinic", *_owned(), _text("name"), _text("phone"), _text("address"),
        sa.ForeignKeyConstraint(["municipality"], ["municipality.id"]), sa.UniqueConstraint("id"),
    )  # fmt: skip
    op.create_table(
        "staff", *_owned(), _text("clinic_id"), _bytes("login_hash"),
        sa.Column("last_step", sa.BigInteger, nullable=False), _bytes("profile"), _bytes("secret"),
        _to("clinic", "clinic_id"), sa.UniqueConstraint("id"), sa.UniqueConstraint("login_hash"),
    )  # fmt: skip
    op.create_table(
        "terminal", *_owned(), _text("clinic_id"), _text("name"), _bytes("code_hash", nullable=True),
        _moment("code_until", nullable=True), _bytes("token_hash", nullable=True), _to("clinic", "clinic_id"),
        sa.UniqueConstraint("code_hash"), sa.UniqueConstraint("token_hash"),
    )  # fmt: skip


def _people() -> None:
    op.create_table("person", *_owned(), _moment("made_at"), sa.UniqueConstraint("id"))
    op.create_table(
        "binding", _text("municipality", primary_key=True), _bytes("login_hash", primary_key=True),
        _text("person_id"), _bytes("sealed"), _to("person", "person_id"),
    )  # fmt: skip
    op.create_table("subject", *_owned(), _bytes("sealed"), sa.UniqueConstraint("id"))
    op.create_table(
        "guardianship", *_owned(), _text("person_id"), _text("subject_id"), _moment("since"),
        _moment("until", nullable=True), _bytes("sealed"),
        _to("person", "person_id"), _to("subject", "subject_id"),
    )  # fmt: skip
    _index("guardianship", "person_id", "subject_id")


def _visits() -> None:
    op.create_table(
        "visit", *_owned(), _text("subject_id"), _text("person_id"), _text("state"),
        _text("clinic_id", nullable=True), _text("bound_clinic_id", nullable=True),
        sa.Column("generation", sa.Integer, nullable=False), sa.Column("revision", sa.Integer, nullable=False),
        _moment("prepared_at"), _moment("issued_at", nullable=True), _moment("received_at", nullable=True),
        _moment("closed_at", nullable=True), _bytes("plan"),
        _to("person", "person_id"), _to("subject", "subject_id"), sa.UniqueConstraint("id"),
    )  # fmt: skip
    _index("visit", "person_id", "prepared_at")
    _index("visit", "bound_clinic_id", "received_at")
    op.create_table(
        "draft", *_of_visit(), sa.Column("revision", sa.Integer, nullable=False), _bytes("sealed"),
        _to("visit", "visit_id"),
    )  # fmt: skip
    op.create_table(
        "submission", *_of_visit(), sa.Column("number", sa.Integer, primary_key=True), _text("id"),
        _bytes("key_hash"), _moment("at"), _bytes("sealed"), _to("visit", "visit_id"),
        sa.UniqueConstraint("municipality", "visit_id", "key_hash"),
    )  # fmt: skip
    op.create_table(
        "pass", *_of_visit(), _text("channel", primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False), _bytes("secret_hash"), _to("visit", "visit_id"),
    )  # fmt: skip
    _index("pass", "secret_hash")


def _audit() -> None:
    op.create_table(
        "audit", _text("municipality", primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False), _moment("at"), _text("deed"),
        _text("actor"), _text("role"), _text("visit_id"), _text("clinic_id"), _bytes("prev"), _bytes("mac"),
    )  # fmt: skip
    _index("audit", "visit_id", "seq")
    op.create_table(
        "audit_head", _text("municipality", primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False), _bytes("mac"),
        sa.Column("kept_from", sa.BigInteger, nullable=False), _bytes("kept_prev"), _bytes("checkpoint"),
    )  # fmt: skip


def _short_lived() -> None:
    op.create_table(
        "session", _text("municipality"), _bytes("id_hash", primary_key=True), _text("counter"),
        _text("actor_id"), _moment("opened_at"), _moment("seen_at"), _bytes("sealed"),
    )  # fmt: skip
    _index("session", "municipality", "actor_id")
    _index("session", "seen_at")
    for name in SHORT_LIVED:
        op.create_table(name, _bytes("key_hash", primary_key=True), _moment("until"), _bytes("sealed"))
        _index(name, "until")
    op.create_table("stand_in_spent", _bytes("key_hash", primary_key=True), _moment("until"))
    _index("stand_in_spent", "until")
    op.create_table(
        "tries", _bytes("key_hash", primary_key=True), sa.Column("count", sa.Integer, nullable=False),
        _moment("until"),
    )  # fmt: skip
    _index("tries", "until")
