"""Documents for people: PDF/UA through typst, Word through docxtpl; the same bytes for the same input.

A template is ours or an office's and may hold code; data never does: in typst it arrives as JSON in `sys.inputs.data`,
in Word escaped. Nothing is fetched, and a typst template reads no file but those of its own folder, the house theme
(`house.typ`, `document.typ`) and the pictures that are handed in (`assets/NAME`).
"""

import datetime as dt
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from palermo.vocabulary.errors import Refusal

#: The theme, and a template that sets a list of blocks (see docs/rooms/ui.md).
HOUSE = Path(__file__).parent / "typst"
DOCUMENT = HOUSE / "document.typ"


def typeset(
    template: Path, data: Mapping[str, Any], *, moment: dt.datetime, assets: Mapping[str, bytes] | None = None
) -> bytes:
    """A template and its data as PDF/UA-1 (ISO 14289-1): tagged, with title and language, every figure with words.

    Args:
        template: a `.typ` file; it starts with `#import "house.typ": *` and reads `json(bytes(sys.inputs.data))`.
        data: JSON values; dates as ISO text.
        moment: the day that the document says it was made; aware. The clock is not asked.
        assets: pictures by file name, found by the template as `assets/NAME`.

    Returns:
        The PDF; equal bytes for equal arguments.

    Raises:
        Refusal: the template is not correct, a figure has no words, or no font has a sign of the text.
    """
    import typst  # noqa: PLC0415 -- heavy

    with tempfile.TemporaryDirectory(prefix="palermo-document-") as name:
        root = Path(name)
        for source in (*sorted(HOUSE.glob("*.typ")), *sorted(template.parent.glob("*.typ"))):
            shutil.copyfile(source, root / source.name)
        for asset, content in (assets or {}).items():
            if Path(asset).name != asset:
                raise Refusal(f"“{asset}” is not a plain file name", where="assets")
            (root / "assets").mkdir(exist_ok=True)
            (root / "assets" / asset).write_bytes(content)
        compiler = typst.Compiler(
            root=root,
            ignore_system_fonts=True,
            package_path=root / "no-packages",
            package_cache_path=root / "no-packages",
        )
        try:
            made = compiler.compile(
                root / template.name,
                format="pdf",
                sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
                pdf_standards="ua-1",
                timestamp=moment.replace(microsecond=0),
            )
        except typst.TypstError as error:
            hints = " ".join(error.hints)
            raise Refusal(f"the document cannot be set: {error.message}", where=template.name, remedy=hints) from error
    assert isinstance(made, bytes)
    return made


def written(template: Path | bytes, data: Mapping[str, Any], *, moment: dt.datetime) -> bytes:
    """A Word template (Jinja marks in a .docx) filled with data, every text escaped.

    Args:
        template: the file or its content.
        data: values that the template names; `picture(png, width_mm, alt)` is there for drawings.
        moment: stands as time of making and in every entry of the archive; aware.

    Returns:
        The .docx; equal bytes for equal arguments.

    Raises:
        Refusal: not a Word file, or marks that cannot be read.
    """
    import docx.shared  # noqa: PLC0415 -- heavy
    from docxtpl import DocxTemplate, InlineImage  # noqa: PLC0415 -- heavy
    from jinja2 import TemplateError  # noqa: PLC0415 -- heavy
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 -- heavy

    where = template.name if isinstance(template, Path) else "Word template"
    content = template.read_bytes() if isinstance(template, Path) else template
    if not zipfile.is_zipfile(BytesIO(content)):
        raise Refusal("this is not a Word file", where=where, remedy="Save it as .docx.")
    document = DocxTemplate(BytesIO(content))

    def picture(png: bytes, width_mm: float, alt: str) -> Any:
        return _spoken(InlineImage(document, BytesIO(png), width=docx.shared.Mm(width_mm)), alt)

    try:
        document.render({**data, "picture": picture}, SandboxedEnvironment(autoescape=True), autoescape=True)
    except TemplateError as error:
        raise Refusal(f"the template cannot be read: {error}", where=where, remedy="Look at its marks.") from error
    made = document.docx.core_properties
    made.created = made.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue(), moment=moment)


def _spoken(picture: Any, alt: str) -> Any:
    """A picture of docxtpl that says what is on it. Pictures that a template holds itself keep what they say."""
    insert = picture._insert_image  # noqa: SLF001 -- docxtpl writes the picture there and takes no alternative text

    def inserted() -> str:
        return str(insert()).replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(alt)} ", 1)

    picture._insert_image = inserted  # noqa: SLF001 -- as said
    return picture


def settled(archive: bytes, *, moment: dt.datetime) -> bytes:
    """The same archive with its entries in order and dated by `moment`, so that equal content is equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, moment.astimezone(dt.UTC).timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
