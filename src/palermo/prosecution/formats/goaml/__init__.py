"""goAML: a suspicious transaction report as XML for a financial intelligence unit, in that unit's own codes."""

from palermo.prosecution.formats.goaml.investigation import read_investigation
from palermo.prosecution.formats.goaml.profile import Profile, profile_names, read_profile
from palermo.prosecution.formats.goaml.report import make_report
from palermo.prosecution.formats.goaml.schema import validate

__all__ = ["Profile", "make_report", "profile_names", "read_investigation", "read_profile", "validate"]
