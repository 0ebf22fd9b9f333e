"""How far a translation was reviewed, bound to the very texts by their hash.

``translations/<tag>/review.toml``::

    [domains]
    "parts/vaccination-core" = "machine"

    [texts]
    "<sha256 of context, Japanese, translation>" = "approved"

A domain says how its texts were made: ``machine`` or ``translated``. ``reviewed`` and ``approved`` are
given to single texts only, by hash, so that an edited text loses them by itself.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from app.wording.fault import Check, WordingFault
from app.wording.po import Entry

_HASH = re.compile(r"[0-9a-f]{64}")


class ReviewState(IntEnum):
    """Ordered: a machine's draft, a person's translation, read by a second one, signed by a clinician."""

    MACHINE = 1
    TRANSLATED = 2
    REVIEWED = 3
    APPROVED = 4

    @property
    def code(self) -> str:
        """Its name in files, settings and the database, such as ``machine``."""
        return self.name.lower()

    @classmethod
    def named(cls, code: str) -> "ReviewState":
        """The state of that code. Errors: ValueError when there is none."""
        for state in cls:
            if state.code == code:
                return state
        raise ValueError(f"no review state {code!r}")


@dataclass(frozen=True, slots=True)
class Review:
    """One language's review: a state per domain, a state per text hash."""

    domains: Mapping[str, ReviewState] = field(default_factory=dict)
    texts: Mapping[str, ReviewState] = field(default_factory=dict)

    def state_of(self, domain: str, entry: Entry) -> ReviewState:
        """The text's own state, else its domain's, else ``MACHINE``."""
        made = min(self.domains.get(domain, ReviewState.MACHINE), ReviewState.TRANSLATED)
        return self.texts.get(text_hash(entry.context, entry.msgid, entry.msgstr), made)

    def state_of_all(self, domain: str, entries: Iterable[Entry]) -> ReviewState:
        """The lowest state among them; ``MACHINE`` when there are none."""
        return min((self.state_of(domain, entry) for entry in entries), default=ReviewState.MACHINE)


def text_hash(context: str, japanese: str, translation: str) -> str:
    """What an approval is bound to: one letter changed on either side is another hash."""
    return hashlib.sha256(f"{context}\0{japanese}\0{translation}".encode()).hexdigest()


def read_review(path: str, data: bytes) -> tuple[Review, tuple[WordingFault, ...]]:
    """The review in those bytes. What cannot be read counts as not reviewed and is named."""
    try:
        raw = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Review(), (_fault(path, "", str(error)),)
    faults = [_fault(path, key, "unknown table") for key in raw if key not in {"domains", "texts"}]
    domains = _states(path, raw.get("domains", {}), faults)
    texts = _states(path, raw.get("texts", {}), faults)
    for name, state in domains.items():
        if state > ReviewState.TRANSLATED:
            faults.append(_fault(path, name, f"{state.code} is given to texts by hash, not to a domain"))
    faults += [_fault(path, name, "not a sha256") for name in texts if not _HASH.fullmatch(name)]
    return Review(domains, texts), tuple(faults)


def review_text(review: Review) -> str:
    """The content of ``review.toml``, in stable order."""
    lines = ["[domains]", *_table(review.domains), "", "[texts]", *_table(review.texts)]
    return "\n".join(lines) + "\n"


def _table(states: Mapping[str, ReviewState]) -> list[str]:
    return [f'"{name}" = "{states[name].code}"' for name in sorted(states)]


def _states(path: str, table: object, faults: list[WordingFault]) -> dict[str, ReviewState]:
    states = {}
    for name, code in table.items() if isinstance(table, dict) else ():
        try:
            states[str(name)] = ReviewState.named(str(code))
        except ValueError as error:
            faults.append(_fault(path, str(name), str(error)))
    return states


def _fault(path: str, context: str, message: str) -> WordingFault:
    return WordingFault(path, 0, context, Check.REVIEW, message)
