"""How answers to one version of a part go over to the next, as a part's file says it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """The map from version ``of`` to the version in whose file it stands.

    Shapes: everything by the codes of the older version: ``renames`` (question, question here), to itself
    when its answers mean the same although its choices are others; ``choices`` (question, choice, choice
    here); ``ask_again`` (question, why). What is not named goes over when code, kind, unit and choices
    are the same, else it is asked again.
    """

    of: int
    renames: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str, str], ...] = ()
    ask_again: tuple[tuple[str, str], ...] = ()

    def target(self, code: str) -> str:
        """What the question is called here."""
        return dict(self.renames).get(code, code)

    def choice(self, question: str, code: str) -> str:
        """What a choice of the question is called here."""
        for asked, before, after in self.choices:
            if (asked, before) == (question, code):
                return after
        return code

    def says_the_same(self, question: str) -> bool:
        """Whether the map vouches for the question, so that its choices need not be the same."""
        return question in dict(self.renames) or any(row[0] == question for row in self.choices)

    def asks_again(self, question: str) -> bool:
        """Whether the question is to be answered anew in any case."""
        return question in dict(self.ask_again)
