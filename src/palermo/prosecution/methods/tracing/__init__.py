"""Tracing: where claimed money went through mixed accounts, under each rule that a court may apply.

The rules are plain data; what applies them compiles its loops, so it is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from palermo.prosecution.methods.tracing.rules import RULES, Rule, RuleText, Sharing

if TYPE_CHECKING:
    from palermo.prosecution.methods.tracing.engine import trace
    from palermo.prosecution.methods.tracing.result import Claim, Trace

__all__ = ["RULES", "Claim", "Rule", "RuleText", "Sharing", "Trace", "trace"]
_LATE = {"trace": "engine", "Claim": "result", "Trace": "result"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
