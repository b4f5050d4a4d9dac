"""Bank statements of every usual format, told apart by what they hold and read into one model."""

from pathlib import Path

from palermo.prosecution.formats.statements.bank_csv import FIELDS, Reading, read_csv, read_rows
from palermo.prosecution.formats.statements.camt import read_camt
from palermo.prosecution.formats.statements.combine import Combined, combine
from palermo.prosecution.formats.statements.model import Entry, Statement, digest
from palermo.prosecution.formats.statements.mt940 import read_mt940
from palermo.prosecution.formats.statements.ofx import read_ofx
from palermo.prosecution.formats.statements.xlsx import read_xlsx
from palermo.vocabulary.errors import Refusal

__all__ = ["FIELDS", "Combined", "Entry", "Reading", "Statement", "combine", "read_statements", "statements_of"]

_MOST_BYTES = 500_000_000


def read_statements(path: Path, reading: Reading) -> list[Statement]:
    """The statements in a file of any known format; each that has both balances is proven to foot.

    Raises:
        Refusal: with file, row and what to do; nothing of the file is kept.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal("The file is larger than 500 MB.", where=path.name, remedy="Split it by account or year.")
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(f"The file cannot be read ({error.strerror}).", where=str(path)) from None
    return statements_of(data, path.name, reading)


def statements_of(data: bytes, name: str, reading: Reading) -> list[Statement]:
    """The same for a file that is at hand as bytes; `name` is what refusals call it."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Refusal("The file is empty.", where=name)
    if data.startswith(b"PK\x03\x04"):
        return read_rows(read_xlsx(data, name), name, digest(data), reading)
    if b"OFXHEADER" in start or b"<OFX>" in start:
        return read_ofx(data, name)
    if start.startswith(b"<") or data.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return read_camt(data, name)
    if b":20:" in start and (b":25:" in start or b":60" in start):
        return read_mt940(data, name)
    return read_csv(data, name, reading)
