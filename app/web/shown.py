"""What was typed, as it may stand in HTML: some characters no page may hold, escaped or not."""

import re

_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def without_controls(text: str) -> str:
    """The text without control characters and what is no character at all; line ends and tabs stay."""
    return _NOT_IN_HTML.sub("", text)


def finalize(value: object) -> object:
    """For every expression of a template: plain text without what no page may hold, all else as it is."""
    return without_controls(value) if type(value) is str else value
