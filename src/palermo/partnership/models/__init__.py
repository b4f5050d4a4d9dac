"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared

__all__ = ["Cleared"]
