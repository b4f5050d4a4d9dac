"""Spark behind Ibis: the same expressions and the same code on as many machines as its master has.

Each machine has palermo installed; files lie where all of them see them. Intermediate tables are checkpoints on the
executors' own disks: a lost executor ends the run, which is then begun anew.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import polars as pl
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from palermo.prosecution.formats.large.engine import Mapped, Table, Work, as_frame, packed, unpacked
from palermo.prosecution.methods.parts.rows import Frames

_ARROW_TO_SPARK = {pl.String(): "string", pl.Int64(): "bigint", pl.Boolean(): "boolean"}


class Spark:
    """See `Engine`."""

    def __init__(self, master: str) -> None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        given = SparkSession.getActiveSession()
        self._spark = given or _session(master)
        self._ours = given is None
        self._ibis = ibis.pyspark.connect(self._spark)
        self._names: list[str] = []

    def close(self) -> None:
        """Let go of what is kept; end Spark if we began it."""
        for name in self._names:
            self._spark.catalog.dropTempView(name)
        if self._ours:
            self._spark.stop()

    def _view(self, frame: DataFrame) -> Table:
        name = f"palermo_{os.getpid()}_{id(self)}_{len(self._names)}"
        frame.createOrReplaceTempView(name)
        self._names.append(name)
        return self._ibis.table(name)

    def _spark_frame(self, expression: Table) -> DataFrame:
        return self._spark.sql(self._ibis.compile(expression))

    def read(self, path: Path) -> Table:
        """See `Engine`."""
        if path.is_dir() or path.suffix.lower() == ".parquet":
            return self._view(self._spark.read.parquet(str(path.absolute())))
        return self._view(self._spark.read.csv(str(path.absolute()), header=True, inferSchema=False))

    def table(self, frame: pl.DataFrame) -> Table:
        """See `Engine`."""
        return self._view(self._spark.createDataFrame(_arrow(frame)))

    def keep(self, expression: Table) -> Table:
        """See `Engine`."""
        return self._view(self._spark_frame(expression).localCheckpoint())

    def fetch(self, expression: Table) -> pl.DataFrame:
        """See `Engine`."""
        return as_frame(self._spark_frame(expression).toArrow())

    def batches(self, expression: Table, work: Mapped, schema: dict[str, pl.DataType]) -> Table:
        """See `Engine`."""

        def mapped(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                done = work(as_frame(batch)).select(list(schema)).cast(schema)  # type: ignore[arg-type]
                yield from _arrow(done).to_batches()

        kinds = ", ".join(f"{name} {_ARROW_TO_SPARK[kind]}" for name, kind in schema.items())
        return self._view(self._spark_frame(expression).mapInArrow(mapped, kinds).localCheckpoint())

    def parts(self, expression: Table, work: Work) -> list[Frames]:
        """See `Engine`."""

        def on_part(part: pa.Table) -> pa.Table:
            frame = as_frame(part)
            number = int(frame["part"][0])
            told = packed(work(frame))
            columns = ([number] * len(told), [name for name, _ in told], [data for _, data in told])
            kinds = (pa.int64(), pa.string(), pa.binary())
            arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
            return pa.Table.from_arrays(arrays, names=["part", "name", "data"])

        grouped = self._spark_frame(expression).groupBy("part")
        by_part: dict[int, list[tuple[str, bytes]]] = {}
        for row in grouped.applyInArrow(on_part, "part bigint, name string, data binary").collect():
            by_part.setdefault(row["part"], []).append((row["name"], bytes(row["data"])))
        return [unpacked(by_part[number]) for number in sorted(by_part)]


def _arrow(frame: pl.DataFrame) -> pa.Table:
    """With plain strings: Spark 4.0 knows no string views."""
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _session(master: str) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("palermo")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
