"""A server with a planted fault: it acknowledges a submission first and commits it later.

Only for proving that the measurement notices; nothing of the application knows this module.
"""

import os
import threading
from contextlib import suppress
from dataclasses import replace
from typing import cast

from app.visit.ports import Event, StaleRevisionError, Visits
from app.visit.visit import Submission, Visit
from app.web.rooms import Rooms
from tests.faults.serving import ACK_BEFORE_COMMIT, SWITCH
from wsgi import app

LATE_SECONDS = 0.3


class EarlyVisits:
    """Visits whose submissions are promised before they are kept."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits

    def __getattr__(self, name: str) -> object:
        return getattr(self._visits, name)

    def submit(self, visit: Visit, submission: Submission, key: str, event: Event) -> Submission:
        """Promised; kept a little later, if the process still lives."""

        def keep() -> None:
            with suppress(StaleRevisionError):
                self._visits.submit(visit, submission, key, event)

        threading.Timer(LATE_SECONDS, keep).start()
        return submission


if os.environ.get(SWITCH) == ACK_BEFORE_COMMIT:
    rooms = cast("Rooms", app.extensions["rooms"])
    app.extensions["rooms"] = replace(rooms, visits=cast("Visits", EarlyVisits(rooms.visits)))
