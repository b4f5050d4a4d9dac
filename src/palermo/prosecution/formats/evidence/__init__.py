"""The evidence file: a report, the rows, the findings and a signed manifest, which a stranger can make again."""

from palermo.prosecution.formats.evidence.origin import Origin
from palermo.prosecution.formats.evidence.pack import Question, make_pack
from palermo.prosecution.formats.evidence.sign import new_key, sign, verify

__all__ = ["Origin", "Question", "make_pack", "new_key", "sign", "verify"]
