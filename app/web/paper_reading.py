"""The sheet as a parent shows it to a clinic that cannot scan: on her screen or on paper."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.questionnaire.definition import Page
from app.visit.access import may_print
from app.visit.sheet import Sheet
from app.web.sheet_reading import Block, Gap, Row, SheetReading


def for_paper(reading: SheetReading, sheet: Sheet, chosen: Collection[str]) -> SheetReading:
    """The sheet as a parent shows it: no concerns, no marks, sensitive answers only if she chose them.

    Shapes: of a discreet page one row tells only whether it is answered.
    """
    rows = {row.code: row for block in reading.blocks for row in block.rows}
    told: set[str] = set()
    blocks = []
    for block in reading.blocks:
        kept = [row for row in block.rows if row.code not in sheet.discreet]
        pages = dict.fromkeys(sheet.discreet[row.code] for row in block.rows if row.code in sheet.discreet)
        shown = [_paper_row(row, sheet, chosen) for row in kept]
        shown += [_page_row(page, rows) for page in pages if page.code not in told]
        told.update(page.code for page in pages)
        blocks.append(Block(block.number, tuple(shown)))
    return replace(
        reading, concerns=(), changed=(), numbers=(), blocks=tuple(one for one in blocks if one.rows)
    )


def _page_row(page: Page, rows: Mapping[str, Row]) -> Row:
    """One row for a whole discreet page."""
    own = [rows[question.code] for question in page.questions if question.code in rows]
    is_open = all(row.absence is Gap.UNANSWERED for row in own)
    return Row(page.code, "", page.title, absence=Gap.UNANSWERED if is_open else Gap.KEPT_BACK)


def _paper_row(row: Row, sheet: Sheet, chosen: Collection[str]) -> Row:
    if may_print(sheet.questions[row.code], chosen):
        return replace(row, change=None, before="", levels=())
    return Row(row.code, row.paper, row.label, absence=Gap.WITHHELD)
