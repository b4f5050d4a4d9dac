"""Tracing: where claimed money went through mixed accounts, under each rule that a court may apply."""

from palermo.prosecution.methods.tracing.engine import trace
from palermo.prosecution.methods.tracing.result import Claim, Trace
from palermo.prosecution.methods.tracing.rules import RULES, Rule, RuleText, Sharing

__all__ = ["RULES", "Claim", "Rule", "RuleText", "Sharing", "Trace", "trace"]
