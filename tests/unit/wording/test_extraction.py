from dataclasses import replace

from app.questionnaire.definition import (
    Advice,
    Behaviour,
    Comparison,
    Condition,
    Library,
    Operator,
    Urgency,
)
from app.wording.extraction import texts_of_library, texts_of_part, texts_of_programme, texts_of_ui, write_po
from app.wording.languages import Language
from app.wording.po import read_po
from app.wording.text import Text
from tests.unit.wording.samples import CONVULSION, LIBRARY, PART, PROGRAMME, SOURCE, UI

VIETNAMESE = Language("vi", "Tiếng Việt", "ベトナム語", "vi")
OLD = Text("p.q.text", "かかりましたか", "", "parts/p")
CONDITION = Condition(Behaviour.ALL, (Comparison("convulsion_ever", Operator.EQUAL, "yes"),))
NEW = Text("p.q.text", "かかりましたか。", "", "parts/p")
NEGATED = Text("p.r.text", "かかりませんでしたか", "", "parts/p")


def written(texts: list[Text], existing: str = "") -> str:
    return write_po(texts, read_po("vi/parts/p.po", existing.encode()) if existing else None, VIETNAMESE)


def translated(text: str, translation: str) -> str:
    return text.replace('msgstr ""\n', f'msgstr "{translation}"\n').replace(
        f'msgid ""\nmsgstr "{translation}"', 'msgid ""\nmsgstr ""'
    )


def test_part_then_every_text_with_its_context_in_order() -> None:
    assert [(text.context, text.japanese) for text in texts_of_part(PART)] == [
        ("core.illness.title", "これまでの病気"),
        ("core.convulsion_ever.text", "ひきつけを起こしたことがありますか"),
        ("core.convulsion_ever.hint", "熱のときも、そうでないときも"),
        ("core.convulsion_ever.why", "お医者さんが考えるためです"),
        ("core.convulsion_ever.yes", "はい"),
        ("core.convulsion_ever.no", "いいえ"),
        ("core.convulsion_ever.unknown", "わからない"),
        ("core.convulsion_ever.details", "いつごろですか"),
        ("core.ill_now.text", "今の病気"),
        ("core.ill_now.unit", "件"),
        ("core.ill_now.choice.cold", "かぜ"),
        ("core.ill_now.choice.none", "ない"),
        ("core.ill_now.declined", "答えたくない"),
    ]
    assert {text.domain for text in texts_of_part(PART)} == {"parts/core"}


def test_programme_then_explanation_and_what_to_bring() -> None:
    names = [text.context for text in texts_of_programme(PROGRAMME)]
    told = [f"mr.explanation.{name}" for name in ("prevents", "effects", "serious", "watch", "relief")]
    assert names == ["mr.mr_1.title", *told, "mr.bring.1", "mr.bring.2"]


def test_programme_when_a_stage_says_something_itself_then_under_its_own_name() -> None:
    own = replace(PROGRAMME, own=frozenset({"bring", "parts"}), attends="親が来ます")
    names = [text.context for text in texts_of_programme(own)]
    assert names[-3:] == ["mr.attends", "mr.mr_1.bring.1", "mr.mr_1.bring.2"]
    assert "mr.explanation.prevents" in names


def test_library_when_stages_and_versions_share_a_text_then_once_and_every_older_one() -> None:
    second = replace(PROGRAMME, code="mr_2", title="二回目")
    older = replace(PROGRAMME, version=1, bring=("古い持ち物",))
    newer = (replace(PROGRAMME, version=2), replace(second, version=2))
    library = Library({}, {"mr_1": newer[0], "mr_2": newer[1]}, {("mr", 1): (older,), ("mr", 2): newer})
    found = [(text.context, text.japanese) for text in texts_of_library(library)]
    assert len(found) == len(set(found)) == 10
    assert found.count(("mr.bring.1", "母子健康手帳")) == 1
    assert found[-1] == ("mr.bring.1", "古い持ち物")


def test_part_when_it_gives_advice_then_its_text_and_not_the_japanese_sentence() -> None:
    advice = Advice("bleeding", CONDITION, Urgency.CALL_NOW, "すぐに電話を", "出血しています", SOURCE)
    texts = [text for text in texts_of_part(replace(PART, advice=(advice,))) if "advice" in text.context]
    assert [(text.context, text.japanese) for text in texts] == [
        ("core.advice.bleeding.text", "すぐに電話を")
    ]


def test_ui_then_keys_and_notes() -> None:
    first, second, *_ = texts_of_ui(UI.encode())
    assert first == Text("ui.pass.show_this", "受付でこの画面を見せてください", "", "ui")
    assert second == Text("ui.pass.until", "{day}まで使えます", "day is a date", "ui")


def test_library_when_two_versions_then_both_texts_newest_first_each_once() -> None:
    newer = replace(CONVULSION, text="けいれんしたことがありますか")
    page = replace(PART.pages[0], questions=(newer,))
    library = Library({**LIBRARY.parts, ("core", 2): replace(PART, version=2, pages=(page,))}, {})
    texts = [
        text.japanese for text in texts_of_library(library) if text.context == "core.convulsion_ever.text"
    ]
    assert texts == ["けいれんしたことがありますか", "ひきつけを起こしたことがありますか"]
    pairs = [text.pair for text in texts_of_library(library)]
    assert len(pairs) == len(set(pairs))


def test_write_when_nothing_changed_then_same_bytes() -> None:
    first = translated(written([OLD]), "Có bị không?")
    assert 'msgstr "Có bị không?"' in first
    assert written([OLD], first) == first


def test_write_when_japanese_changed_then_fuzzy_with_previous_and_stable() -> None:
    second = written([NEW], translated(written([OLD]), "Có bị không?"))
    entry = read_po("x", second.encode()).entries[0]
    assert (entry.fuzzy, entry.previous, entry.msgstr) == (True, OLD.japanese, "Có bị không?")
    assert written([NEW], second) == second


def test_write_when_japanese_changed_twice_then_previous_is_what_was_translated() -> None:
    second = written([NEW], translated(written([OLD]), "Có bị không?"))
    third = written([replace(NEW, japanese="また変わった")], second)
    assert read_po("x", third.encode()).entries[0].previous == OLD.japanese


def test_write_when_a_negated_question_is_new_then_it_gets_no_neighbours_text() -> None:
    existing = translated(written([OLD]), "Có bị không?")
    both = read_po("x", written([OLD, NEGATED], existing).encode())
    alone = read_po("x", written([NEGATED], existing).encode())
    assert [entry.msgstr for entry in both.entries] == ["Có bị không?", ""]
    assert [entry.msgstr for entry in alone.entries] == [""]


def test_write_when_translator_left_header_and_comment_then_kept() -> None:
    existing = (
        'msgid ""\nmsgstr ""\n"Language: vi\\n"\n"Last-Translator: A\\n"\n\n'
        '# ask the clinic\nmsgctxt "p.q.text"\nmsgid "かかりましたか"\nmsgstr "x"\n'
    )
    assert written([OLD], existing) == existing
