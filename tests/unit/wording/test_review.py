import pytest

from app.wording.catalogue import read_wording
from app.wording.review import Review, ReviewState, read_review, review_text, text_hash
from tests.unit.wording.samples import files, po

YES = ("core.a.yes", "はい", "Có")
NO = ("core.a.no", "いいえ", "Không")


def state_with(review: str, *entries: tuple[str, str, str]) -> ReviewState:
    wording = read_wording(files(vi__parts__core_po=po(*entries), vi__review_toml=review.encode()))
    vietnamese = wording.languages.named("vi")
    assert vietnamese is not None
    return wording.review_state(vietnamese, "parts/core")


def approving(*entries: tuple[str, str, str]) -> str:
    texts = {text_hash(*entry): ReviewState.APPROVED for entry in entries}
    return review_text(Review({"parts/core": ReviewState.MACHINE}, texts))


def test_states_are_ordered_and_named() -> None:
    assert list(ReviewState) == sorted(ReviewState)
    assert [ReviewState.named(state.code) for state in ReviewState] == list(ReviewState)
    with pytest.raises(ValueError, match="no review state"):
        ReviewState.named("signed")


def test_state_when_domain_says_machine_then_machine() -> None:
    assert state_with('[domains]\n"parts/core" = "machine"', YES) is ReviewState.MACHINE
    assert state_with('[domains]\n"parts/core" = "translated"', YES) is ReviewState.TRANSLATED


def test_state_when_every_text_is_approved_then_approved() -> None:
    assert state_with(approving(YES, NO), YES, NO) is ReviewState.APPROVED


def test_state_when_one_text_is_not_then_the_lowest() -> None:
    assert state_with(approving(YES), YES, NO) is ReviewState.MACHINE


@pytest.mark.parametrize("edited", [("core.a.yes", "はい", "Có ạ"), ("core.a.yes", "はい。", "Có")])
def test_state_when_a_text_was_edited_then_its_approval_is_gone(edited: tuple[str, str, str]) -> None:
    assert state_with(approving(YES, NO), edited, NO) is ReviewState.MACHINE


def test_state_when_a_text_is_lowered_then_the_lowest() -> None:
    lowered = f'[domains]\n"parts/core" = "translated"\n[texts]\n"{text_hash(*NO)}" = "machine"'
    assert state_with(lowered, YES, NO) is ReviewState.MACHINE


def test_state_when_a_whole_domain_claims_approval_then_named_and_not_believed() -> None:
    claim = '[domains]\n"parts/core" = "approved"'
    assert state_with(claim, YES) is ReviewState.TRANSLATED
    _, faults = read_review("vi/review.toml", claim.encode())
    assert "by hash" in faults[0].message


@pytest.mark.parametrize("wrong", ['[texts]\n"abc" = "machine"', '[domains]\nui = "good"', "[other]\n", "[["])
def test_read_when_wrong_then_named(wrong: str) -> None:
    _, faults = read_review("vi/review.toml", wrong.encode())
    assert faults


def test_text_when_read_again_then_the_same() -> None:
    text = approving(YES, NO)
    review, faults = read_review("vi/review.toml", text.encode())
    assert faults == ()
    assert review_text(review) == text
