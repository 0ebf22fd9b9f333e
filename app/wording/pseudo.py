"""Two languages that nobody speaks, for tests: they show what is hard-coded, cut off or mirrored wrongly.

``qps-ploc`` is long Latin with accents between ⟦ ⟧; ``qps-plocm`` the same in right-to-left letters.
Neither holds Japanese, so Japanese on such a page did not come from the wording.
"""

import re
from collections.abc import Callable, Sequence

from app.wording.catalogue import Wording
from app.wording.languages import Direction, Language
from app.wording.review import ReviewState
from app.wording.text import UI, Text

LONG_TAG, MIRRORED_TAG = "qps-ploc", "qps-plocm"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = str.maketrans(_LATIN + _LATIN.upper(), "áƀçđéƒĝĥíĵķļɱñóþǫŕšťúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŤÚṼŴẊÝŽ")
_MIRRORED = str.maketrans(_LATIN + _LATIN.upper(), "אבגדהוזחטיכלמנסעפצקרשתךםןף" * 2)
_PLACEHOLDER = re.compile(r"(\{[a-z][a-z0-9_]*\})")
_FOREIGN = re.compile(r"[^\x00-\x7f\u00b0\u2103]")
_FILLER = "lorem ipsum dolor "


def with_pseudo(wording: Wording, texts: Sequence[Text]) -> Wording:
    """The wording with both pseudo languages, offered, whole, approved. Shapes: ``texts`` of the forms."""
    english = wording.languages.named("en") or wording.languages.source
    long = Language(LONG_TAG, "⟦Ŀóñĝ⟧", "疑似(長い)", "en", offered=True)
    mirrored = Language(MIRRORED_TAG, "⟦עבד⟧", "疑似(右から左)", "he", Direction.RTL, offered=True)
    sources = {text.pair: wording.form_text(english, *text.pair) for text in (*wording.ui_texts, *texts)}
    forms = {
        LONG_TAG: {pair: lengthened(source) for pair, source in sources.items()},
        MIRRORED_TAG: {pair: mirrored_text(source) for pair, source in sources.items()},
    }
    domains = {text.domain for text in texts} | {UI}
    states = {(tag, domain): ReviewState.APPROVED for tag in forms for domain in domains}
    return wording.with_more((long, mirrored), forms, states)


def lengthened(text: str) -> str:
    """The text with accents, half as long again, between brackets; placeholders and numbers untouched."""
    extra = (len(text) + 1) // 2
    filler = (_FILLER * (extra // len(_FILLER) + 1))[:extra].strip()
    return f"⟦{_outside_placeholders(text, lambda words: _latin(words).translate(_ACCENTED))} {filler}⟧"


def mirrored_text(text: str) -> str:
    """The text in Hebrew letters, which run from right to left by themselves."""
    return f"⟦{_outside_placeholders(text, lambda words: _latin(words).translate(_MIRRORED))}⟧"


def _outside_placeholders(text: str, change: Callable[[str], str]) -> str:
    pieces = _PLACEHOLDER.split(text)
    return "".join(piece if index % 2 else change(piece) for index, piece in enumerate(pieces))


def _latin(words: str) -> str:
    """Every letter that is not ASCII as some ASCII letter, always the same one."""
    return _FOREIGN.sub(lambda match: _LATIN[ord(match[0]) % len(_LATIN)], words)
