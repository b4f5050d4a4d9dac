"""The house's Word template, made here, and a list of blocks (`typst/document.typ`) written into one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from palermo.ui.documents import written

ACCENT, SOFT = "0B5C6B", "4D595F"
WIDTH_MM = 160

#: One paragraph a line: (style, text with marks). A line with {%p … %} vanishes when the template is filled.
_HEAD = (
    ("Subtitle", "{{ over }}"),
    ("Title", "{{ title }}"),
    ("Subtitle", "{{ subtitle }}"),
    ("Normal", "{%p for fact in facts %}"),
    ("Subtitle", "{{ fact }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for block in blocks %}"),
    *(
        line
        for level in (1, 2, 3)
        for line in (
            ("Normal", '{%p if block.kind == "heading" and block.level == ' + str(level) + " %}"),
            (f"Heading {level}", "{{ block.text }}"),
            ("Normal", "{%p endif %}"),
        )
    ),
    ("Normal", '{%p if block.kind == "text" or block.kind == "note" %}'),
    ("Normal", "{{r block.rich }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", '{%p if block.kind == "list" %}'),
    ("Normal", "{%p for item in block.rich %}"),
    ("List Bullet", "{{r item }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endif %}"),
    ("Normal", '{%p if block.kind == "drawing" %}'),
    ("Normal", "{{ picture(block.png, block.width_mm, block.alt) }}"),
    ("Caption", "{{ block.caption }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", '{%p if block.kind == "table" %}'),
    ("Caption", "{{ block.caption }}"),
)
_FOOT = (
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p if notes %}"),
    ("Heading 2", "{{ notes_title }}"),
    ("Normal", "{%p for note in notes %}"),
    ("Normal", "{{ loop.index }}. {{ note }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endif %}"),
)


@cache
def house_template() -> bytes:
    """The template as a .docx with Jinja marks; an office may save it, change its look, and use its own."""
    import docx  # noqa: PLC0415 -- heavy

    document = docx.Document()
    _styles(document)
    for style, text in _HEAD:
        document.add_paragraph(text, style)
    table = document.add_table(2 + 2, 3, "Light List Accent 1")
    for row, cells in enumerate(
        (
            ("{%tc for name in block.columns %}", "{{ name }}", "{%tc endfor %}"),
            ("{%tr for row in block.rows %}", "", ""),
            ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
            ("{%tr endfor %}", "", ""),
        )
    ):
        for cell, text in zip(table.rows[row].cells, cells, strict=True):
            cell.text = text
    for style, text in _FOOT:
        document.add_paragraph(text, style)
    document.sections[0].footer.paragraphs[0].text = "{{ author }}"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Any) -> None:
    import docx.shared  # noqa: PLC0415 -- heavy

    page = document.sections[0]
    page.page_width, page.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    page.left_margin = page.right_margin = docx.shared.Mm(25)
    for name, size, colour in (
        ("Normal", 10.5, ""),
        ("Title", 23, ACCENT),
        ("Subtitle", 11, SOFT),
        ("Heading 1", 17, ACCENT),
        ("Heading 2", 13, ACCENT),
        ("Heading 3", 11, ACCENT),
        ("Caption", 9, SOFT),
    ):
        font = document.styles[name].font
        font.size = docx.shared.Pt(size)
        if colour:
            font.color.rgb = docx.shared.RGBColor.from_string(colour)


def word_document(data: Mapping[str, Any], *, moment: dt.datetime, template: Path | bytes | None = None) -> bytes:
    """The data of `typst/document.typ` as Word; drawings become pictures, notes stand at the end.

    Args:
        data: as for `document.typ`, and `notes_title`.
        moment: as for `documents.written`.
        template: an office's own template, the house's if None.
    """
    notes: list[str] = []
    blocks = [_worded(block, notes) for block in data.get("blocks", ())]
    words = {"over": "", "subtitle": "", "facts": (), "author": "", "notes_title": "Notes", **data}
    filled = {**words, "blocks": blocks, "notes": notes}
    return written(template or house_template(), filled, moment=moment)


def _worded(block: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    if block["kind"] in {"text", "note"}:
        return {**block, "rich": _rich(block["parts"], notes)}
    if block["kind"] == "list":
        return {**block, "rich": [_rich(item, notes) for item in block["items"]]}
    if block["kind"] == "drawing":
        from vl_convert import svg_to_png  # noqa: PLC0415 -- heavy

        width = WIDTH_MM * block.get("width", 100) / 100
        return {"caption": "", **block, "png": svg_to_png(block["svg"], scale=2), "width_mm": width}
    return {"caption": "", **block}


def _rich(parts: Sequence[Any], notes: list[str]) -> Any:
    from docxtpl import RichText  # noqa: PLC0415 -- heavy

    text = RichText()
    for part in parts:
        one = {"text": part} if isinstance(part, str) else part
        text.add(one["text"], bold=one.get("strong", False))
        if one.get("note"):
            notes.append(one["note"])
            text.add(f"[{len(notes)}]", superscript=True)
    return text
