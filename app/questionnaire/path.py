"""The path through the pages: a pure function of pages and answers.

One pass in order: a hidden question counts as unanswered for every later condition. Answers to
questions outside the given pages are believed as they are, so that one page can be asked about alone.
Facts stand beside the answers in every condition and never in what is given back.
"""

from collections.abc import Iterator, Sequence

from app.questionnaire.answers import Answer, Answers
from app.questionnaire.conditions import holds
from app.questionnaire.facts import Facts
from app.questionnaire.question import Page, Question


def visible_questions(page: Page, answers: Answers, facts: Facts) -> tuple[Question, ...]:
    """The questions of a page that are asked, given what was answered.

    Shapes: answers of other pages without those of hidden questions (see `asked`).
    """
    return next(_walk((page,), answers, facts))[1]


def asked(pages: Sequence[Page], answers: Answers, facts: Facts) -> dict[str, Answer]:
    """The answers without what is hidden, foreign to these pages, or details that nothing opened."""
    known: dict[str, Answer] = {}
    for _, questions in _walk(pages, answers, facts):
        for question in questions:
            if question.code in answers:
                known[question.code] = _without_closed_details(question, answers[question.code])
    return known


def pages_to_answer(pages: Sequence[Page], answers: Answers, facts: Facts) -> tuple[Page, ...]:
    """The pages that have something to ask; a page whose every value comes from elsewhere is passed over."""
    return tuple(
        page for page, questions in _walk(pages, answers, facts) if questions and not page.is_taken_over
    )


def next_page(pages: Sequence[Page], code: str, answers: Answers, facts: Facts) -> Page | None:
    """The next page to answer after this one; None after the last. Errors: KeyError for a foreign page."""
    codes = [page.code for page in pages]
    if code not in codes:
        raise KeyError(code)
    later = set(codes[codes.index(code) + 1 :])
    return next((page for page in pages_to_answer(pages, answers, facts) if page.code in later), None)


def missing(pages: Sequence[Page], answers: Answers, facts: Facts) -> tuple[Question, ...]:
    """The visible, required questions without an answer, or without the details their answer requires."""
    return tuple(
        question
        for _, questions in _walk(pages, answers, facts)
        for question in questions
        if not question.origin and _lacks_something(question, answers.get(question.code))
    )


def opens_details(question: Question, answer: Answer) -> bool:
    """Whether this answer opens the free text beneath the question."""
    if question.details is None:
        return False
    given = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return any(code in question.details.when for code in given)


def is_blank(text: str) -> bool:
    """Whether a text says nothing."""
    return not text.strip()


def _walk(
    pages: Sequence[Page], answers: Answers, facts: Facts
) -> Iterator[tuple[Page, tuple[Question, ...]]]:
    """Each page with its visible questions, in one pass."""
    known = {**answers, **facts.answers}
    for page in pages:
        visible = []
        for question in page.questions:
            if question.shown_when is None or holds(question.shown_when, known):
                visible.append(question)
            else:
                known.pop(question.code, None)
        yield page, tuple(visible)


def _without_closed_details(question: Question, answer: Answer) -> Answer:
    """The answer, its details dropped when nothing opens them."""
    return answer if opens_details(question, answer) else Answer(answer.value)


def _lacks_something(question: Question, answer: Answer | None) -> bool:
    """Whether something required was left out."""
    if answer is None:
        return question.required
    details_required = question.details is not None and question.details.required
    return details_required and opens_details(question, answer) and is_blank(answer.details)
