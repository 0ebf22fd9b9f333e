"""The list that is signed holds every fact that waits for a signature, and nothing else."""

from pathlib import Path

from app.commands.marks import marked_facts, to_sign_as_markdown
from app.wiring import DEFINITIONS, files_below

PAGE = Path(__file__).parents[2] / "docs" / "medical-marks.md"
PLANTED = b"""code = "x"
[[question]]
code = "known"
source = { item = "a", mark = "V" }

[[question]]
code = "forgotten"
source = { item = "b | c", mark = "R" }
"""


def test_the_list_to_sign_is_the_one_of_the_definitions() -> None:
    made = to_sign_as_markdown(marked_facts(files_below(DEFINITIONS, ".toml")))
    told = "flask --app wsgi definitions marks --markdown > docs/medical-marks.md"
    assert PAGE.read_text("utf-8") == made, f"make it anew: {told}"


def test_every_source_has_a_mark_that_is_known() -> None:
    facts = marked_facts(files_below(DEFINITIONS, ".toml"))
    assert len(facts) > 1000
    assert [fact for fact in facts if fact.mark not in {"V", "R", "D", "U"} or not fact.item.strip()] == []


def test_law_when_a_remembered_fact_is_planted_lists_it() -> None:
    facts = marked_facts({"parts/x/v1.toml": PLANTED})
    found = [(fact.about, fact.line, fact.mark) for fact in facts]
    assert found == [("known", 4, "V"), ("forgotten", 8, "R")]
    page = to_sign_as_markdown(facts)
    assert "| R | 8 | forgotten | b \\| c |" in page
    assert "| V |" not in page
