"""Templates escape, carry nothing inline and fail on a missing value."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.template_laws import broken_templates

Planter = Callable[[Mapping[str, str]], Path]


def test_templates_of_the_house_when_read_are_right(house: Path) -> None:
    assert broken_templates(house) == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ name|safe }}", "escaping"),
        ("{% filter safe %}x{% endfilter %}", "escaping"),
        ("{{ Markup(name) }}", "Markup"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "autoescape"),
        ("{{ name|default('') }}", "missing"),
        ("{% if name is defined %}x{% endif %}", "missing"),
        ("<style>p{}</style>", "inline style"),
        ("<script>f()</script>", "inline script"),
        ('<script type="module">f()</script>', "inline script"),
        ('<p style="color:red">', "style attribute"),
        ('<p class="a" onclick="f()">', "event"),
        ('<a href="javascript:f()">', "javascript:"),
        ("{% if %}", "syntax"),
    ],
)
def test_law_when_a_breach_is_planted_finds_it_at_its_line(plant: Planter, source: str, what: str) -> None:
    found = broken_templates(plant({"templates/parent/bad.html": f"<p>\n{source}\n"}))
    assert [one.startswith("templates/parent/bad.html:2: ") and what in one for one in found] == [True]


@pytest.mark.parametrize(
    "source",
    [
        '<script src="{{ asset }}" defer></script>',
        '<link rel="stylesheet" href="/static/app.css">',
        '<input value="{{ one }}"{% if one == typed %} checked{% endif %}>',
        "{# never |safe, never <style> #}<p>{{ name }}</p>",
        "{% macro card(text, hint='') %}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}",
    ],
)
def test_law_when_a_template_is_right_is_silent(plant: Planter, source: str) -> None:
    assert broken_templates(plant({"templates/good.html": source})) == []
