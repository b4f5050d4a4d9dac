"""The documentation names every rule as the code does."""

from pathlib import Path

from palermo.prosecution.methods.tracing import RULES

PAGE = (Path(__file__).parents[4] / "docs" / "tracing.md").read_text()


def test_every_rule_stands_in_the_documentation_with_its_authority():
    missing = [
        rule.value
        for rule, text in RULES.items()
        if f"| `{rule.value}` | {text.title} |" not in PAGE or f"| {text.authority} |" not in PAGE
    ]
    assert missing == []
