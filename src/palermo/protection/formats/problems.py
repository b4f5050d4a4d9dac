"""What is wrong with one cell or row of a file of answers, and whether to go on."""

from dataclasses import dataclass, field

from palermo.vocabulary.errors import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that cannot be read: where, what, and what was expected. ``column`` is empty if it is the whole row."""

    row: int
    column: str
    message: str
    expected: str


@dataclass
class Problems:
    """Refuses at the first problem, or collects them where the good rows are to be kept.

    Rows are counted as a reader sees them: the header of a CSV file is row 1, of a Parquet file the first person is.
    Blank rows of a CSV file count, as in a spreadsheet.
    """

    file: str
    keep_good: bool = False
    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Notes a problem.

        Raises:
            Refusal: unless good rows are to be kept.
        """
        if not self.keep_good:
            raise self.refusal(problem)
        self.found.append(problem)

    def refusal(self, problem: Problem) -> Refusal:
        """The one error that the sender of the file meets."""
        where = f"{self.file}, row {problem.row}" + (f", column {problem.column}" if problem.column else "")
        remedy = (
            f"Expected {problem.expected}. Nothing was kept; --keep-good keeps the other rows of a file that is whole."
        )
        return Refusal(problem.message, where=where, remedy=remedy)
