"""The list of messages is the one that the code gives."""

import re
from pathlib import Path

from app.questionnaire.messages import PLACEHOLDERS


def test_every_message_in_the_code_is_listed_and_the_other_way_round() -> None:
    texts = "".join(path.read_text("utf-8") for path in Path("app/questionnaire").glob("typed*.py"))
    quoted = set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', texts))
    assert PLACEHOLDERS.keys() <= quoted
    assert quoted - PLACEHOLDERS.keys() <= set()
