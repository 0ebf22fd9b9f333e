"""A child's growth in words and drawings, for the parent's page and for the sheet at the clinic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.people.growth import Band, Curve, Lines, Measure, Measurement, Place, Survey, place_of
from app.people.growth_age import GrowthAge, growth_age, is_preterm
from app.people.person import Subject, SubjectKind
from app.schedule.dates import MONTHS_IN_YEAR, after_months, age_on
from app.visit.sheet import Sheet
from app.web.growth_chart import Drawing, draw, window_for
from app.web.rooms import rooms
from app.web.templating import plain_day_text, say
from app.web.visitor import visitor
from app.wording import formats

CHECKUP = "checkup"
CHARTED = (Measure.HEIGHT, Measure.WEIGHT)


@dataclass(frozen=True, slots=True)
class Row:
    """One value in words. Shapes: ``corrected`` and ``lines`` are "" where there is nothing to say."""

    day: str
    age: str
    corrected: str
    value: str
    place: Place
    lines: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """The three lines of one band in words."""

    age: str
    numbers: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One measure: its drawing, what was measured (newest first), and the numbers of the lines drawn."""

    measure: Measure
    unit: str
    drawing: Drawing
    rows: tuple[Row, ...]
    bands: tuple[BandRow, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """What a page shows of a child's growth."""

    survey: Survey
    charts: tuple[Chart, ...]
    heads: tuple[Row, ...]
    is_corrected: bool


def is_checkup_of_child(sheet: Sheet) -> bool:
    """Whether growth belongs to this visit: it is shown to staff, and the parent is told so."""
    return any(one.kind == CHECKUP and one.subject_is == "child" for one in sheet.programmes)


def is_in_survey(subject: Subject) -> bool:
    """Whether the survey of growth has lines for a child of this age today; never for a mother."""
    end = after_months(subject.birth_date, rooms().survey.ends_at_months)
    return subject.kind is SubjectKind.CHILD and rooms().today() < end


def growth_of(child: Subject, measured: Sequence[Measurement], today: date) -> Growth:
    """The growth of this child as these measurements tell it."""
    survey = rooms().survey
    now_on_curve = growth_age(child.birth_date, child.due_date, max(today, child.birth_date)).on_curve
    window = window_for(max([now_on_curve, *(_age(child, one).on_curve for one in measured)]))
    charts = [(measure, survey.curve(child.sex, measure)) for measure in CHARTED]
    return Growth(
        survey=survey,
        charts=tuple(_chart(child, measure, measured, (curve, window)) for measure, curve in charts if curve),
        heads=_rows(child, Measure.HEAD, measured),
        is_corrected=is_preterm(child.birth_date, child.due_date),
    )


def value_text(measure: Measure, value: Decimal) -> str:
    """A value with its unit as her language writes it."""
    return formats.number_text(visitor().language, value, rooms().survey.limits[measure].unit)


def _chart(
    child: Subject, measure: Measure, measured: Sequence[Measurement], shown: tuple[Curve, int]
) -> Chart:
    curve, window = shown
    values = [(one, one.value(measure)) for one in measured]
    points = [(_age(child, one).on_curve, value) for one, value in values if value is not None]
    return Chart(
        measure=measure,
        unit=rooms().survey.limits[measure].unit,
        drawing=draw(curve, points, window),
        rows=_rows(child, measure, measured),
        bands=_bands(curve, window),
    )


def _rows(child: Subject, measure: Measure, measured: Sequence[Measurement]) -> tuple[Row, ...]:
    """What was measured, newest first."""
    values = [(one, one.value(measure)) for one in reversed(measured)]
    return tuple(_row(child, measure, one, value) for one, value in values if value is not None)


def _row(child: Subject, measure: Measure, one: Measurement, value: Decimal) -> Row:
    age = _age(child, one)
    curve = rooms().survey.curve(child.sex, measure)
    lines = curve.lines_at(age.on_curve) if curve else None
    shown = lines.rounded() if lines else None
    return Row(
        day=plain_day_text(one.day),
        age=_age_text(age_on(child.birth_date, one.day)) if age.real_months else say("growth.at_birth"),
        corrected=_corrected(child, age, one.day),
        value=value_text(measure, value),
        place=place_of(value, shown),
        lines=_lines_text(shown) if shown else "",
    )


def _corrected(child: Subject, age: GrowthAge, day: date) -> str:
    """The age by which a child born early is compared, "" when it is the real one."""
    if age.corrected_months is None or child.due_date is None:
        return ""
    if age.corrected_months < 0:
        return say("growth.before_due")
    return say("growth.corrected", age=_age_text(age_on(child.due_date, day)))


def _bands(curve: Curve, window: int) -> tuple[BandRow, ...]:
    """The bands of which the chart shows the middle."""
    return tuple(
        BandRow(_band_text(band), _numbers(band.lines))
        for band in curve.bands
        if band.middle_months <= window
    )


def _band_text(band: Band) -> str:
    if not band.to_months:
        return say("growth.at_birth")
    low, high = (
        _age_text((*divmod(months, MONTHS_IN_YEAR), 0)) for months in (band.from_months, band.to_months)
    )
    return say("growth.band", low=low, high=high)


def _numbers(lines: Lines) -> tuple[str, str, str]:
    language = visitor().language
    return (
        formats.number_text(language, lines.low),
        formats.number_text(language, lines.middle),
        formats.number_text(language, lines.high),
    )


def _lines_text(lines: Lines) -> str:
    low, middle, high = _numbers(lines)
    return say("growth.lines", low=low, middle=middle, high=high)


def _age(child: Subject, one: Measurement) -> GrowthAge:
    return growth_age(child.birth_date, child.due_date, one.day)


def _age_text(age: tuple[int, int, int]) -> str:
    return formats.age_text(rooms().wording, visitor().language, age)
