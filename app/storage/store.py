"""The whole store: both databases and every port, opened from two URLs and a key ring."""

from datetime import datetime

from app.storage import migration
from app.storage.audit import AuditChain
from app.storage.engine import Database
from app.storage.histories import KeptHistories
from app.storage.key_store import KeyStore
from app.storage.keys import KeyRing
from app.storage.login_store import KeptStandIn, KeptTransactions
from app.storage.measurements import KeptMeasurements
from app.storage.paper_scores import KeptPaperScores
from app.storage.passes import KeptPasses
from app.storage.people import KeptPeople
from app.storage.places import KeptPlaces
from app.storage.sessions import KeptSessions
from app.storage.staff_secrets import KeptStaff
from app.storage.tries import KeptTries
from app.storage.vault import Vault
from app.storage.visit_rows import QuestionsOf
from app.storage.visits import KeptVisits
from app.visit.limits import Limit

_PROBE = Limit("probe", 1, 60)


class Store:
    """Every port of storage as an attribute. Connections open at first use, again in each forked worker."""

    def __init__(
        self, database_url: str, key_store_url: str, key_ring: KeyRing, questions_of: QuestionsOf
    ) -> None:
        self._database = Database(database_url)
        self._key_database = Database(key_store_url)
        self.keys = KeyStore(self._key_database, key_ring)
        vault = Vault(self._database, self.keys, key_ring)
        self.audit = AuditChain(self._database, key_ring)
        self.passes = KeptPasses(key_ring)
        self.people = KeptPeople(vault, self.audit)
        self.histories = KeptHistories(vault, self.audit)
        self.staff_secrets = KeptStaff(vault)
        self.places = KeptPlaces(vault, self.audit, self.staff_secrets)
        self.visits = KeptVisits(vault, self.audit, self.passes, questions_of)
        self.paper_scores = KeptPaperScores(vault, self.audit)
        self.sessions = KeptSessions(vault)
        self.tries = KeptTries(vault)
        self.measurements = KeptMeasurements(vault, self.audit)
        self.transactions = KeptTransactions(vault)
        self.stand_in = KeptStandIn(vault)

    def migrate(self) -> None:
        """Both databases have the tables this code needs. Safe to run from several processes."""
        self.keys.create()
        migration.migrate(self._database)

    def is_migrated(self) -> bool:
        """Whether `migrate` would change nothing."""
        return migration.is_migrated(self._database)

    def ping(self, now: datetime) -> None:
        """Both databases answer and the data can be written. Errors: StorageUnavailableError."""
        self.keys.ping()
        self.tries.allow(_PROBE, "ping", now)

    def purge(self, now: datetime) -> None:
        """What lives for minutes or hours and is over is gone."""
        for kept in (self.sessions, self.tries, self.transactions, self.stand_in, self.places):
            kept.purge(now)

    def dispose(self) -> None:
        """Every connection is closed; the next use opens anew."""
        self._database.dispose()
        self._key_database.dispose()
