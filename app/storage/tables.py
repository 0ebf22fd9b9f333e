"""Every table of the data. What is not a random id, a state, a count, a time or a clinic lies sealed.

A table leads with its municipality, by which it can be partitioned. The tables at the end live for
minutes, hold only hashes and sealed bytes, and belong to the instance: whoever is signing in has no
municipality yet.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970: exact, sortable, the same on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """As it is kept. Errors: TypeError for a moment without a time zone."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """As it was given, in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class OwnedColumns(TypedColumns):
    """What a municipality owns: its id first, then the row's own."""

    municipality = Column(String, primary_key=True)
    id = Column(String, primary_key=True)


class MunicipalityColumns(TypedColumns):
    """Who runs this instance; public knowledge."""

    id = Column(String, primary_key=True)
    name = Column(String, nullable=False)
    phone = Column(String, nullable=False)
    required_review = Column(String, nullable=False)


class ClinicColumns(OwnedColumns):
    """Public knowledge too."""

    name = Column(String, nullable=False)
    phone = Column(String, nullable=False)
    address = Column(String, nullable=False)


class StaffColumns(OwnedColumns):
    """``profile`` seals login, name and role; ``secret`` the password hash and the TOTP secret."""

    clinic_id = Column(String, nullable=False)
    login_hash = Column(LargeBinary, nullable=False)
    last_step = Column(BigInteger, nullable=False)
    profile = Column(LargeBinary, nullable=False)
    secret = Column(LargeBinary, nullable=False)


class TerminalColumns(OwnedColumns):
    """``code_hash`` until the code is redeemed, ``token_hash`` from then on."""

    clinic_id = Column(String, nullable=False)
    name = Column(String, nullable=False)
    code_hash = Column(LargeBinary, nullable=True)
    code_until = Column(Moment, nullable=True)
    token_hash = Column(LargeBinary, nullable=True)


class PersonColumns(OwnedColumns):
    """Someone who signed in; nothing about her is here."""

    made_at = Column(Moment, nullable=False)


