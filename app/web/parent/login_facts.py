"""What is said about the card login: the product's name and which phones can do it. Change it here only.

Source: reference/identity.md 0.1 (the product was renamed in August 2026). How often a PIN may be
mistyped is never said: the figures that are told differ.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoginFacts:
    """The login product as the pages name it. Units: least versions of the phone's system."""

    product: str
    former_product: str
    least_ios: str
    least_android: str


LOGIN_FACTS = LoginFacts(
    product="マイナアプリ",
    former_product="デジタル認証アプリ",
    least_ios="16.4",
    least_android="11",
)
