"""A report's document data as a file: PDF/UA, Word, or plain HTML."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from palermo.ui import documents
from palermo.ui.word import word_document
from palermo.vocabulary.errors import Refusal

#: Suffix → media type.
KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
}


def file_of(content: Mapping[str, Any], *, moment: dt.datetime, suffix: str, template: Path | None = None) -> bytes:
    """The file; equal bytes for equal data and moment.

    Args:
        suffix: of KINDS.
        template: an office's own Word template.
    """
    if suffix not in KINDS:
        raise Refusal(f"“{suffix}” is no kind of report", where="out", remedy=f"Use {', '.join(KINDS)}.")
    if suffix == ".pdf":
        return documents.typeset(documents.DOCUMENT, content, moment=moment)
    if suffix == ".docx":
        return word_document(content, moment=moment, template=template)
    return render_to_string("partnership/report_alone.html", {"report": content}).encode()
