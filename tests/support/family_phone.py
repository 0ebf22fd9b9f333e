"""A parent's hands on a real phone browser, with a script or without: taps, writes, and counts both."""

from collections.abc import Mapping, Sequence
from datetime import date

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import ViewportSize

from tests.support.journey import Fetched, Form, forms_of, healthy, local_path

PHONE = ViewportSize(width=390, height=844)
GOOD_DAY = {"unwell_today": "no", "contact_today": "no", "changed_since": "no"}


class FamilyPhone:
    """One parent at one phone. Errors: Playwright's own when something cannot be tapped."""

    def __init__(self, page: BrowserPage, answers: Mapping[str, str | Sequence[str]] | None = None) -> None:
        self.page = page
        self.answers = answers or {}
        self.taps = 0
        self.written = 0
        self.questions = 0

    def tap(self, selector: str) -> None:
        """The first thing of this kind is tapped."""
        self.page.locator(selector).first.click()
        self.taps += 1

    def follow(self, selector: str) -> None:
        """The first thing of this kind is tapped, and the next page is there."""
        with self.page.expect_navigation():
            self.tap(selector)

    def write(self, name: str, text: str) -> None:
        """The field holds this text."""
        self.page.locator(f'input[type=text][name="{name}"], textarea[name="{name}"]').fill(text)
        self.written += 1

    def choose(self, name: str, value: str) -> None:
        """The card with this value is tapped."""
        self.tap(f'label:has(input[name="{name}"][value="{value}"])')

    @property
    def path(self) -> str:
        """Where she is."""
        return local_path(self.page.url)

    def sign_in(self, persona: str = "mother") -> None:
        """From the first page to home."""
        self.page.goto("/")
        self.follow('main a[href="/start"]')
        self.follow("#main button")
        self.follow(f'button[value="{persona}"]')

    def add_child(self, born: date, name: str = "見本 さくら") -> None:
        """A girl, declared from home."""
        self.follow("main a.button")
        self.write("child_name", name)
        for part, number in (("year", born.year), ("month", born.month), ("day", born.day)):
            self.write(f"birth_date-{part}", str(number))
        self.choose("child_sex", "female")
        self.choose("relationship", "mother")
        self.follow("#main button")

    def prepare(self, programmes: Sequence[str], clinic: str = "midori") -> str:
        """A visit today, from home to its explanation; its id."""
        self.follow('main a[href^="/visits/new"]')
        if not self.page.locator('input[name="child"]').first.is_checked():
            self.tap('label:has(input[name="child"])')
        for code in programmes:
            self.unfold(f'[name="programme"][value="{code}"]')
            self.choose("programme", code)
        self.choose("companion", "mother")
        self.choose("planned", "today")
        self.page.locator("#clinic").select_option(clinic)
        self.follow("#main button")
        return self.path.split("/")[2]

    def unfold(self, selector: str) -> None:
        """What is folded away around this thing is opened."""
        folded = f"details:not([open]):has({selector}) > summary"
        if self.page.locator(folded).count():
            self.tap(folded)

    def take_what_is_due(self, kind: str = "") -> str:
        """From home to the explanation of what the timeline offers for one visit; the visit's id."""
        self.follow('main a[href$="/schedule"]')
        wanted = f'[value^="{kind}"]' if kind else ""
        self.follow(f'main form:has(input[name="programme"]{wanted}) button')
        return self.path.split("/")[2]

    def add_herself(self, due: date) -> None:
        """An expectant mother, declared from home."""
        self.follow('main a[href="/mother/new"]')
        self.write("mother_name", "見本 花子")
        for field, day in (("birth_date", date(1996, 5, 5)), ("due_date", due)):
            for part, number in (("year", day.year), ("month", day.month), ("day", day.day)):
                self.write(f"{field}-{part}", str(number))
        self.follow("#main button")

    def answer(self) -> None:
        """From the explanation through every topic page to the check, as a healthy child's mother."""
        self.follow("main a.button")
        self.taps = self.written = self.questions = 0
        while "/pages/" in self.path:
            before = self.path
            self.fill(self.form())
            self.follow("#main button")
            assert self.path != before, self.page.locator("#problems").all_inner_texts()

    def form(self) -> Form:
        """The main form as it stands on the page."""
        page = Fetched(self.path, 200, {}, self.page.content().encode())
        return next(form for name, form in forms_of(page) if name == "main")

    def fill(self, form: Form) -> None:
        """Every question that can be seen is answered."""
        given = {name: value for name, value in self.answers.items() if name in form.fields | form.options}
        for name, value in (healthy(form) | given).items():
            wanted = value if isinstance(value, str) else value[0]
            field = self.page.locator(f'[name="{name}"]').first
            if not field.is_visible():
                continue
            if wanted not in form.options.get(name, ()):
                self.write(name, wanted)
            elif field.evaluate("one => one.tagName") == "INPUT":
                self.choose(name, wanted)
            self.questions += 1

    def send(self) -> None:
        """From the check to the receipt."""
        self.follow('main a[href$="/share"]')
        self.follow("#main button")

    def answer_today(self, temperature: str = "36.6") -> None:
        """From the pass to the pass, with a good day's answers."""
        self.follow('main a[href$="/day"]')
        self.write("temperature_today", temperature)
        for name, value in GOOD_DAY.items():
            self.choose(name, value)
        self.follow("#main button")


def one_year_old(today: date) -> date:
    """A birth date for which first measles and varicella are due."""
    return today.replace(year=today.year - 1, day=1)
