"""What pandoc leaves to a template of Word's: header, page numbers, tab stops, and the styles of a paper."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from ..paper import Paper
from . import needed
from .phrases import origin

MARGIN = 0.9  # inches
WHEN = datetime(2000, 1, 1, tzinfo=UTC)


def dressed(body: bytes, paper: Paper) -> bytes:
    """pandoc's file with all this."""
    document = needed("docx", "documents").Document(io.BytesIO(body))
    section = document.sections[0]
    _page(section)
    _styles(document, section.page_width - section.left_margin - section.right_margin)
    _running(document, section, paper)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, "", "en"
    properties.created = properties.modified = WHEN
    made = io.BytesIO()
    document.save(made)
    return _undated(made)


def _undated(file: io.BytesIO) -> bytes:
    """The package again, without the time of its making: the same paper gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _page(section: Any) -> None:
    from docx.shared import Inches, Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(MARGIN)
    section.header_distance = section.footer_distance = Inches(MARGIN / 2)


def _styles(document: Any, width: int) -> None:
    """`width`: of the text."""
    from docx.enum.text import WD_TAB_LEADER
    from docx.shared import Inches, Pt, RGBColor

    styles = document.styles
    for name, size in (("Heading 1", 18), ("Heading 2", 11), ("Heading 3", 11), ("Heading 4", 10)):
        styles[name].font.size, styles[name].font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        styles[name].font.bold = name != "Heading 4"
    styles["Heading 2"].paragraph_format.space_before = Pt(14)
    styles["Heading 2"].paragraph_format.space_after = Pt(2)
    _stop_right(styles["Heading 2"], width)
    option = _style(styles, "Option")
    option.paragraph_format.left_indent, option.paragraph_format.first_line_indent = Inches(0.5), Inches(-0.3)
    option.paragraph_format.space_after = Pt(2)
    _stop_right(_style(styles, "Answer"), width, WD_TAB_LEADER.LINES)
    for table in document.tables:
        _ruled(table)
    _hold_together(document.paragraphs)


def _hold_together(paragraphs: list[Any]) -> None:
    """A question's prompt, picture and options stay on a page; lists of solutions and lines to write on may break."""
    for paragraph, following in pairwise(paragraphs):
        paragraph.paragraph_format.keep_with_next = (
            paragraph.style.name.startswith("Heading") or following.style.name in ("Option", "Answer")
        ) and paragraph.style.name != "Answer"


def _style(styles: Any, name: str) -> Any:
    """The paragraph style of this name; pandoc makes those that it meets."""
    from docx.enum.style import WD_STYLE_TYPE

    return styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _stop_right(style: Any, width: int, leader: Any = None) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER

    style.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, leader or WD_TAB_LEADER.SPACES)


def _ruled(table: Any) -> None:
    """Lines around all cells."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def _running(document: Any, section: Any, paper: Paper) -> None:
    """Title and seed above each page, its number below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _stop_right(section.header.paragraphs[0], section.page_width - section.left_margin - section.right_margin)
    section.header.paragraphs[0].text = f"{paper.title}\t{origin(paper)}"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(text)
        foot._p.append(_field(field))


def _field(name: str) -> Any:
    """A number that Word fills in."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
