"""Every page that any test fetches goes through here (house rule 18)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import page_safety, page_structure, page_wording
from tests.support.page import Page, read_page

Rule = Callable[[Page], Iterator[str]]
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            page_structure.is_valid_html,
            page_structure.says_its_language,
            page_structure.has_one_title,
            page_structure.has_one_h1,
            page_structure.skips_no_heading_level,
            page_structure.labels_every_field,
            page_structure.puts_legend_first,
            page_structure.groups_its_choices,
            page_structure.has_unique_ids,
            page_structure.points_to_what_exists,
            page_structure.describes_pictures,
            page_structure.names_every_button,
            page_structure.links_lead_somewhere,
            page_wording.leaves_no_placeholder,
            page_wording.shows_no_key,
            page_wording.marks_japanese,
            page_safety.carries_nothing_inline,
            page_safety.posts_with_a_token,
            page_safety.loads_only_our_own,
            page_safety.forbids_inline_by_policy,
            page_safety.stays_out_of_caches,
        )
    }
)


def check_page(html: bytes, *, path: str, status: int, headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the page, each as ``path status: rule: what``. Empty headers are not judged."""
    page = read_page(html, path=path, status=status, headers=headers)
    return [f"{path} {status}: {name}: {problem}" for name, rule in RULES.items() for problem in rule(page)]


class FaultyPageError(AssertionError):
    """A page that a test fetched breaks the rules."""


class CheckedClient(FlaskClient):
    """A client that refuses every faulty page it is given, whatever the test was about."""

    tally: Counter[str]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # any: passed on as it came
        """The response, if its page is good. Errors: FaultyPageError."""
        response = super().open(*args, **kwargs)
        is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        if is_page and response.data:
            self.tally["pages_checked"] += 1
            problems = check_page(
                response.data,
                path=response.request.path,
                status=response.status_code,
                headers=dict(response.headers),
            )
            if problems:
                raise FaultyPageError("\n".join(problems))
        return response


def checked_client(app: Flask, tally: Counter[str]) -> CheckedClient:
    """A client of the app whose pages are all checked and counted."""
    client = CheckedClient(app, app.response_class, use_cookies=True)
    client.tally = tally
    return client
