"""What makes a language's files wrong as a whole: stray, double, stale or missing texts, like answers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.wording.checks import check_text
from app.wording.fault import Check, WordingFault
from app.wording.languages import Language, Names
from app.wording.po import Catalogue, Entry
from app.wording.text import Text, must_be_whole

_ANSWERS = frozenset({"yes", "no", "unknown", "declined"})


def check_catalogue(
    catalogue: Catalogue, texts: Sequence[Text], language: Language, names: Names
) -> tuple[WordingFault, ...]:
    """Everything wrong with one file. Shapes: ``texts`` are all texts of its domain.

    A language that is offered must be whole: nothing missing, nothing fuzzy. Only what a municipality
    says itself may stay Japanese, since a form must not be taken away from a language by it.
    """
    by_pair = {text.pair: text for text in texts}
    contexts = {text.context for text in texts}
    faults = [*catalogue.faults, *_twice(catalogue), *_same_answers(catalogue, by_pair)]
    for entry in catalogue.entries:
        if text := by_pair.get(entry.pair):
            faults += _faults_of(catalogue.path, entry, text, (language, names))
        elif entry.context in contexts:
            faults.append(_fault(catalogue, entry, Check.SOURCE_CHANGED, "the Japanese is another today"))
        else:
            faults.append(_fault(catalogue, entry, Check.UNKNOWN_CONTEXT, "no such text here"))
    if language.offered and all(must_be_whole(text.domain) for text in texts):
        faults += check_whole(catalogue, texts)
    return tuple(faults)


def check_whole(catalogue: Catalogue, texts: Sequence[Text]) -> tuple[WordingFault, ...]:
    """One fault when a text of the domain lacks a usable translation: a form is offered whole or not."""
    usable = {entry.pair for entry in catalogue.entries if entry.is_usable}
    missing = [text for text in texts if text.pair not in usable]
    if not missing:
        return ()
    message = f"{len(missing)} of {len(texts)} texts are not translated, first this"
    return (WordingFault(catalogue.path, 0, missing[0].context, Check.INCOMPLETE, message),)


def _faults_of(path: str, entry: Entry, text: Text, reader: tuple[Language, Names]) -> Iterable[WordingFault]:
    language, names = reader
    if entry.fuzzy:
        if language.offered and must_be_whole(text.domain):
            yield WordingFault(path, entry.line, entry.context, Check.FUZZY, "to be looked at again")
    elif entry.msgstr:
        for check, message in check_text(text, entry.msgstr, language, names):
            yield WordingFault(path, entry.line, entry.context, check, message)


def _twice(catalogue: Catalogue) -> Iterable[WordingFault]:
    seen: set[tuple[str, str]] = set()
    for entry in catalogue.entries:
        if entry.pair in seen:
            yield _fault(catalogue, entry, Check.TWICE, "stands here twice")
        seen.add(entry.pair)


def _same_answers(catalogue: Catalogue, texts: Mapping[tuple[str, str], Text]) -> Iterable[WordingFault]:
    """Two answers of one question that read the same: nobody could tell yes from no."""
    answers = [entry for entry in catalogue.entries if entry.is_usable and entry.pair in texts]
    by_question: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in answers:
        if question := _question_of(entry.context):
            by_question[question].append(entry)
    for entries in by_question.values():
        counted = Counter(_heard(entry) for entry in {entry.context: entry for entry in entries}.values())
        for entry in entries:
            if counted[_heard(entry)] > 1:
                yield _fault(
                    catalogue, entry, Check.SAME_OPTION, "another answer of the question reads the same"
                )


def _question_of(context: str) -> str:
    question, _, name = context.rpartition(".")
    is_answer = name in _ANSWERS or question.endswith(".choice")
    return question.removesuffix(".choice") if is_answer else ""


def _heard(entry: Entry) -> str:
    return " ".join(entry.msgstr.casefold().split()).rstrip(".!?。")


def _fault(catalogue: Catalogue, entry: Entry, check: Check, message: str) -> WordingFault:
    return WordingFault(catalogue.path, entry.line, entry.context, check, message)
