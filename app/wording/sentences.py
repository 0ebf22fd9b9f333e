"""Sentences with named placeholders: ``{name}``. Filling one never raises.

Escaping is not done here: the result is a plain string, which the template engine escapes.
"""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def placeholders(text: str) -> frozenset[str]:
    """The names that stand in braces."""
    return frozenset(_PLACEHOLDER.findall(text)) if "{" in text else frozenset()


def is_well_formed(text: str) -> bool:
    """Every brace belongs to a named placeholder (so ``{}``, ``{0}``, ``{Name}`` and ``{{`` are not)."""
    bare = _PLACEHOLDER.sub("", text)
    return "{" not in bare and "}" not in bare


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced; one without a value stays as it is.

    A value is never read again, so braces typed by a person stay what they are.
    """
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def without_placeholders(text: str) -> str:
    """The words alone."""
    return _PLACEHOLDER.sub(" ", text)
