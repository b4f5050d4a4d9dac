"""A simulated region: what its agencies can see, and the truth beside it."""

from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class World:
    """Tables that agencies can see or ask for, and tables of the truth. Columns: ``docs/rooms/world.md``.

    ``parameters`` are the arguments of :func:`palermo.world.make_world`; together with the version of this package
    they give the same world again, byte for byte.
    """

    start: date
    parameters: dict[str, object]
    tables: dict[str, pa.Table] = field(repr=False)
    truth: dict[str, pa.Table] = field(repr=False)

    @property
    def answers(self) -> pa.Table:
        """Answers at intake: ``person_id`` and one int8 column an item, 0 no, 1 yes, 2 not known."""
        return self.tables["answers"]

    @property
    def answers_interview(self) -> pa.Table:
        """The same at the later interview, when trust is higher."""
        return self.tables["answers_interview"]
