"""Passwords of staff: which are too weak, and their argon2id hashes."""

import threading
from unicodedata import normalize

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 13
LONGEST = 256
FEWEST_DIFFERENT = 6
HASHED_AT_ONCE = 2
GUESSED_FIRST = (
    "password",
    "passw0rd",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "1q2w3e4r",
    "1qaz2wsx",
    "letmein",
    "iloveyou",
    "welcome",
    "administrator",
    "changeme",
    "monshin",
    "clinic",
    "hospital",
    "sakura",
    "12345678",
    "abcdefgh",
)


class WeakPasswordError(ValueError):
    """The password may not be used. The message says why, in words for the administrator."""


def plain_text(typed: str) -> str:
    """What was meant, even when a Japanese input method made it full-width."""
    return normalize("NFKC", typed)


def refuse_weak(password: str, login: str) -> None:
    """Nothing happens when the password is good enough.

    Errors: WeakPasswordError. Source: reference/identity.md 6 (13 characters, a blocklist, no other rules).
    """
    text = plain_text(password).casefold()
    if not SHORTEST <= len(text) <= LONGEST:
        raise WeakPasswordError(f"the password must have {SHORTEST} to {LONGEST} characters")
    if len(set(text)) < FEWEST_DIFFERENT:
        raise WeakPasswordError(f"the password must have at least {FEWEST_DIFFERENT} different characters")
    rest = text
    for guess in (*GUESSED_FIRST, *({login.casefold()} if len(login) >= 3 else ())):
        rest = rest.replace(guess, "")
    if len(rest) < SHORTEST // 2:
        raise WeakPasswordError("the password is one of those that are guessed first")


class Passwords:
    """Makes and compares argon2id hashes, at most two at once, so that sign-ins cannot fill the memory."""

    def __init__(self, *, memory_kib: int = 65_536, time_cost: int = 3, parallelism: int = 1) -> None:
        self._hasher = PasswordHasher(time_cost, memory_kib, parallelism, type=Type.ID)
        self._at_once = threading.BoundedSemaphore(HASHED_AT_ONCE)
        # Verifying works with any salt and digest: nothing matches these, and it takes the usual time.
        self.nobody = f"$argon2id$v=19$m={memory_kib},t={time_cost},p={parallelism}${'A' * 22}${'A' * 43}"

    def hashed(self, password: str) -> str:
        """The hash in PHC form."""
        with self._at_once:
            return self._hasher.hash(plain_text(password))

    def matches(self, password_hash: str, password: str) -> bool:
        """Whether the password made this hash. A hash nobody can read matches nothing."""
        with self._at_once:
            try:
                return self._hasher.verify(password_hash, plain_text(password[:LONGEST]))
            except (VerificationError, InvalidHashError):
                return False
