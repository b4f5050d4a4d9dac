"""An engine: Ibis expressions run by DuckDB on this machine or by Spark on many, and our own code run on every part.

Findings of a part travel as one Arrow stream a frame, so that both engines give back the same bytes.
"""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from palermo.prosecution.methods.parts.rows import Frames
from palermo.vocabulary.errors import Refusal

ENGINES = ("duckdb", "spark")
Table = Any  # an Ibis table: the extra need not be installed for our types to be checked
Work = Callable[[pl.DataFrame], Frames]
Mapped = Callable[[pl.DataFrame], pl.DataFrame]


class Engine(Protocol):
    """What both engines do."""

    def read(self, path: Path) -> Table:
        """A Parquet file, a folder of them, or a CSV file (every column text) as a table."""

    def table(self, frame: pl.DataFrame) -> Table:
        """A small frame of ours as a table."""

    def keep(self, expression: Table) -> Table:
        """Reckon an expression now and keep the result, since it is asked again."""

    def fetch(self, expression: Table) -> pl.DataFrame:
        """The rows of an expression here."""

    def batches(self, expression: Table, work: Mapped, schema: dict[str, pl.DataType]) -> Table:
        """Our own code on every batch of rows."""

    def parts(self, expression: Table, work: Work) -> list[Frames]:
        """Our own code on every part: rows with the same number in the column `part`."""


@contextmanager
def engine(name: str, *, master: str = "") -> Iterator[Engine]:
    """Open an engine, and leave nothing of it behind.

    Args:
        name: one of `ENGINES`.
        master: which Spark, as Spark names it (`local[2]`, `spark://host:7077`); only for Spark.

    Raises:
        Refusal: no such engine, or what it needs is not installed.
    """
    if name not in ENGINES:
        raise Refusal(f"There is no engine {name!r}.", remedy=f"Choose {' or '.join(ENGINES)}.")
    try:
        import ibis  # noqa: F401, PLC0415 -- an extra, which the system runs without
    except ImportError:
        raise Refusal("Ibis is not installed.", remedy="Install palermo[large].") from None
    if name == "duckdb":
        from palermo.prosecution.formats.large.duck import Duck  # noqa: PLC0415 -- an extra

        with tempfile.TemporaryDirectory(prefix="palermo-") as folder:
            duck = Duck(Path(folder))
            try:
                yield duck
            finally:
                duck.close()
        return
    try:
        from palermo.prosecution.formats.large.spark import Spark  # noqa: PLC0415 -- an extra
    except ImportError:
        raise Refusal("Spark is not installed.", remedy="Install palermo[spark] and Java 17.") from None
    spark = Spark(master or "local[*]")
    try:
        yield spark
    finally:
        spark.close()


def as_frame(arrow: Any) -> pl.DataFrame:
    """An Arrow table or batch of an engine as a frame of ours."""
    frame = pl.from_arrow(arrow)
    assert isinstance(frame, pl.DataFrame)
    return frame


def packed(frames: Frames) -> list[tuple[str, bytes]]:
    """Frames as they travel: name and Arrow stream."""
    out = []
    for name, frame in frames.items():
        to = io.BytesIO()
        frame.write_ipc_stream(to)
        out.append((name, to.getvalue()))
    return out


def unpacked(pairs: list[tuple[str, bytes]]) -> Frames:
    """The same back."""
    return {name: pl.read_ipc_stream(io.BytesIO(data)) for name, data in pairs}
