"""A small library and the files of a small translation."""

from app.questionnaire.definition import (
    Choice,
    Details,
    Explanation,
    Kind,
    Library,
    Mark,
    Page,
    Part,
    Privacy,
    Programme,
    Question,
    Source,
)

SOURCE = Source("見本", Mark.D)
CONVULSION = Question(
    code="convulsion_ever",
    kind=Kind.YES_NO,
    text="ひきつけを起こしたことがありますか",
    short="けいれん",
    source=SOURCE,
    why="お医者さんが考えるためです",
    hint="熱のときも、そうでないときも",
    unknown=True,
    details=Details(("yes",), "いつごろですか"),
)
LOSS = Question(
    code="ill_now",
    kind=Kind.CHOICES,
    text="今の病気",
    short="病気",
    source=SOURCE,
    privacy=Privacy.P1,
    unit="件",
    choices=(Choice("cold", "かぜ"), Choice("none", "ない", exclusive=True)),
)
PART = Part("core", 1, "体のこと", (Page("illness", "これまでの病気", (CONVULSION, LOSS)),))
PROGRAMME = Programme(
    code="mr_1",
    family="mr",
    kind="vaccine",
    vaccine="MR",
    dose=1,
    title="はしか・風しん",
    parts=("core",),
    explanation=Explanation("防ぐ", "反応", "重い", "見る", "救済", SOURCE),
    bring=("母子健康手帳", "体温計"),
    source=SOURCE,
)
LIBRARY = Library({("core", 1): PART}, {"mr_1": PROGRAMME})

LANGUAGES = """
[names]
japanese = ["もんしんパス"]
with_numbers = ["COVID-19"]

[[language]]
tag = "ja"
own_name = "日本語"
japanese_name = "日本語"
cldr = "ja"
offered = true

[[language]]
tag = "en"
own_name = "English"
japanese_name = "英語"
cldr = "en"
offered = true

[[language]]
tag = "vi"
own_name = "Tiếng Việt"
japanese_name = "ベトナム語"
cldr = "vi"

[[language]]
tag = "en-SG"
own_name = "English (Singapore)"
japanese_name = "英語(シンガポール)"
cldr = "en_SG"
parent = "en"
"""
UI = """
[pass]
show_this = "受付でこの画面を見せてください"
until = { text = "{day}まで使えます", note = "day is a date" }

[age]
one_year = "1歳"
years = "{number}歳"
one_month = "1か月"
months = "{number}か月"
one_day = "1日"
days = "{number}日"
two = "{larger}{smaller}"
"""


def po(*entries: tuple[str, str, str]) -> bytes:
    """The bytes of a PO file with those (context, Japanese, translation)."""
    return "\n".join(
        f'msgctxt "{context}"\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n' for context, msgid, msgstr in entries
    ).encode()


def files(**more: bytes) -> dict[str, bytes]:
    """Registry and source, and further files: ``vi__parts__core_po`` is ``vi/parts/core.po``."""
    named = {
        name.replace("__", "/").replace("_po", ".po").replace("_toml", ".toml"): data
        for name, data in more.items()
    }
    return {"languages.toml": LANGUAGES.encode(), "ui.toml": UI.encode(), **named}
