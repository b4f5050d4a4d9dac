"""`default`, `door` and `owner` are three logins to one database, so records of each may meet."""

from typing import Any


class OneDatabase:
    """Allow relations between records read through either login."""

    def allow_relation(self, _first: Any, _second: Any, **_hints: Any) -> bool:
        return True
