"""What a visit can be for: one stage of a vaccine, or one checkup, with everything resolved."""

from dataclasses import dataclass
from enum import StrEnum

from app.questionnaire.concern import Concern
from app.strict_toml.source import Source


@dataclass(frozen=True, slots=True)
class Explanation:
    """One screen before the first question, and again at consent. Each text is one or more sentences.

    Shapes: of a checkup ``prevents`` says what it is for and what is looked at; ``effects``, ``serious``
    and ``relief`` may be "".
    """

    prevents: str
    effects: str
    serious: str
    watch: str
    relief: str
    source: Source


class Who(StrEnum):
    """Who may sign."""

    GUARDIAN = "guardian"
    PROXY_WITH_MANDATE = "proxy_with_mandate"
    RECIPIENT = "recipient"
    FOSTER_PARENT = "foster_parent"
    FACILITY_HEAD = "facility_head"
    CHILD_GUIDANCE_HEAD = "child_guidance_head"
    MOTHER = "mother"


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who may sign while the subject is of this age. ``note`` is Japanese for staff.

    Units: completed years; ``below_years`` None without an end.
    """

    who: Who
    from_years: int
    below_years: int | None
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Programme:
    """What a visit can be for: one stage of the file ``programmes/<family>/v<version>.toml``.

    Shapes: ``kind`` is "vaccine" or "checkup"; ``vaccine`` the code of the schedule ("MR"); ``parts`` in
    the order they are asked; ``subject_is`` "child" or "mother"; ``own`` which of parts, bring, source
    and explanation the stage says itself. ``attends`` tells the parent who comes along and who signs;
    ``parts_alone`` are asked instead when the recipient comes without a guardian, empty when she cannot;
    ``without_pages`` those pages of its parts that it does not need; ``instruments`` codes.
    Units: ``alone_from_years`` completed years, 0 when nobody comes alone.
    """

    code: str
    kind: str
    vaccine: str
    dose: int
    title: str
    parts: tuple[str, ...]
    explanation: Explanation
    bring: tuple[str, ...]
    source: Source
    concerns: tuple[Concern, ...] = ()
    subject_is: str = "child"
    sha256: str = ""
    family: str = ""
    version: int = 1
    own: frozenset[str] = frozenset()
    voluntary: bool = False
    attends: str = ""
    signers: tuple[Signer, ...] = ()
    parts_alone: tuple[str, ...] = ()
    alone_from_years: int = 0
    without_pages: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()

    def place(self, text: str) -> str:
        """The context under which a text of it is translated: of the stage where it says it itself.

        Shapes: ``title``, ``attends``, ``explanation.<key>`` or ``bring.<n>``.
        """
        is_own = text == "title" or text.partition(".")[0] in self.own
        return f"{self.family}.{self.code}.{text}" if is_own else f"{self.family}.{text}"

    @property
    def pin(self) -> tuple[str, int]:
        """The file it stands in: its family and version."""
        return self.family, self.version
