"""goAML: a suspicious transaction report as XML for a financial intelligence unit, in that unit's own codes.

What writes and checks XML is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from palermo.prosecution.formats.goaml.investigation import read_investigation
from palermo.prosecution.formats.goaml.profile import Profile, profile_names, read_profile

if TYPE_CHECKING:
    from palermo.prosecution.formats.goaml.report import make_report
    from palermo.prosecution.formats.goaml.schema import validate

__all__ = ["Profile", "make_report", "profile_names", "read_investigation", "read_profile", "validate"]
_LATE = {"make_report": "report", "validate": "schema"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
