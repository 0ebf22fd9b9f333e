"""How often something may be tried. The counting lies in storage, shared by all workers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries within ``within_seconds``; then the person is asked to wait."""

    name: str
    most: int
    within_seconds: int


SHORT_CODE_PER_STAFF = Limit("short_code_staff", 5, 600)
SHORT_CODE_PER_CLINIC = Limit("short_code_clinic", 50, 86_400)
DIGITS_PER_STAFF = Limit("digits_staff", 60, 600)
BIRTH_DATE_PER_PASS = Limit("birth_date_pass", 5, 86_400)
TERMINAL_CODE = Limit("terminal_code", 20, 600)
LOGIN_PER_ADDRESS = Limit("login_address", 120, 600)
