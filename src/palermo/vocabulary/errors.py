"""The one error that a person meets: what is wrong, where, and what to do about it."""


class Refusal(ValueError):
    """Input or request that is refused; nothing was kept.

    Args:
        message: what is wrong, in one sentence.
        where: the place (file, row, column, field), empty if there is none.
        remedy: what the person can do about it.
    """

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message, self.where, self.remedy = message, where, remedy
        said = ": ".join(part for part in (where, message) if part)
        stop = "." if remedy and said[-1:] not in {".", "!", "?", ""} else ""
        super().__init__(f"{said}{stop} {remedy}" if remedy else said)