class BindingColumns(TypedColumns):
    """Which login stands for which person; ``sealed`` holds issuer, client and ``sub``."""

    municipality = Column(String, primary_key=True)
    login_hash = Column(LargeBinary, primary_key=True)
    person_id = Column(String, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


class SubjectColumns(OwnedColumns):
    """``sealed`` holds name, kana, sex and birth date."""

    sealed = Column(LargeBinary, nullable=False)


class GuardianshipColumns(OwnedColumns):
    """``sealed`` holds relationship, evidence and rights."""

    person_id = Column(String, nullable=False)
    subject_id = Column(String, nullable=False)
    since = Column(Moment, nullable=False)
    until = Column(Moment, nullable=True)
    sealed = Column(LargeBinary, nullable=False)


class VisitColumns(OwnedColumns):
    """``plan`` seals programmes, pins, companion and planned day."""

    subject_id = Column(String, nullable=False)
    person_id = Column(String, nullable=False)
    state = Column(String, nullable=False)
    clinic_id = Column(String, nullable=True)
    bound_clinic_id = Column(String, nullable=True)
    generation = Column(Integer, nullable=False)
    revision = Column(Integer, nullable=False)
    prepared_at = Column(Moment, nullable=False)
    issued_at = Column(Moment, nullable=True)
    received_at = Column(Moment, nullable=True)
    closed_at = Column(Moment, nullable=True)
    plan = Column(LargeBinary, nullable=False)


class DraftColumns(TypedColumns):
    """``sealed`` holds answers, typed fields and language."""

    municipality = Column(String, primary_key=True)
    visit_id = Column(String, primary_key=True)
    revision = Column(Integer, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


class SubmissionColumns(TypedColumns):
    """Never changed; its primary key makes numbers unique.

    ``key_hash`` is of the submission key; ``sealed`` holds all but number and time.
    """

    municipality = Column(String, primary_key=True)
    visit_id = Column(String, primary_key=True)
    number = Column(Integer, primary_key=True)
    id = Column(String, nullable=False)
    key_hash = Column(LargeBinary, nullable=False)
    at = Column(Moment, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


class PassColumns(TypedColumns):
    """How a scan finds its visit: a keyed hash of the digits' secret, and one of the short code."""

    municipality = Column(String, primary_key=True)
    visit_id = Column(String, primary_key=True)
    channel = Column(String, primary_key=True)
    generation = Column(Integer, nullable=False)
    secret_hash = Column(LargeBinary, nullable=False)


class AuditColumns(TypedColumns):
    """One link of the chain. ``mac`` covers every other column, ``prev`` is the mac before."""

    municipality = Column(String, primary_key=True)
    seq = Column(BigInteger, primary_key=True, autoincrement=False)
    at = Column(Moment, nullable=False)
    deed = Column(String, nullable=False)
    actor = Column(String, nullable=False)
    role = Column(String, nullable=False)
    visit_id = Column(String, nullable=False)
    clinic_id = Column(String, nullable=False)
    prev = Column(LargeBinary, nullable=False)
    mac = Column(LargeBinary, nullable=False)


class AuditHeadColumns(TypedColumns):
    """The newest link of each chain; its row is locked while a link is added.

    ``kept_from`` and ``kept_prev`` say where the kept part begins, signed by ``checkpoint``.
    """

    municipality = Column(String, primary_key=True)
    seq = Column(BigInteger, nullable=False)
    mac = Column(LargeBinary, nullable=False)
    kept_from = Column(BigInteger, nullable=False)
    kept_prev = Column(LargeBinary, nullable=False)
    checkpoint = Column(LargeBinary, nullable=False)


class SessionColumns(TypedColumns):
    """``sealed`` holds what the card said and how strongly it was proved."""

    municipality = Column(String, nullable=False)
    id_hash = Column(LargeBinary, primary_key=True)
    counter = Column(String, nullable=False)
    actor_id = Column(String, nullable=False)
    opened_at = Column(Moment, nullable=False)
    seen_at = Column(Moment, nullable=False)
    sealed = Column(LargeBinary, nullable=False)


class ShortLivedColumns(TypedColumns):
    """Sealed bytes that are taken once, until their moment has passed."""

    key_hash = Column(LargeBinary, primary_key=True)
    until = Column(Moment, nullable=False, index=True)
    sealed = Column(LargeBinary, nullable=False)


class SpentColumns(TypedColumns):
    """What may be used once only."""

    key_hash = Column(LargeBinary, primary_key=True)
    until = Column(Moment, nullable=False, index=True)


class TryColumns(TypedColumns):
    """How often something was tried in the window that ends at ``until``."""

    key_hash = Column(LargeBinary, primary_key=True)
    count = Column(Integer, nullable=False)
    until = Column(Moment, nullable=False, index=True)


def _to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference within the municipality."""
    return ForeignKeyConstraint(["municipality", column], [f"{table}.municipality", f"{table}.id"])


municipality = Table("municipality", metadata, MunicipalityColumns)
clinic = Table(
    "clinic", metadata, ClinicColumns,
    ForeignKeyConstraint(["municipality"], ["municipality.id"]), UniqueConstraint("id"),
)  # fmt: skip
staff = Table(
    "staff", metadata, StaffColumns,
    _to("clinic", "clinic_id"), UniqueConstraint("id"), UniqueConstraint("login_hash"),
)  # fmt: skip
terminal = Table(
    "terminal", metadata, TerminalColumns,
    _to("clinic", "clinic_id"), UniqueConstraint("code_hash"), UniqueConstraint("token_hash"),
)  # fmt: skip
person = Table("person", metadata, PersonColumns, UniqueConstraint("id"))
binding = Table("binding", metadata, BindingColumns, _to("person", "person_id"))
subject = Table("subject", metadata, SubjectColumns, UniqueConstraint("id"))
guardianship = Table(
    "guardianship", metadata, GuardianshipColumns,
    _to("person", "person_id"), _to("subject", "subject_id"), Index(None, "person_id", "subject_id"),
)  # fmt: skip
visit = Table(
    "visit", metadata, VisitColumns,
    _to("person", "person_id"), _to("subject", "subject_id"), UniqueConstraint("id"),
    Index(None, "person_id", "prepared_at"), Index(None, "bound_clinic_id", "received_at"),
)  # fmt: skip
draft = Table("draft", metadata, DraftColumns, _to("visit", "visit_id"))
submission = Table(
    "submission", metadata, SubmissionColumns,
    _to("visit", "visit_id"), UniqueConstraint("municipality", "visit_id", "key_hash"),
)  # fmt: skip
pass_table = Table("pass", metadata, PassColumns, _to("visit", "visit_id"), Index(None, "secret_hash"))
audit = Table("audit", metadata, AuditColumns, Index(None, "visit_id", "seq"))
audit_head = Table("audit_head", metadata, AuditHeadColumns)
session = Table(
    "session", metadata, SessionColumns, Index(None, "municipality", "actor_id"), Index(None, "seen_at")
)
kept_form = Table("kept_form", metadata, ShortLivedColumns)
login_transaction = Table("login_transaction", metadata, ShortLivedColumns)
stand_in_code = Table("stand_in_code", metadata, ShortLivedColumns)
stand_in_spent = Table("stand_in_spent", metadata, SpentColumns)
tries = Table("tries", metadata, TryColumns)
