"""Invented people and what happens when they hold their card to the phone."""

from dataclasses import dataclass
from enum import StrEnum


class Happening(StrEnum):
    """What the card tap leads to."""

    SIGNS_IN = "signs_in"
    CANCELS = "cancels"
    PROVIDER_DOWN = "provider_down"


FACTS = ("name", "address", "birthdate", "gender")


@dataclass(frozen=True, slots=True)
class Persona:
    """One button of the page.

    Shapes: claims are plain strings as the real provider sends them, in the several forms seen
    (``birthdate`` YYYYMMDD or YYYY-MM-DD, ``gender`` "1", "2", "female" …); ``card`` decides ``sub``
    ("": the code does): two personas of one card are one person on two days.
    """

    code: str
    label: str
    name: str = ""
    address: str = ""
    birthdate: str = ""
    gender: str = ""
    card: str = ""
    happening: Happening = Happening.SIGNS_IN

    def claims(self, scope: str) -> dict[str, str]:
        """The facts this scope asks for; a missing fact is left out."""
        facts = {fact: str(getattr(self, fact)) for fact in FACTS if fact in scope.split()}
        return {fact: value for fact, value in facts.items() if value}


HOME = "東京都見本区見本町一丁目2番3号"
AWAY = "北海道例示市北1条西2丁目"
LONG_ADDRESS = "東京都見本区" + "とても長い名前の町" * 20 + "1丁目2番3-405号"
HANAKO = "見本\u3000花子"

PERSONAS = (
    Persona("mother", "母（見本 花子）", HANAKO, HOME, "19920412", "2"),
    Persona("father", "父（見本 太郎）", "見本\u3000太郎", HOME, "19900703", "1"),
    Persona("separated", "別に暮らす父（見本 次郎）", "見本\u3000次郎", AWAY, "19880229", "1"),
    Persona("stranger", "この家族と関係のない人", "例示\u3000三郎", AWAY, "19791231", "1"),
    Persona("foreign", "外国籍の母（ローマ字の名前）", "MIHON MARIA EXAMPLE", HOME, "1995-11-05", "female"),
    Persona("pregnant", "妊娠中の人（見本 さくら）", "見本\u3000さくら", HOME, "19980320", "2"),
    Persona("teen", "16歳の本人（見本 若葉）", "見本\u3000若葉", HOME, "20100515", "2"),
    Persona("child", "2歳の子のカード（見本 めぐみ）", "見本\u3000めぐみ", HOME, "20240601", "2"),
    Persona("long", "とても長い名前と住所", "見本" * 40, LONG_ADDRESS, "19850101", "2"),
    Persona("sparse", "名前のほかに何も伝わらない人", "見本\u3000空"),
    Persona("moved", "引っ越した母（同じカード）", HANAKO, AWAY, "19920412", "2", card="mother"),
    Persona("reissued", "カードを作り直した母（別の番号）", HANAKO, HOME, "19920412", "2"),
    Persona("cancel", "途中でやめる", happening=Happening.CANCELS),
    Persona("down", "ログインの提供者が止まっている", happening=Happening.PROVIDER_DOWN),
)
