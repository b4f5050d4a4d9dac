"""DuckDB behind Ibis, on a file of its own: what does not fit in memory goes to disk."""

from pathlib import Path
from typing import Any

import ibis
import polars as pl

from palermo.prosecution.formats.large.engine import Mapped, Table, Work, as_frame
from palermo.prosecution.methods.parts.rows import Frames

_BATCH = 500_000


class Duck:
    """See `Engine`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ibis = ibis.duckdb.connect(folder / "work.duckdb", temp_directory=str(folder / "spill"))
        self._count = 0

    def close(self) -> None:
        """Let go of the file."""
        self._ibis.disconnect()

    def _name(self) -> str:
        self._count += 1
        return f"t{self._count}"

    def read(self, path: Path) -> Table:
        """See `Engine`."""
        if path.is_dir():
            return self._ibis.read_parquet(str(path / "*.parquet"), table_name=self._name())
        if path.suffix.lower() == ".parquet":
            return self._ibis.read_parquet(str(path), table_name=self._name())
        return self._ibis.read_csv(str(path), table_name=self._name(), all_varchar=True, nullstr="")

    def table(self, frame: pl.DataFrame) -> Table:
        """See `Engine`. Through a file: in-memory tables fail with newer sqlglot (ibis-project/ibis#12124)."""
        path = self.folder / f"{self._name()}.parquet"
        frame.write_parquet(path)
        return self._ibis.read_parquet(str(path), table_name=self._name())

    def keep(self, expression: Table) -> Table:
        """See `Engine`."""
        return self._ibis.create_table(self._name(), expression)

    def fetch(self, expression: Table) -> pl.DataFrame:
        """See `Engine`."""
        return as_frame(self._asked(expression).to_arrow_table())

    def _asked(self, expression: Table) -> Any:
        """Asked of DuckDB itself: Ibis 12 reads batches by a name that DuckDB 2 has no more."""
        return self._ibis.con.sql(self._ibis.compile(expression))

    def batches(self, expression: Table, work: Mapped, schema: dict[str, pl.DataType]) -> Table:
        """See `Engine`."""
        folder = self.folder / self._name()
        folder.mkdir()
        pl.DataFrame(schema=schema).write_parquet(folder / "0.parquet")
        for n, batch in enumerate(self._asked(expression).to_arrow_reader(_BATCH), 1):
            done = work(as_frame(batch))
            done.select(list(schema)).cast(schema).write_parquet(folder / f"{n}.parquet")  # type: ignore[arg-type]
        return self._ibis.read_parquet(str(folder / "*.parquet"), table_name=self._name())

    def parts(self, expression: Table, work: Work) -> list[Frames]:
        """See `Engine`."""
        kept = self.keep(expression)
        numbers = self.fetch(kept.select("part").distinct())["part"].sort().to_list()
        return [work(self.fetch(kept.filter(kept.part == number))) for number in numbers]
