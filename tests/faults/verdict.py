"""What is there after the restart: as each parent sees it, and as it lies in the database."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.visit.visit import Submission
from app.web.rooms import Rooms
from tests.faults.family import Family, Tally

_NUMBER = re.compile(r"に保護者が回答（(\d+)回目）")
_CODE = "doctor_question"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many acknowledged submissions are missing or there twice; ``notes`` say which."""

    lost: int = 0
    duplicated: int = 0
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            max(self.lost, other.lost),  # both look at the same submissions
            max(self.duplicated, other.duplicated),
            self.notes + other.notes,
        )


def look_again(url: str, families: Sequence[Family], tally: Tally) -> Verdict:
    """Every family signs in anew and reads its papers: how many it submitted, and the newest words."""
    lost = duplicated = 0
    notes = []
    for number, family in enumerate(families):
        again = Family(url, number, tally)
        again.sign_in()
        for visit, promised in family.promised.items():
            if not promised:
                continue
            page = again.parent.get(f"/visits/{visit}/paper")
            found = _NUMBER.search(page.text)
            there = int(found[1]) if found else 0
            lost += max(0, len(promised) - there, promised[-1] not in page.text)
            duplicated += max(0, there - len(promised))
            if there != len(promised) or promised[-1] not in page.text:
                notes.append(f"{visit}: {len(promised)} promised, {there} on the paper")
    return Verdict(lost, duplicated, tuple(notes))


def look_into_store(rooms: Rooms, families: Sequence[Family]) -> Verdict:
    """Every submission of every visit: each promised canary in exactly one, numbers without a gap."""
    lost = duplicated = 0
    notes = []
    for family in families:
        for visit_id, promised in family.promised.items():
            visit = rooms.visits.find(visit_id)
            kept = rooms.visits.submissions(visit) if visit else ()
            counts = Counter(_words(one) for one in kept)
            lost += sum(not counts[words] for words in promised)
            duplicated += sum(count - 1 for count in counts.values())
            if [one.number for one in kept] != list(range(1, len(kept) + 1)):
                notes.append(f"{visit_id}: numbers {[one.number for one in kept]}")
    return Verdict(lost, duplicated, tuple(notes))


def _words(submission: Submission) -> str:
    answer = submission.answers.get(_CODE)
    return answer.details if answer else ""
