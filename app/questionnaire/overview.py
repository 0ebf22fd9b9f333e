"""What there is for each programme, for the people who build and judge the whole."""

from collections.abc import Collection
from dataclasses import dataclass

from app.questionnaire.library import Library
from app.questionnaire.programme import Programme


@dataclass(frozen=True, slots=True)
class Standing:
    """One programme in a line.

    Shapes: ``form`` counts the questions it asks, ``bring`` the things to bring, ``sign`` those who may
    sign ("recipient 16-17"); ``schedule`` whether it is known when it fits; ``holes`` what it lacks.
    """

    code: str
    form: int
    explanation: bool
    schedule: bool
    sign: tuple[str, ...]
    bring: int

    @property
    def holes(self) -> tuple[str, ...]:
        """What is missing of form, explanation, schedule, who signs, what to bring."""
        has = {
            "form": self.form,
            "explanation": self.explanation,
            "schedule": self.schedule,
            "sign": self.sign,
            "bring": self.bring,
        }
        return tuple(name for name, value in has.items() if not value)


@dataclass(frozen=True, slots=True)
class OverlayCount:
    """How much one municipality's file changes; ``adds`` counts its own questions, the rest its lines."""

    municipality: str
    version: int
    adds: int
    hides: int
    renames: int
    orders: int
    programmes: int


def overlay_counts(library: Library) -> tuple[OverlayCount, ...]:
    """Every overlay, in order."""
    return tuple(
        OverlayCount(
            one.municipality,
            one.version,
            sum(len(added.page.questions) for added in one.added),
            len(one.hides),
            len(one.renames),
            len(one.orders),
            len(one.programmes),
        )
        for _, one in sorted(library.overlays.items())
    )


def standings(library: Library, scheduled: Collection[str]) -> tuple[Standing, ...]:
    """Every programme that is offered, in order.

    Shapes: ``scheduled`` are the codes of the vaccines ("MR") and checkups that have a schedule.
    """
    in_order = sorted(library.programmes.values(), key=lambda one: (one.kind, one.family, one.dose, one.code))
    return tuple(_standing(one, library, scheduled) for one in in_order)


def named_and_absent(library: Library) -> list[str]:
    """Parts and instruments that a programme names and no file holds."""
    parts = {code for code, _ in library.parts}
    stages = library.programmes.values()
    named = {code for one in stages for code in (*one.parts, *one.parts_alone)} - parts
    return sorted(named | {code for one in stages for code in one.instruments} - library.instruments.keys())


def _standing(programme: Programme, library: Library, scheduled: Collection[str]) -> Standing:
    """One of them."""
    pages = [page for code in programme.parts for page in library.newest(code).pages]
    asked = [page for page in pages if page.code not in programme.without_pages]
    said = programme.explanation
    return Standing(
        code=programme.code,
        form=sum(not question.origin for page in asked for question in page.questions),
        explanation=bool(said.prevents and said.watch),
        schedule=(programme.vaccine or programme.code) in scheduled,
        sign=tuple(_signer(one.who.value, one.from_years, one.below_years) for one in programme.signers),
        bring=len(programme.bring),
    )


def _signer(who: str, from_years: int, below_years: int | None) -> str:
    """Who, and at which ages of the recipient, if not at all."""
    if below_years is None:
        return f"{who} {from_years}-" if from_years else who
    return f"{who} {from_years}-{below_years - 1}"
