"""Records of partnership."""

from palermo.partnership.models.clearance import Cleared
from palermo.partnership.models.declared import DeclaredFigure

__all__ = ["Cleared", "DeclaredFigure"]
