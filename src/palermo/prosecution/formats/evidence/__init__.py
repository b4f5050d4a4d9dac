"""The evidence file: a report, the rows, the findings and a signed manifest, which a stranger can make again.

What makes one is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from palermo.prosecution.formats.evidence.origin import Origin
from palermo.prosecution.formats.evidence.sign import new_key, sign, verify

if TYPE_CHECKING:
    from palermo.prosecution.formats.evidence.pack import Question, make_pack

__all__ = ["Origin", "Question", "make_pack", "new_key", "sign", "verify"]
_LATE = {"Question": "pack", "make_pack": "pack"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
